package dev.hufu.rego.plan;

import dev.hufu.rego.Value;
import dev.hufu.rego.check.Vars;
import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Location;
import dev.hufu.rego.syntax.Term;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns an ordered body into a chain of steps. It knows, at every place, which variables are bound; so a unification is
 * decided here to be a test, an assignment or a match, and a reference to be a look-up or an iteration.
 */
final class BodyPlanner {
    private final Linker linker;
    private final Slots slots;
    private final Set<String> bound;
    private final List<Step> steps = new ArrayList<>();
    private final TermPlanner terms;

    BodyPlanner(Linker linker, Slots slots, Set<String> bound) {
        this.linker = linker;
        this.slots = slots;
        this.bound = new HashSet<>(bound);
        this.terms = new TermPlanner(linker, this);
    }

    Slots slots() {
        return slots;
    }

    Set<String> bound() {
        return bound;
    }

    TermPlanner terms() {
        return terms;
    }

    void emit(Step step) {
        steps.add(step);
    }

    boolean isBound(String name) {
        return bound.contains(name);
    }

    int bind(String name) {
        bound.add(name);
        return slots.of(name);
    }

    /** A bound variable for a value that is needed more than once. */
    Term.Var keep(Eval value, Location at) {
        Term.Var variable = new Term.Var(slots.fresh(), at);
        emit(new Steps.Bind(bind(variable.name()), value));
        return variable;
    }

    boolean isGround(Term term) {
        return bound.containsAll(Vars.of(term));
    }

    void plan(List<Expr> body) {
        body.forEach(this::plan);
    }

    /** Nothing planned yet, and the same variables bound. */
    BodyPlanner aside() {
        return new BodyPlanner(linker, slots, bound);
    }

    boolean isEmpty() {
        return steps.isEmpty();
    }

    /** Links what was planned to its last step and gives its first. */
    Step link(Step last) {
        Step following = last;
        for (Step step : steps.reversed()) {
            step.next = following;
            following = step;
        }
        return following;
    }

    void plan(Expr expr) {
        linker.cover(this, expr.at());
        if (linker.traced()) {
            Probes.around(this, expr, () -> planWhole(expr));
        } else {
            planWhole(expr);
        }
    }

    private void planWhole(Expr expr) {
        if (expr.withs().isEmpty()) {
            planForm(expr);
            return;
        }
        List<With.Target> targets = new ArrayList<>();
        for (Expr.With with : expr.withs()) {
            targets.add(target(with));
        }
        emit(new With.Begin(targets, Linker.where(expr.at())));
        planForm(expr);
        emit(new With.End());
    }

    private With.Target target(Expr.With with) {
        Term target = with.target();
        Callable function = linker.callable(target);
        if (function != null) {
            Callable by = with.value() instanceof Term.Call call ? linker.callable(call.function()) : null;
            return by == null
                    ? new With.FunctionValue(function.identity(), terms.eval(with.value()))
                    : new With.FunctionBy(function.identity(), by);
        }
        List<Value> path = new ArrayList<>();
        Term head = target;
        if (target instanceof Term.Ref ref) {
            head = ref.head();
            for (Term key : ref.path()) {
                if (key instanceof Term.Const constant) {
                    path.add(constant.value());
                }
            }
        }
        boolean input = head instanceof Term.Var variable && variable.name().equals("input");
        Eval value = terms.eval(with.value());
        return input ? new With.InputAt(path, value) : new With.DataAt(path, value);
    }

    private void planForm(Expr expr) {
        if (expr.negated()) {
            negated(expr);
            return;
        }
        if (linker.traced() && Probes.isNote(expr)) {
            emit(new Probes.Note(expr.at(), terms.eval(Probes.noted(expr))));
            return;
        }
        switch (expr.form()) {
            case Expr.Holds holds -> emit(new Steps.Test(terms.eval(holds.term())));
            case Expr.Equal equal -> new UnifyPlanner(this, terms).unify(equal.left(), equal.right());
            case Expr.Every every -> every(every);
            case Expr.Logic logic -> logic(logic);
            case Expr.Assign _, Expr.SomeIn _, Expr.SomeVars _ -> throw new IllegalStateException("not rewritten");
        }
    }

    /** As in OPA, the operands of a negated call are evaluated outside the negation; its references are inside. */
    private void negated(Expr expr) {
        Expr.Form form = expr.form();
        if (form instanceof Expr.Holds holds && holds.term() instanceof Term.Call call && !isEquality(call)) {
            List<Term> args = new ArrayList<>();
            for (Term arg : call.args()) {
                args.add(arg instanceof Term.Const ? arg : keep(terms.eval(arg), arg.at()));
            }
            form = new Expr.Holds(new Term.Call(call.function(), args, call.at()));
        } else if (form instanceof Expr.Holds holds && holds.term() instanceof Term.Ref ref) {
            form = new Expr.Holds(outside(ref));
        }
        BodyPlanner inner = new BodyPlanner(linker, slots, bound);
        inner.planForm(new Expr(form, false, List.of(), expr.at()));
        emit(new Steps.Not(inner.link(new Step.Found())));
    }

    private static boolean isEquality(Term.Call call) {
        return call.function() instanceof Term.Var variable && variable.name().equals("equal");
    }

    private Term outside(Term.Ref ref) {
        List<Term> path = new ArrayList<>();
        for (Term key : ref.path()) {
            path.add(key instanceof Term.Ref ? keep(terms.eval(key), key.at()) : key);
        }
        return new Term.Ref(ref.head(), path, ref.at());
    }

    private void logic(Expr.Logic logic) {
        List<Step> operands = logic.operands().stream().map(this::operand).toList();
        Step left = operands.getFirst();
        emit(
                switch (logic.operator()) {
                    case NOT -> new Steps.Not(left);
                    case AND -> new Steps.Both(left, operands.getLast());
                    case OR -> new Steps.Either(left, operands.getLast());
                });
    }

    private Step operand(Expr.Operand operand) {
        BodyPlanner inner = new BodyPlanner(linker, slots, bound);
        inner.plan(operand.body());
        return inner.link(new Step.Found());
    }

    private void every(Expr.Every every) {
        Eval domain = terms.eval(every.domain());
        BodyPlanner inner = new BodyPlanner(linker, slots, bound);
        Term.Var key = every.key();
        int keySlot = inner.bind(key == null ? slots.fresh() : key.name());
        int valueSlot = inner.bind(every.value().name());
        inner.plan(every.body());
        emit(new Steps.Every(domain, keySlot, valueSlot, inner.link(new Step.Found())));
    }

    /** A comprehension as a value of its own. */
    Eval comprehension(Term.Comprehension comprehension) {
        BodyPlanner inner = new BodyPlanner(linker, slots, bound);
        inner.plan(comprehension.body());
        int cell = slots.cell();
        Term key = comprehension.key();
        @Nullable Eval keyEval = key == null ? null : inner.terms.eval(key);
        Eval value = inner.terms.eval(comprehension.value());
        if (keyEval != null) {
            Step last = Yields.member(cell, keyEval, value, Linker.where(comprehension.at()));
            return new Yields.ObjectOf(inner.link(last), cell);
        }
        Step body = inner.link(Yields.item(cell, value));
        return comprehension.shape() == Term.Shape.ARRAY
                ? new Yields.ArrayOf(body, cell)
                : new Yields.SetOf(body, cell);
    }
}

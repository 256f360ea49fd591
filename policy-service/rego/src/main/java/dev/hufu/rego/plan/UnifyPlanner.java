package dev.hufu.rego.plan;

import dev.hufu.rego.syntax.Location;
import dev.hufu.rego.syntax.Term;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Plans {@code a = b}: takes both apart until every piece is an assignment, a test, or a look into a known value. */
final class UnifyPlanner {
    private record Pair(Term left, Term right) {}

    private final BodyPlanner body;
    private final TermPlanner terms;

    UnifyPlanner(BodyPlanner body, TermPlanner terms) {
        this.body = body;
        this.terms = terms;
    }

    void unify(Term left, Term right) {
        Deque<Pair> open = new ArrayDeque<>();
        open.add(new Pair(left, right));
        int postponed = 0;
        while (!open.isEmpty()) {
            Pair pair = open.removeFirst();
            if (step(pair.left, pair.right, open)) {
                postponed = 0;
            } else {
                open.addLast(pair);
                if (++postponed > open.size()) {
                    throw new IllegalStateException("unordered unification at " + Linker.where(pair.left.at()));
                }
            }
        }
    }

    /** False where neither side is known yet. */
    private boolean step(Term left, Term right, Deque<Pair> open) {
        if (isOpenVar(left) && isSource(right)) {
            assign((Term.Var) left, right);
            return true;
        }
        if (isOpenVar(right) && isSource(left)) {
            assign((Term.Var) right, left);
            return true;
        }
        boolean leftKnown = isSource(left) && !isOpenVar(left);
        boolean rightKnown = isSource(right) && !isOpenVar(right);
        if (leftKnown && rightKnown) {
            // a reference first: it may bind what the other side compares with
            boolean rightFirst = right instanceof Term.Ref && !body.isGround(right) && body.isGround(left);
            Eval first = terms.eval(rightFirst ? right : left);
            Eval second = terms.eval(rightFirst ? left : right);
            body.emit(new Steps.Same(first, second));
            return true;
        }
        if (left instanceof Term.ArrayOf a && right instanceof Term.ArrayOf b) {
            arrays(a, b, open);
            return true;
        }
        if (left instanceof Term.ObjectOf a && right instanceof Term.ObjectOf b) {
            return objects(a, b, open);
        }
        if (leftKnown) {
            match(right, left, open);
            return true;
        }
        if (rightKnown) {
            match(left, right, open);
            return true;
        }
        return false;
    }

    private boolean isOpenVar(Term term) {
        return term instanceof Term.Var variable && !TermPlanner.isRoot(variable) && !body.isBound(variable.name());
    }

    /** It can be evaluated here, if need be by iterating. */
    private boolean isSource(Term term) {
        return switch (term) {
            case Term.Ref ref -> !isOpenVar(ref.head()) && callsKnown(ref);
            case Term.Call _, Term.Comprehension _, Term.Const _, Term.Template _ -> true;
            case Term.Var _ -> !isOpenVar(term);
            case Term.ArrayOf array -> array.items().stream().allMatch(this::isSourcePart);
            case Term.SetOf set -> set.items().stream().allMatch(this::isSourcePart);
            case Term.ObjectOf object ->
                object.entries().stream().allMatch(entry -> isSourcePart(entry.key()) && isSourcePart(entry.value()));
        };
    }

    private boolean isSourcePart(Term term) {
        return isSource(term);
    }

    private boolean callsKnown(Term.Ref ref) {
        return ref.path().stream().noneMatch(key -> key instanceof Term.Ref inner && !isSource(inner));
    }

    private void assign(Term.Var variable, Term value) {
        Eval eval = terms.eval(value);
        if (body.isBound(variable.name())) {
            // evaluating the value has bound it: foo = input.foos[foo]
            body.emit(new Steps.Same(eval, terms.eval(variable)));
            return;
        }
        body.emit(new Steps.Bind(body.bind(variable.name()), eval));
    }

    private void arrays(Term.ArrayOf a, Term.ArrayOf b, Deque<Pair> open) {
        if (a.items().size() != b.items().size()) {
            fail();
            return;
        }
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < a.items().size(); i++) {
            pairs.add(new Pair(a.items().get(i), b.items().get(i)));
        }
        pairs.reversed().forEach(open::addFirst);
    }

    private void fail() {
        body.emit(new Steps.Test(new Evals.Undefined()));
    }

    /** Both are patterns: constant keys meet by value, others by evaluating one side's key in the other. */
    private boolean objects(Term.ObjectOf a, Term.ObjectOf b, Deque<Pair> open) {
        if (a.entries().size() != b.entries().size()) {
            fail();
            return true;
        }
        List<Pair> pairs = new ArrayList<>();
        for (Term.Entry left : a.entries()) {
            Term.Entry partner = null;
            for (Term.Entry right : b.entries()) {
                if (left.key() instanceof Term.Const x
                        && right.key() instanceof Term.Const y
                        && x.value().equals(y.value())) {
                    partner = right;
                } else if (left.key() instanceof Term.Var x
                        && right.key() instanceof Term.Var y
                        && x.name().equals(y.name())) {
                    partner = right;
                }
            }
            if (partner == null) {
                fail();
                return true;
            }
            pairs.add(new Pair(left.value(), partner.value()));
        }
        pairs.reversed().forEach(open::addFirst);
        return true;
    }

    /** A pattern with open variables against a value. */
    private void match(Term pattern, Term known, Deque<Pair> open) {
        Location at = pattern.at();
        Term.Var value = body.keep(terms.eval(known), at);
        int slot = body.slots().of(value.name());
        if (pattern instanceof Term.ArrayOf array) {
            body.emit(new Steps.IsArray(slot, array.items().size()));
            for (int i = array.items().size() - 1; i >= 0; i--) {
                open.addFirst(new Pair(array.items().get(i), at(value, i, at)));
            }
        } else if (pattern instanceof Term.ObjectOf object) {
            body.emit(new Steps.IsObject(slot, object.entries().size()));
            for (Term.Entry entry : object.entries().reversed()) {
                Term element = new Term.Ref(value, List.of(entry.key()), at);
                open.addFirst(new Pair(entry.value(), element));
            }
        } else {
            fail();
        }
    }

    private static Term at(Term.Var value, int index, Location at) {
        return new Term.Ref(value, List.of(new Term.Const(dev.hufu.rego.Num.of(index), at)), at);
    }
}

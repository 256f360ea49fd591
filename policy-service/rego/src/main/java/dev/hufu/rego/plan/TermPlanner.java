package dev.hufu.rego.plan;

import dev.hufu.rego.Lookup;
import dev.hufu.rego.Value;
import dev.hufu.rego.syntax.Term;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans terms; a reference that has several values becomes steps of the body, and its value a slot. */
final class TermPlanner {
    private final Linker linker;
    private final BodyPlanner body;

    TermPlanner(Linker linker, BodyPlanner body) {
        this.linker = linker;
        this.body = body;
    }

    static boolean isRoot(Term term) {
        return term instanceof Term.Var variable
                && (variable.name().equals("input") || variable.name().equals("data"));
    }

    Eval eval(Term term) {
        return switch (term) {
            case Term.Const constant -> new Evals.Constant(constant.value());
            case Term.Var variable -> variable(variable);
            case Term.Ref ref -> reference(ref);
            case Term.ArrayOf array -> Evals.array(evalAll(array.items()));
            case Term.SetOf set -> Evals.set(evalAll(set.items()));
            case Term.ObjectOf object ->
                Evals.object(
                        evalAll(object.entries().stream().map(Term.Entry::key).toList()),
                        evalAll(object.entries().stream().map(Term.Entry::value).toList()));
            case Term.Comprehension comprehension -> body.comprehension(comprehension);
            case Term.Call call -> call(call);
            case Term.Template _ -> throw new IllegalStateException("not rewritten");
        };
    }

    private List<Eval> evalAll(List<Term> terms) {
        List<Eval> evals = new ArrayList<>();
        terms.forEach(term -> evals.add(eval(term)));
        return evals;
    }

    private Eval variable(Term.Var variable) {
        if (variable.name().equals("input")) {
            return new Evals.Input();
        }
        if (variable.name().equals("data")) {
            return linker.share(new Evals.Document(linker.root()));
        }
        if (!body.isBound(variable.name())) {
            throw new IllegalStateException("unbound " + variable.name() + " at " + Linker.where(variable.at()));
        }
        return new Evals.Slot(body.slots().of(variable.name()));
    }

    private Eval call(Term.Call call) {
        if (linker.isRelation(call.function())) {
            int slot = body.bind(body.slots().fresh());
            body.emit(new Steps.Walk(eval(call.args().getFirst()), slot));
            return new Evals.Slot(slot);
        }
        Eval[] args = new Eval[call.args().size()];
        // references that iterate go first: they may bind what other arguments need
        for (boolean references : new boolean[] {true, false}) {
            for (int i = 0; i < args.length; i++) {
                Term arg = call.args().get(i);
                if (arg instanceof Term.Ref == references) {
                    args[i] = eval(arg);
                }
            }
        }
        return linker.call(call.function(), args, Linker.where(call.at()));
    }

    private Eval reference(Term.Ref ref) {
        if (ref.head() instanceof Term.Var head && head.name().equals("data")) {
            return data(ref);
        }
        return below(eval(ref.head()), ref.path());
    }

    /** Keys applied to a value: look-ups where they are bound, iterations where they are not. */
    private Eval below(Eval start, List<Term> keys) {
        Eval at = start;
        for (Term key : keys) {
            if (key instanceof Term.Const constant) {
                at = linker.share(new Evals.Field(at, new Lookup(constant.value())));
            } else if (isOpen(key)) {
                at = iterate(at, key);
            } else {
                at = linker.share(new Evals.Element(at, eval(key)));
            }
        }
        return at;
    }

    /** It has variables without a value that iterating would bind. */
    private boolean isOpen(Term key) {
        return switch (key) {
            case Term.Var variable -> !isRoot(variable) && !body.isBound(variable.name());
            case Term.ArrayOf array -> array.items().stream().anyMatch(this::isOpen);
            case Term.ObjectOf object -> object.entries().stream().anyMatch(entry -> isOpen(entry.value()));
            case Term.Const _, Term.Ref _, Term.SetOf _, Term.Comprehension _, Term.Call _, Term.Template _ -> false;
        };
    }

    private Eval iterate(Eval domain, Term key) {
        String keyName = key instanceof Term.Var variable
                ? variable.name()
                : body.slots().fresh();
        int valueSlot = body.slots().of(body.slots().fresh());
        int keySlot = body.bind(keyName);
        body.emit(new Steps.Each(domain, keySlot, valueSlot));
        if (!(key instanceof Term.Var)) {
            new UnifyPlanner(body, this).unify(new Term.Var(keyName, key.at()), key);
        }
        return new Evals.Slot(valueSlot);
    }

    private Eval data(Term.Ref ref) {
        DocumentNode node = linker.root();
        List<Term> keys = ref.path();
        int at = 0;
        while (at < keys.size() && node.group() == null && keys.get(at) instanceof Term.Const key) {
            DocumentNode child = node.child(key.value());
            if (child == null) {
                return base(keys);
            }
            node = child;
            at++;
        }
        List<Term> rest = keys.subList(at, keys.size());
        Group group = node.group();
        if (group != null) {
            return group(group, rest);
        }
        if (rest.isEmpty()) {
            return linker.share(new Evals.Document(node));
        }
        return node.children().isEmpty() ? base(keys) : walk(node, rest);
    }

    private Eval base(List<Term> keys) {
        List<Value> prefix = new ArrayList<>();
        int at = 0;
        while (at < keys.size() && keys.get(at) instanceof Term.Const key) {
            prefix.add(key.value());
            at++;
        }
        return below(linker.share(new Evals.Base(prefix)), keys.subList(at, keys.size()));
    }

    private Eval group(Group group, List<Term> rest) {
        if (group instanceof DocumentGroup && !rest.isEmpty() && !isOpen(rest.getFirst())) {
            return below(
                    linker.share(new Evals.RuleValueAt(group, eval(rest.getFirst()))), rest.subList(1, rest.size()));
        }
        return below(new Evals.RuleValue(group), rest);
    }

    /** The path leaves what is known before evaluation while rules may still be below. */
    private Eval walk(DocumentNode node, List<Term> keys) {
        List<DocumentWalk.Key> modes = new ArrayList<>();
        List<Term.Var> patterns = new ArrayList<>();
        List<Term> patternTerms = new ArrayList<>();
        for (Term key : keys) {
            @Nullable Eval known = isOpen(key) ? null : eval(key);
            if (known != null) {
                modes.add(new DocumentWalk.Key(known, -1));
                continue;
            }
            String name = key instanceof Term.Var variable
                    ? variable.name()
                    : body.slots().fresh();
            if (!(key instanceof Term.Var)) {
                patterns.add(new Term.Var(name, key.at()));
                patternTerms.add(key);
            }
            modes.add(new DocumentWalk.Key(null, body.bind(name)));
        }
        int slot = body.slots().of(body.slots().fresh());
        body.emit(new DocumentWalk(node, modes, slot));
        for (int i = 0; i < patterns.size(); i++) {
            new UnifyPlanner(body, this).unify(patterns.get(i), patternTerms.get(i));
        }
        return new Evals.Slot(slot);
    }
}

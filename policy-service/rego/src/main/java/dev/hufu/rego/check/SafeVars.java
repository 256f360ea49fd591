package dev.hufu.rego.check;

import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Term;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which variables an expression gives values to, when those in {@code safe} have one. */
public final class SafeVars {
    private final Set<String> safe;
    private final Set<String> unified = new LinkedHashSet<>();
    /** A variable and those it waits for. */
    private final Map<String, Set<String>> waiting = new HashMap<>();

    private SafeVars(Set<String> safe) {
        this.safe = safe;
    }

    public static Set<String> outputs(Expr expr, Set<String> safe) {
        if (expr.negated()) {
            return Set.of();
        }
        for (Expr.With with : expr.withs()) {
            if (!safe.containsAll(Vars.of(with.value()))) {
                return Set.of();
            }
        }
        Set<String> found = new LinkedHashSet<>();
        switch (expr.form()) {
            case Expr.Holds holds -> fromReferences(holds.term(), safe, found);
            case Expr.Every every -> fromReferences(every.domain(), safe, found);
            case Expr.Equal equal -> {
                fromReferences(equal.left(), safe, found);
                fromReferences(equal.right(), safe, found);
                Set<String> known = new HashSet<>(safe);
                known.addAll(found);
                SafeVars unifier = new SafeVars(known);
                unifier.unify(equal.left(), equal.right());
                found.addAll(unifier.unified);
            }
            case Expr.Logic _, Expr.Assign _, Expr.SomeIn _, Expr.SomeVars _ -> {}
        }
        found.removeAll(safe);
        return found;
    }

    /** Keys of references whose head is known. */
    private static void fromReferences(Term term, Set<String> safe, Set<String> found) {
        if (term instanceof Term.Ref ref && isKnown(ref.head(), safe)) {
            for (Term key : ref.path()) {
                addKeyVars(key, found);
            }
        }
        Vars.parts(term).forEach(part -> fromReferences(part, safe, found));
    }

    private static void addKeyVars(Term key, Set<String> found) {
        switch (key) {
            case Term.Var _, Term.ArrayOf _, Term.ObjectOf _ -> found.addAll(patternVars(key));
            case Term.Ref ref -> ref.path().forEach(inner -> addKeyVars(inner, found));
            case Term.Const _, Term.SetOf _, Term.Comprehension _, Term.Call _, Term.Template _ -> {}
        }
    }

    private static Set<String> patternVars(Term pattern) {
        Set<String> vars = new LinkedHashSet<>();
        switch (pattern) {
            case Term.Var variable -> {
                if (!Names.isRoot(variable.name())) {
                    vars.add(variable.name());
                }
            }
            case Term.ArrayOf array -> array.items().forEach(item -> vars.addAll(patternVars(item)));
            case Term.ObjectOf object -> object.entries().forEach(entry -> vars.addAll(patternVars(entry.value())));
            case Term.Ref ref -> ref.path().forEach(key -> vars.addAll(patternVars(key)));
            case Term.Const _, Term.SetOf _, Term.Comprehension _, Term.Call _, Term.Template _ -> {}
        }
        return vars;
    }

    private static boolean isKnown(Term head, Set<String> safe) {
        return !(head instanceof Term.Var variable) || Names.isRoot(variable.name()) || safe.contains(variable.name());
    }

    private boolean isSafe(String name) {
        return Names.isRoot(name) || safe.contains(name) || unified.contains(name);
    }

    private void unify(Term a, Term b) {
        switch (a) {
            case Term.Var x -> unifyVar(x, b);
            case Term.ArrayOf x -> {
                switch (b) {
                    case Term.ArrayOf y -> unifyAll(x.items(), y.items());
                    case Term.Var y -> unifyVar(y, x);
                    case Term.Ref _, Term.Call _, Term.Comprehension _, Term.Const _ ->
                        markWhenKnown(b, patternVars(x));
                    case Term.ObjectOf _, Term.SetOf _, Term.Template _ -> {}
                }
            }
            case Term.ObjectOf x -> {
                switch (b) {
                    case Term.ObjectOf y -> unifyObjects(x, y);
                    case Term.Var y -> unifyVar(y, x);
                    case Term.Ref _, Term.Call _, Term.Comprehension _, Term.Const _ ->
                        markWhenKnown(b, patternVars(x));
                    case Term.ArrayOf _, Term.SetOf _, Term.Template _ -> {}
                }
            }
            case Term.Ref _, Term.Call _, Term.Comprehension _, Term.Const _, Term.SetOf _, Term.Template _ -> {
                if (b instanceof Term.Var y) {
                    unifyVar(y, a);
                } else if (b instanceof Term.ArrayOf || b instanceof Term.ObjectOf) {
                    markWhenKnown(a, patternVars(b));
                }
            }
        }
    }

    private void unifyAll(List<Term> a, List<Term> b) {
        if (a.size() == b.size()) {
            for (int i = 0; i < a.size(); i++) {
                unify(a.get(i), b.get(i));
            }
        }
    }

    private void unifyObjects(Term.ObjectOf a, Term.ObjectOf b) {
        for (Term.Entry left : a.entries()) {
            for (Term.Entry right : b.entries()) {
                if (sameKey(left.key(), right.key())) {
                    unify(left.value(), right.value());
                }
            }
        }
    }

    private static boolean sameKey(Term a, Term b) {
        if (a instanceof Term.Const x && b instanceof Term.Const y) {
            return x.value().equals(y.value());
        }
        return a instanceof Term.Var v && b instanceof Term.Var w && v.name().equals(w.name());
    }

    private void unifyVar(Term.Var x, Term other) {
        if (Names.isRoot(x.name())) {
            if (other instanceof Term.Var y) {
                mark(y.name());
            } else {
                patternVars(other).forEach(this::mark);
            }
            return;
        }
        switch (other) {
            case Term.Var y -> {
                if (isSafe(y.name())) {
                    mark(x.name());
                } else if (isSafe(x.name())) {
                    mark(y.name());
                } else {
                    await(x.name(), Set.of(y.name()));
                    await(y.name(), Set.of(x.name()));
                }
            }
            case Term.ArrayOf _, Term.ObjectOf _ -> {
                Set<String> inner = new LinkedHashSet<>(Vars.of(other));
                if (isSafe(x.name())) {
                    patternVars(other).forEach(this::mark);
                } else {
                    inner.removeIf(this::isSafe);
                    if (inner.isEmpty()) {
                        mark(x.name());
                    } else {
                        await(x.name(), inner);
                        patternVars(other).forEach(name -> await(name, Set.of(x.name())));
                    }
                }
            }
            case Term.Ref _, Term.Call _, Term.SetOf _ -> markWhenKnown(other, Set.of(x.name()));
            case Term.Const _, Term.Comprehension _, Term.Template _ -> mark(x.name());
        }
    }

    private void markWhenKnown(Term source, Set<String> names) {
        Set<String> needed = new LinkedHashSet<>(Vars.of(source));
        needed.removeIf(this::isSafe);
        if (needed.isEmpty()) {
            names.forEach(this::mark);
        } else {
            names.forEach(name -> await(name, needed));
        }
    }

    private void await(String name, Set<String> needed) {
        if (!isSafe(name)) {
            waiting.computeIfAbsent(name, _ -> new HashSet<>()).addAll(needed);
        }
    }

    private void mark(String name) {
        if (isSafe(name)) {
            return;
        }
        unified.add(name);
        waiting.remove(name);
        for (String other : List.copyOf(waiting.keySet())) {
            Set<String> needed = waiting.get(other);
            if (needed != null && needed.remove(name) && needed.isEmpty()) {
                mark(other);
            }
        }
    }
}

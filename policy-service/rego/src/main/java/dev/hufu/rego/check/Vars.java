package dev.hufu.rego.check;

import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Term;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Which variables a piece of syntax mentions; the roots {@code input} and {@code data} are none. */
public final class Vars {
    private Vars() {}

    /** Variables outside closures (comprehensions and the bodies of {@code every}). */
    public static Set<String> of(Term term) {
        Set<String> found = new LinkedHashSet<>();
        walk(term, false, found::add);
        return found;
    }

    /** Names in a parameter's pattern, as written. */
    static Set<String> ofPattern(Term term) {
        Set<String> found = new LinkedHashSet<>();
        walk(term, true, name -> {
            if (!name.equals("_")) {
                found.add(name);
            }
        });
        return found;
    }

    /** Variables of an expression outside closures. */
    public static Set<String> of(Expr expr) {
        Set<String> found = new LinkedHashSet<>();
        walk(expr, false, found::add);
        return found;
    }

    /** Variables inside the closures of an expression. */
    static Set<String> inClosures(Expr expr) {
        Set<String> found = new LinkedHashSet<>();
        closures(
                expr,
                body -> body.forEach(inner -> walk(inner, true, found::add)),
                term -> walk(term, true, found::add));
        return found;
    }

    /** Every variable, closures included. */
    static Set<String> all(Expr expr) {
        Set<String> found = new LinkedHashSet<>();
        walk(expr, true, found::add);
        return found;
    }

    static void walk(Expr expr, boolean closures, Consumer<String> found) {
        switch (expr.form()) {
            case Expr.Holds holds -> walk(holds.term(), closures, found);
            case Expr.Equal equal -> {
                walk(equal.left(), closures, found);
                walk(equal.right(), closures, found);
            }
            case Expr.Assign assign -> {
                walk(assign.target(), closures, found);
                walk(assign.value(), closures, found);
            }
            case Expr.SomeVars some -> some.vars().forEach(variable -> found.accept(variable.name()));
            case Expr.SomeIn some -> {
                Term key = some.key();
                if (key != null) {
                    walk(key, closures, found);
                }
                walk(some.value(), closures, found);
                walk(some.domain(), closures, found);
            }
            case Expr.Every every -> {
                walk(every.domain(), closures, found);
                if (closures) {
                    every.body().forEach(inner -> walk(inner, true, found));
                }
            }
            case Expr.Logic logic -> logic.operands().forEach(operand -> walk(operand, closures, found));
        }
        expr.withs().forEach(with -> walk(with.value(), closures, found));
    }

    /** What an implicit operand uses comes from outside it, but for what the compiler made within. */
    private static void walk(Expr.Operand operand, boolean closures, Consumer<String> found) {
        for (Expr inner : operand.body()) {
            if (closures) {
                walk(inner, true, found);
            } else if (!operand.explicit()) {
                walk(inner, false, name -> {
                    if (!name.startsWith(Term.Var.GENERATED) || name.startsWith(Term.Var.GENERATED + "_")) {
                        found.accept(name);
                    }
                });
            }
        }
    }

    static void walk(Term term, boolean closures, Consumer<String> found) {
        switch (term) {
            case Term.Const _ -> {}
            case Term.Var variable -> {
                if (!Names.isRoot(variable.name())) {
                    found.accept(variable.name());
                }
            }
            case Term.Ref ref -> {
                walk(ref.head(), closures, found);
                ref.path().forEach(key -> walk(key, closures, found));
            }
            case Term.ArrayOf array -> array.items().forEach(item -> walk(item, closures, found));
            case Term.SetOf set -> set.items().forEach(item -> walk(item, closures, found));
            case Term.ObjectOf object ->
                object.entries().forEach(entry -> {
                    walk(entry.key(), closures, found);
                    walk(entry.value(), closures, found);
                });
            case Term.Call call -> call.args().forEach(arg -> walk(arg, closures, found));
            case Term.Template template -> template.parts().forEach(part -> walk(part, closures, found));
            case Term.Comprehension comprehension -> {
                if (closures) {
                    Term key = comprehension.key();
                    if (key != null) {
                        walk(key, true, found);
                    }
                    walk(comprehension.value(), true, found);
                    comprehension.body().forEach(inner -> walk(inner, true, found));
                }
            }
        }
    }

    /** Visits the bodies of closures and the heads of comprehensions, outermost only. */
    private static void closures(Expr expr, Consumer<List<Expr>> bodies, Consumer<Term> heads) {
        for (Term term : terms(expr)) {
            closures(term, bodies, heads);
        }
        if (expr.form() instanceof Expr.Every every) {
            bodies.accept(every.body());
        }
        if (expr.form() instanceof Expr.Logic logic) {
            logic.operands().forEach(operand -> bodies.accept(operand.body()));
        }
    }

    private static void closures(Term term, Consumer<List<Expr>> bodies, Consumer<Term> heads) {
        if (term instanceof Term.Comprehension comprehension) {
            bodies.accept(comprehension.body());
            heads.accept(comprehension.value());
            Term key = comprehension.key();
            if (key != null) {
                heads.accept(key);
            }
            return;
        }
        parts(term).forEach(part -> closures(part, bodies, heads));
    }

    /** The terms that an expression is made of, without those of nested bodies. */
    static List<Term> terms(Expr expr) {
        List<Term> terms = new java.util.ArrayList<>();
        switch (expr.form()) {
            case Expr.Holds holds -> terms.add(holds.term());
            case Expr.Equal equal -> terms.addAll(List.of(equal.left(), equal.right()));
            case Expr.Every every -> terms.add(every.domain());
            case Expr.Logic _ -> {}
            case Expr.Assign assign -> terms.addAll(List.of(assign.target(), assign.value()));
            case Expr.SomeVars some -> terms.addAll(some.vars());
            case Expr.SomeIn some -> terms.addAll(List.of(some.value(), some.domain()));
        }
        expr.withs().forEach(with -> terms.add(with.value()));
        return terms;
    }

    /** Direct parts of a term; of a comprehension none. */
    public static List<Term> parts(Term term) {
        return switch (term) {
            case Term.Const _, Term.Var _, Term.Comprehension _ -> List.of();
            case Term.Ref ref -> {
                List<Term> parts = new java.util.ArrayList<>(List.of(ref.head()));
                parts.addAll(ref.path());
                yield parts;
            }
            case Term.ArrayOf array -> array.items();
            case Term.SetOf set -> set.items();
            case Term.ObjectOf object -> {
                List<Term> parts = new java.util.ArrayList<>();
                object.entries().forEach(entry -> {
                    parts.add(entry.key());
                    parts.add(entry.value());
                });
                yield parts;
            }
            case Term.Call call -> call.args();
            case Term.Template template ->
                template.parts().stream().flatMap(part -> terms(part).stream()).toList();
        };
    }
}

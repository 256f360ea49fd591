package dev.hufu.rego.lint;

import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Rule;
import dev.hufu.rego.syntax.Term;
import java.util.List;

/** Comprehensions. */
final class ComprehensionChecks {
    private ComprehensionChecks() {}

    static void preferSetOrObjectRule(Linted module, Report report) {
        for (Rule rule : module.module().rules()) {
            if (!rule.isFunction()
                    && !rule.isDefault()
                    && !rule.written().bodied()
                    && rule.orElse() == null
                    && rule.value() instanceof Term.Comprehension comprehension
                    && comprehension.shape() != Term.Shape.ARRAY
                    && !isConversion(comprehension)) {
                report.at(rule);
            }
        }
    }

    /** {@code {x | some x in xs}}, {@code {x | x := xs[_]}}. */
    private static boolean isConversion(Term.Comprehension comprehension) {
        if (comprehension.body().size() != 1 || !(comprehension.value() instanceof Term.Var value)) {
            return false;
        }
        return switch (comprehension.body().getFirst().form()) {
            case Expr.SomeIn some -> Terms.isVar(some.value(), value.name());
            case Expr.Assign assign ->
                Terms.isVar(assign.target(), value.name()) && Terms.endsInWildcard(assign.value());
            case Expr.Equal equal -> Terms.isVar(equal.left(), value.name()) && Terms.endsInWildcard(equal.right());
            case Expr.Holds _, Expr.SomeVars _, Expr.Every _, Expr.Logic _ -> false;
        };
    }

    static void useObjectKeys(Linted module, Report report) {
        for (Term term : module.tree().terms()) {
            if (term instanceof Term.Comprehension comprehension
                    && comprehension.shape() == Term.Shape.SET
                    && comprehension.value() instanceof Term.Var key
                    && collectsKeys(comprehension.body(), key.name())) {
                report.at(term);
            }
        }
    }

    private static boolean collectsKeys(List<Expr> body, String key) {
        Expr last = body.getLast();
        boolean declared = body.size() == 2
                && body.getFirst().form() instanceof Expr.SomeVars some
                && some.vars().size() == 1
                && some.vars().getFirst().name().equals(key);
        if (!(body.size() == 1 || declared) || last.negated() || !last.withs().isEmpty()) {
            return false;
        }
        return switch (last.form()) {
            case Expr.SomeIn some ->
                body.size() == 1
                        && some.key() != null
                        && Terms.isVar(some.key(), key)
                        && Terms.isWildcard(some.value());
            case Expr.Holds holds ->
                holds.term() instanceof Term.Ref ref
                        && Terms.isVar(ref.path().getLast(), key)
                        && ref.path().subList(0, ref.path().size() - 1).stream().allMatch(Term.Const.class::isInstance);
            case Expr.Assign _, Expr.Equal _, Expr.SomeVars _, Expr.Every _, Expr.Logic _ -> false;
        };
    }

    static void comprehensionTermAssignment(Linted module, Report report) {
        for (Term term : module.tree().terms()) {
            if (term instanceof Term.Comprehension comprehension) {
                Expr last = comprehension.body().getLast();
                if (last.form() instanceof Expr.Assign assign
                        && last.withs().isEmpty()
                        && assign.target() instanceof Term.Var target
                        && (Terms.isVar(comprehension.value(), target.name()) || isKey(comprehension, target.name()))
                        && isPlain(assign.value())) {
                    report.at(last);
                }
            }
        }
    }

    private static boolean isKey(Term.Comprehension comprehension, String name) {
        return comprehension.key() != null && Terms.isVar(comprehension.key(), name);
    }

    /** A variable, or a reference by constant keys. */
    private static boolean isPlain(Term term) {
        return term instanceof Term.Var
                || (term instanceof Term.Ref ref
                        && ref.head() instanceof Term.Var
                        && ref.path().stream().allMatch(Term.Const.class::isInstance));
    }
}

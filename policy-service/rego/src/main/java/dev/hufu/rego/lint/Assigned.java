package dev.hufu.rego.lint;

import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Term;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which variables have a value before an expression of a body. */
final class Assigned {
    private final Set<String> names;

    Assigned(Tree.Body body, int before, Set<String> globals) {
        names = new HashSet<>(globals);
        List<Term> args = body.rule().args();
        if (args != null) {
            args.forEach(arg -> Terms.pattern(arg).forEach(variable -> names.add(variable.name())));
        }
        for (Expr expr : body.exprs().subList(0, before)) {
            switch (expr.form()) {
                case Expr.Assign assign -> add(assign.target());
                case Expr.SomeIn some -> {
                    Terms.pattern(some.key()).forEach(variable -> names.add(variable.name()));
                    add(some.value());
                }
                case Expr.Equal equal -> {
                    add(equal.left());
                    add(equal.right());
                }
                case Expr.Holds _, Expr.SomeVars _, Expr.Every _, Expr.Logic _ -> {}
            }
        }
    }

    private void add(Term pattern) {
        Terms.pattern(pattern).forEach(variable -> names.add(variable.name()));
    }

    /** Nothing can be assigned to it: a constant, a reference, a variable that has its value. */
    boolean isFixed(Term term) {
        return switch (term) {
            case Term.Var variable -> names.contains(variable.name()) && !variable.isWildcard();
            case Term.Const _, Term.Ref _ -> true;
            case Term.ArrayOf _, Term.SetOf _, Term.ObjectOf _ -> Terms.isConstant(term);
            case Term.Call _, Term.Template _, Term.Comprehension _ -> false;
        };
    }
}

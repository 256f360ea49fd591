package dev.hufu.rego.lint;

import dev.hufu.rego.check.Vars;
import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Term;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Follows a body behind its first iteration: what changes with each round, and what does not. */
final class Loop {
    private final Scope scope;
    private final Set<String> changing = new HashSet<>();
    private boolean inside;

    Loop(Scope scope) {
        this.scope = scope;
    }

    /** Reports conditions and assignments behind the first iteration that are the same in each round. */
    void look(List<Expr> body, Report report) {
        for (Expr expr : body) {
            boolean iterates = scope.iterates(expr);
            boolean depends = mentions(expr, changing);
            boolean movable = expr.form() instanceof Expr.Holds holds
                    ? !Terms.called(holds.term()).equals("print")
                    : expr.form() instanceof Expr.Assign;
            if (inside && movable && !iterates && !depends) {
                report.at(expr);
            }
            if (iterates || depends) {
                introduced(expr);
            }
            inside |= iterates;
        }
    }

    private void introduced(Expr expr) {
        switch (expr.form()) {
            case Expr.Assign assign -> {
                add(assign.target());
                outputs(assign.value());
            }
            case Expr.Equal equal -> {
                add(equal.left());
                add(equal.right());
                outputs(equal.left());
                outputs(equal.right());
            }
            case Expr.SomeIn some -> {
                if (some.key() != null) {
                    add(some.key());
                }
                add(some.value());
                outputs(some.domain());
            }
            case Expr.Holds holds -> outputs(holds.term());
            case Expr.Every every -> outputs(every.domain());
            case Expr.SomeVars _, Expr.Logic _ -> {}
        }
    }

    private void add(Term pattern) {
        Terms.pattern(pattern).forEach(variable -> changing.add(variable.name()));
    }

    /** Keys that iterate, in the term and its parts; what a call gives out by its last argument. */
    private void outputs(Term term) {
        for (Term key : scope.outputs(term)) {
            add(key);
        }
        if (term instanceof Term.Call call) {
            if (!call.args().isEmpty()) {
                add(call.args().getLast());
            }
            call.args().forEach(this::outputs);
        } else {
            Vars.parts(term).forEach(this::outputs);
        }
    }

    /** One of the variables stands in the expression, bodies in it included. */
    static boolean mentions(Expr expr, Set<String> names) {
        if (names.isEmpty()) {
            return false;
        }
        String text = Canonical.of(expr);
        int at = text.indexOf('$');
        while (at >= 0) {
            int end = at + 1;
            while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
                end++;
            }
            if (names.contains(text.substring(at + 1, end))) {
                return true;
            }
            at = text.indexOf('$', end);
        }
        return false;
    }
}

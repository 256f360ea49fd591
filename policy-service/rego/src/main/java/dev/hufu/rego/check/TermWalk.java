package dev.hufu.rego.check;

import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Term;
import java.util.function.Consumer;

/** Visits the terms of one expression, whole before parts, without the bodies inside it, which are expressions of their own. */
public final class TermWalk {
    private TermWalk() {}

    public static void direct(Expr expr, Consumer<Term> visit) {
        Vars.terms(expr).forEach(term -> direct(term, visit));
    }

    private static void direct(Term term, Consumer<Term> visit) {
        visit.accept(term);
        if (term instanceof Term.Call call) {
            visit.accept(call.function());
        }
        Vars.parts(term).forEach(part -> direct(part, visit));
    }

    /** The bodies inside it: of comprehensions, of {@code every}, of operands. */
    public static void closures(Expr expr, Consumer<Expr> visit) {
        if (expr.form() instanceof Expr.Every every) {
            every.body().forEach(visit);
        }
        if (expr.form() instanceof Expr.Logic logic) {
            logic.operands().forEach(operand -> operand.body().forEach(visit));
        }
        direct(expr, term -> {
            if (term instanceof Term.Comprehension comprehension) {
                comprehension.body().forEach(visit);
            }
        });
    }
}

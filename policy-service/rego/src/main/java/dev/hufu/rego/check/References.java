package dev.hufu.rego.check;

import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Rule;
import dev.hufu.rego.syntax.Term;
import java.util.List;
import java.util.function.Consumer;

/** Finds every place where rewritten rules refer to {@code data} or {@code input}, closures and else-branches too. */
final class References {
    /**
     * One reference.
     *
     * @param root {@code data} or {@code input}
     * @param path the keys behind it, none for the whole document
     */
    record Reference(String root, List<Term> path) {
        boolean isData() {
            return root.equals(Names.DATA);
        }
    }

    private final Consumer<Reference> found;

    References(Consumer<Reference> found) {
        this.found = found;
    }

    void rule(Rule rule) {
        body(rule.body());
        rule.name().forEach(this::term);
        term(rule.value());
        Term member = rule.member();
        if (member != null) {
            term(member);
        }
        Rule orElse = rule.orElse();
        if (orElse != null) {
            rule(orElse);
        }
    }

    void body(List<Expr> body) {
        for (Expr expr : body) {
            Vars.terms(expr).forEach(this::term);
            if (expr.form() instanceof Expr.Every every) {
                body(every.body());
            }
            if (expr.form() instanceof Expr.Logic logic) {
                logic.operands().forEach(operand -> body(operand.body()));
            }
        }
    }

    private void term(Term term) {
        if (term instanceof Term.Var variable && Names.isRoot(variable.name())) {
            found.accept(new Reference(variable.name(), List.of()));
            return;
        }
        if (term instanceof Term.Ref ref && ref.head() instanceof Term.Var head && Names.isRoot(head.name())) {
            found.accept(new Reference(head.name(), ref.path()));
            ref.path().forEach(this::term);
            return;
        }
        if (term instanceof Term.Call call) {
            term(call.function());
        }
        if (term instanceof Term.Comprehension comprehension) {
            body(comprehension.body());
            term(comprehension.value());
            Term key = comprehension.key();
            if (key != null) {
                term(key);
            }
        }
        Vars.parts(term).forEach(this::term);
    }
}

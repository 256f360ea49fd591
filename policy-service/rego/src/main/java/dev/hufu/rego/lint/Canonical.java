package dev.hufu.rego.lint;

import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Rule;
import dev.hufu.rego.syntax.Term;
import java.util.List;

/** Syntax as text without places and spaces: two pieces say the same where their texts are equal. */
final class Canonical {
    private final StringBuilder out = new StringBuilder();

    private Canonical() {}

    static String of(Term term) {
        Canonical text = new Canonical();
        text.term(term);
        return text.out.toString();
    }

    static String of(Expr expr) {
        Canonical text = new Canonical();
        text.expr(expr);
        return text.out.toString();
    }

    /** With its else branches; metadata is no part of it. */
    static String of(Rule rule) {
        Canonical text = new Canonical();
        for (Rule branch = rule; branch != null; branch = branch.orElse()) {
            text.out.append(branch.isDefault() ? "default " : "else ");
            text.list(branch.name());
            if (branch.args() != null) {
                text.list(branch.args());
            }
            text.out.append(" contains ");
            if (branch.member() != null) {
                text.term(branch.member());
            }
            text.out.append(" := ");
            text.term(branch.value());
            text.out.append(" if ").append(branch.written().bodied());
            text.body(branch.body());
        }
        return text.out.toString();
    }

    private void list(List<Term> terms) {
        out.append('(');
        for (Term term : terms) {
            term(term);
            out.append(',');
        }
        out.append(')');
    }

    private void body(List<Expr> body) {
        out.append('{');
        for (Expr expr : body) {
            expr(expr);
            out.append(';');
        }
        out.append('}');
    }

    private void expr(Expr expr) {
        out.append(expr.negated() ? "not " : "");
        switch (expr.form()) {
            case Expr.Holds holds -> term(holds.term());
            case Expr.Equal equal -> pair(equal.left(), " = ", equal.right());
            case Expr.Assign assign -> pair(assign.target(), " := ", assign.value());
            case Expr.SomeVars some -> {
                out.append("some ");
                some.vars().forEach(this::term);
            }
            case Expr.SomeIn some -> {
                out.append("some ");
                if (some.key() != null) {
                    term(some.key());
                    out.append(',');
                }
                pair(some.value(), " in ", some.domain());
            }
            case Expr.Every every -> {
                out.append("every ");
                if (every.key() != null) {
                    term(every.key());
                    out.append(',');
                }
                pair(every.value(), " in ", every.domain());
                body(every.body());
            }
            case Expr.Logic logic -> {
                out.append(logic.operator().word());
                logic.operands().forEach(operand -> body(operand.body()));
            }
        }
        for (Expr.With with : expr.withs()) {
            out.append(" with ");
            pair(with.target(), " as ", with.value());
        }
    }

    private void pair(Term left, String between, Term right) {
        term(left);
        out.append(between);
        term(right);
    }

    private void term(Term term) {
        switch (term) {
            case Term.Const constant -> out.append(constant.value().toJson());
            case Term.Var variable -> out.append('$').append(variable.name());
            case Term.Ref ref -> {
                term(ref.head());
                for (Term key : ref.path()) {
                    out.append('[');
                    term(key);
                    out.append(']');
                }
            }
            case Term.ArrayOf array -> {
                out.append("array");
                list(array.items());
            }
            case Term.SetOf set -> {
                out.append("set");
                list(set.items());
            }
            case Term.ObjectOf object -> {
                out.append("object(");
                object.entries().forEach(entry -> {
                    pair(entry.key(), ":", entry.value());
                    out.append(',');
                });
                out.append(')');
            }
            case Term.Call call -> {
                out.append("call ");
                term(call.function());
                list(call.args());
            }
            case Term.Template template -> {
                out.append("template");
                body(template.parts());
            }
            case Term.Comprehension comprehension -> {
                out.append(comprehension.shape()).append('(');
                if (comprehension.key() != null) {
                    term(comprehension.key());
                    out.append(':');
                }
                term(comprehension.value());
                body(comprehension.body());
                out.append(')');
            }
        }
    }
}

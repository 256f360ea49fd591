package dev.hufu.rego.syntax;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A line of a body. */
public record Expr(Form form, boolean negated, List<With> withs, Location at) {
    public Expr {
        withs = List.copyOf(withs);
    }

    /** What it says. */
    public sealed interface Form {}

    /** The term is defined and not false. */
    public record Holds(Term term) implements Form {}

    /** Unification. */
    public record Equal(Term left, Term right) implements Form {}

    /** {@code target := value}. */
    public record Assign(Term target, Term value) implements Form {}

    /** {@code some x, y}. */
    public record SomeVars(List<Term.Var> vars) implements Form {
        public SomeVars {
            vars = List.copyOf(vars);
        }
    }

    /** {@code some k, v in domain}. */
    public record SomeIn(@Nullable Term key, Term value, Term domain) implements Form {}

    /** {@code every k, v in domain { body }}. */
    public record Every(Term.@Nullable Var key, Term.Var value, Term domain, List<Expr> body) implements Form {
        public Every {
            body = List.copyOf(body);
        }
    }

    /** {@code not}, {@code and} and {@code or} over bodies, as {@code future.keywords} gives them. */
    public enum Operator {
        NOT,
        AND,
        OR;

        /** As it is written. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A body of its own; only an {@code explicit} one, in braces, may declare variables. */
    public record Operand(List<Expr> body, boolean explicit) {
        public Operand {
            body = List.copyOf(body);
        }
    }

    /** One operand for {@code not}, two else. It gives no variable a value. */
    public record Logic(Operator operator, List<Operand> operands) implements Form {
        public Logic {
            operands = List.copyOf(operands);
        }
    }

    public record With(Term target, Term value, Location at) {}

    public static Expr holds(Term term) {
        return new Expr(new Holds(term), false, List.of(), term.at());
    }

    public static Expr equal(Term left, Term right, List<With> withs, Location at) {
        return new Expr(new Equal(left, right), false, withs, at);
    }

    public Expr withForm(Form changed) {
        return new Expr(changed, negated, withs, at);
    }
}

package dev.hufu.rego.syntax;

import dev.hufu.rego.Obj;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One definition of a rule.
 *
 * @param name the head's reference: a variable, then keys
 * @param args the parameters of a function, else null
 * @param member the term after {@code contains}, else null
 * @param value the value, {@code true} where none is written
 * @param orElse what stands after {@code else}
 * @param annotations metadata blocks right above it, outermost scope first
 * @param endRow the last row it covers
 */
public record Rule(
        List<Term> name,
        @Nullable List<Term> args,
        @Nullable Term member,
        Term value,
        List<Expr> body,
        @Nullable Rule orElse,
        boolean isDefault,
        List<Obj> annotations,
        Written written,
        Location at,
        int endRow) {
    /**
     * How it was written, where two ways say the same.
     *
     * @param assigned the value with {@code :=}, not {@code =}
     * @param bodied there is a body
     * @param bare there are brackets for parameters, and none in them
     */
    public record Written(boolean assigned, boolean bodied, boolean bare) {}

    public Rule {
        name = List.copyOf(name);
        body = List.copyOf(body);
        annotations = List.copyOf(annotations);
    }

    public boolean isFunction() {
        return args != null;
    }

    public Rule withAnnotations(List<Obj> blocks) {
        return new Rule(name, args, member, value, body, orElse, isDefault, blocks, written, at, endRow);
    }
}

package dev.hufu.rego.plan;

import dev.hufu.rego.Value;
import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Location;
import dev.hufu.rego.syntax.Rule;
import dev.hufu.rego.syntax.Term;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What an evaluation tells while it runs, on its own thread and in its order, nested as it calls: what an expression holds for
 * is told between its {@link #held} and its {@link #resumed}. After an exception the rest is missing.
 *
 * <p>Expressions and rules are the rewritten ones, the same object each time.
 */
public interface Tracer {
    /**
     * A body of a rule begins.
     *
     * @param path of the rule, {@code data.hufu.denials}
     * @param world equal (by identity) while the same documents are seen; {@code with} makes another
     * @param args of a function; of a partial rule the key that is asked for, if one is
     */
    void entered(Rule rule, String path, Object world, List<Value> args);

    /** A key of the partial rule whose body was entered last; its value follows. */
    void key(Value key);

    /** The body that was entered last gives a value, or a member. */
    void gave(Value value);

    /** The body has no more to give. */
    void left();

    void reached(Expr expr, Object world);

    /** It holds in one way, and what stands behind it is tried. */
    void held();

    /** What stands behind it has been tried. */
    void resumed(Expr expr);

    /** It holds in no other way; {@code known} are values of its variables and references, by term, at this moment. */
    void exhausted(Expr expr, Supplier<Map<Term, Value>> known);

    /** What {@code print} or {@code trace} says. */
    void note(Location at, Value text);
}

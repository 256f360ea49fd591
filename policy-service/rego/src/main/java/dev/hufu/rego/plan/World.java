package dev.hufu.rego.plan;

import dev.hufu.rego.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What expressions see: documents, replaced functions, and what was computed under them. {@code with} makes a
 * new one, with empty caches.
 *
 * @param replaced paths below {@code data} that {@code with} has replaced, which no rule answers for
 * @param mocks by {@link FunctionGroup} or a builtin's name
 * @param outer the world that a {@code with} will return to
 */
@SuppressWarnings("ArrayRecordComponent") // the cache is this world's own
record World(
        @Nullable Value input,
        @Nullable Value data,
        List<List<Value>> replaced,
        Map<Object, Mock> mocks,
        @Nullable Object[] cache,
        @Nullable World outer) {

    /** What a replaced function does: another function, or always one value. */
    sealed interface Mock {}

    record ByFunction(Callable function) implements Mock {}

    record ByValue(Value value) implements Mock {}

    static World of(@Nullable Value input, @Nullable Value data, int places) {
        return new World(input, data, List.of(), Map.of(), new Object[places], null);
    }

    /** Inside a mock nothing is mocked. */
    World withoutMocks() {
        return new World(input, data, replaced, Map.of(), new Object[cache.length], this);
    }

    /** {@code with} has put a document over this path or above it. */
    boolean isReplaced(List<Value> path) {
        if (replaced.isEmpty()) {
            return false;
        }
        for (List<Value> target : replaced) {
            if (target.size() <= path.size() && path.subList(0, target.size()).equals(target)) {
                return true;
            }
        }
        return false;
    }

    /** The base document at a path below {@code data}. */
    @Nullable
    Value base(List<Value> path) {
        Value at = data;
        for (Value key : path) {
            if (at == null) {
                return null;
            }
            at = at.get(key);
        }
        return at;
    }
}

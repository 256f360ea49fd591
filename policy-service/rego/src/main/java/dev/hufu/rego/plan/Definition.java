package dev.hufu.rego.plan;

import dev.hufu.rego.Value;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One body of a complete rule or function, and what stands after its {@code else}.
 *
 * @param constant the value where it is the same for every success
 */
record Definition(
        Code code, @Nullable Value constant, @Nullable Definition orElse, String where) {

    /** What it needs, with all behind its {@code else}. */
    Code.Size size() {
        return Code.Size.largest(
                Stream.iterate(this, Objects::nonNull, Definition::orElse).map(definition -> definition.code.size()));
    }

    /** What all of them need, one after the other. */
    static Code.Size size(Definition[] all, @Nullable Definition fallback) {
        return Code.Size.largest(
                Stream.concat(Arrays.stream(all), Stream.ofNullable(fallback)).map(Definition::size));
    }

    /** Null where no body holds. */
    @Nullable
    Value eval(Frame frame) {
        for (Definition at = this; at != null; at = at.orElse) {
            frame.result = null;
            at.code.entry().run(frame);
            if (frame.result != null) {
                return frame.result;
            }
        }
        return null;
    }
}

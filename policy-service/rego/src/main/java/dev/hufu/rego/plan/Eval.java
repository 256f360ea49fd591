package dev.hufu.rego.plan;

import dev.hufu.rego.Value;
import org.jspecify.annotations.Nullable;

/** A term that has at most one value where it stands. */
interface Eval {
    /** The value, or null where it is undefined. */
    @Nullable
    Value eval(Frame frame);

    /** The value that needs no frame, for constants. */
    default @Nullable Value constant() {
        return null;
    }
}

package dev.hufu.rego.plan;

import dev.hufu.rego.Value;
import org.jspecify.annotations.Nullable;

/** Something that a call can invoke: a builtin or a function rule. */
interface Callable {
    @Nullable
    Value invoke(Evaluation run, Value[] args, String where);

    /** What a {@code with} that replaces it names. */
    Object identity();
}

package dev.hufu.rego.builtin;

import dev.hufu.rego.Value;
import org.jspecify.annotations.Nullable;

/** A builtin. It answers null where its result is undefined and throws {@link BuiltinException} for an error. */
public interface Fn {
    @Nullable
    Value call(Context context, Value[] args);

    /** Of one operand. */
    interface Unary extends Fn {
        @Nullable
        Value call1(Context context, Value a);

        @Override
        default @Nullable Value call(Context context, Value[] args) {
            return call1(context, args[0]);
        }
    }

    /** Of two operands. */
    interface Binary extends Fn {
        @Nullable
        Value call2(Context context, Value a, Value b);

        @Override
        default @Nullable Value call(Context context, Value[] args) {
            return call2(context, args[0], args[1]);
        }
    }
}

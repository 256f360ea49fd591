package dev.hufu.rego.plan;

import dev.hufu.rego.Value;
import org.jspecify.annotations.Nullable;

/**
 * One body of a complete rule or function, and what stands after its {@code else}.
 *
 * @param constant the value where it is the same for every success
 */
record Definition(
        Code code, @Nullable Value constant, @Nullable Definition orElse, String where) {

    @Nullable
    Value eval(Evaluation run, Value @Nullable [] args) {
        for (Definition at = this; at != null; at = at.orElse) {
            Frame frame = at.code.frame(run);
            if (args != null) {
                System.arraycopy(args, 0, frame.slots, 0, args.length);
            }
            at.code.entry().run(frame);
            if (frame.result != null) {
                return frame.result;
            }
        }
        return null;
    }
}

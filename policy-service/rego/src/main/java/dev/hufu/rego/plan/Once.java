package dev.hufu.rego.plan;

import dev.hufu.rego.Value;
import org.jspecify.annotations.Nullable;

/** A term that depends on the world alone: it is evaluated once in each, however many rules ask for it. */
final class Once implements Eval {
    private final int place;
    private final Eval term;

    Once(int place, Eval term) {
        this.place = place;
        this.term = term;
    }

    @Override
    public @Nullable Value eval(Frame frame) {
        @Nullable Object[] cache = frame.run.world.cache();
        Object known = cache[place];
        if (known != null) {
            return known instanceof Value value ? value : null;
        }
        Value value = term.eval(frame);
        cache[place] = value == null ? Group.UNDEFINED : value;
        return value;
    }
}

package dev.hufu.auditlog.witness;

import java.time.Duration;
import java.util.OptionalLong;

/** Since when something has been waited for. Of one thread. */
final class Delay {
    private OptionalLong since = OptionalLong.empty();

    /** Says whether it is waited for now: the wait goes on, begins, or is over. */
    void note(boolean waiting) {
        if (!waiting || since.isEmpty()) {
            restart(waiting);
        }
    }

    /** Some of it came: what is waited for from now on is something else. */
    void restart(boolean waiting) {
        since = waiting ? OptionalLong.of(System.nanoTime()) : OptionalLong.empty();
    }

    boolean longerThan(Duration bound) {
        return since.isPresent() && System.nanoTime() - since.getAsLong() > bound.toNanos();
    }
}

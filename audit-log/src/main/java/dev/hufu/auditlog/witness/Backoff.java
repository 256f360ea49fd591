package dev.hufu.auditlog.witness;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to leave a witness alone that failed: twice as long each time, up to a bound, and of that a part between half
 * and all, so that logs which lost the same witness do not come back together.
 */
record Backoff(Duration first, Duration longest) {
    private static final int MOST_DOUBLINGS = 30;

    Duration after(int failures, RandomGenerator random) {
        long factor = 1L << Math.clamp(failures, 0, MOST_DOUBLINGS);
        long whole = Math.min(longest.toMillis(), Math.max(1, first.toMillis()) * factor);
        return Duration.ofMillis(whole / 2 + random.nextLong(whole / 2 + 1));
    }
}

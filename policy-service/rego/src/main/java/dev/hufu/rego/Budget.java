package dev.hufu.rego;

import java.time.Duration;

/**
 * What one evaluation may take.
 *
 * @param steps expressions tried and elements visited
 * @param depth rules and functions open at once
 * @param size elements and characters made, summed over the evaluation; and those of the result, however they are shared
 * @param time wall time, checked every few hundred steps and before work that grows with its input
 */
public record Budget(long steps, int depth, long size, Duration time) {
    /** For a decision: 10 million steps, depth 200, 50 million elements or characters, 5 s. */
    public static final Budget DEFAULT = new Budget(10_000_000, 200, 50_000_000, Duration.ofSeconds(5));

    private static final int MAX_DEPTH = 1000;

    public Budget {
        if (steps < 1 || size < 1 || depth < 1 || depth > MAX_DEPTH || time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException(
                    "steps, size and time must be positive, depth in 1.." + MAX_DEPTH + ", got " + depth);
        }
    }
}

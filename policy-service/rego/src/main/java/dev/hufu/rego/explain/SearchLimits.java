package dev.hufu.rego.explain;

import dev.hufu.rego.Budget;
import java.time.Duration;

/**
 * What a search for changes may take.
 *
 * @param changes attributes changed at once
 * @param evaluations of the query
 * @param proposals found, after which it stops
 * @param time wall time, checked before each evaluation
 * @param each of one evaluation; one that exceeds it counts as not giving what is wanted
 */
public record SearchLimits(int changes, int evaluations, int proposals, Duration time, Budget each) {
    /** 3 changes, 200,000 evaluations, 500 proposals, 10 s; each evaluation 1 million steps and 5 s. */
    public static final SearchLimits DEFAULT = new SearchLimits(
            3, 200_000, 500, Duration.ofSeconds(10), new Budget(1_000_000, 100, 5_000_000, Duration.ofSeconds(5)));

    private static final int MAX_CHANGES = 8;

    public SearchLimits {
        if (changes < 1 || changes > MAX_CHANGES || evaluations < 1 || proposals < 1) {
            throw new IllegalArgumentException("changes in 1.." + MAX_CHANGES
                    + ", evaluations and proposals positive; got " + changes + ", " + evaluations + ", " + proposals);
        }
    }

    public SearchLimits withChanges(int wanted) {
        return new SearchLimits(wanted, evaluations, proposals, time, each);
    }
}

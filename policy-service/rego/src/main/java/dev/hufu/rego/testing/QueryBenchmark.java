package dev.hufu.rego.testing;

import dev.hufu.rego.Budget;
import dev.hufu.rego.PreparedQuery;
import dev.hufu.rego.Value;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Times one query on one thread, again and again: half of the time to warm up, half to measure. A figure for comparing two
 * versions of a policy on the same machine; beside other work, or in another process, it is another figure.
 */
public final class QueryBenchmark {
    private static final int FIRST = 1_024;
    private static final int MOST = 2_000_000;

    private final PreparedQuery query;
    private final @Nullable Value input;
    private final @Nullable Value data;
    private final Budget budget;
    private final LongSupplier nanoClock;

    public QueryBenchmark(
            PreparedQuery query, @Nullable Value input, @Nullable Value data, Budget budget, LongSupplier nanoClock) {
        this.query = query;
        this.input = input;
        this.data = data;
        this.budget = budget;
        this.nanoClock = nanoClock;
    }

    /**
     * What was measured.
     *
     * @param evaluations how many were timed
     * @param p50 nanoseconds
     * @param p99 nanoseconds
     * @param max nanoseconds
     * @param mean nanoseconds
     */
    public record Times(int evaluations, long p50, long p99, long max, double mean) {}

    /**
     * Runs for about this long, at least one evaluation each to warm up and to measure, and at most two million.
     *
     * @throws dev.hufu.rego.EvaluationException as the query does
     * @throws dev.hufu.rego.BudgetExceededException as the query does
     */
    public Times run(Duration time) {
        long half = time.toNanos() / 2;
        times(half);
        return summary(times(half));
    }

    private long[] times(long nanos) {
        long[] taken = new long[FIRST];
        int count = 0;
        long begun = nanoClock.getAsLong();
        long now = begun;
        do {
            query.evaluate(input, data, budget);
            long done = nanoClock.getAsLong();
            if (count == taken.length) {
                taken = Arrays.copyOf(taken, count * 2);
            }
            taken[count++] = done - now;
            now = done;
        } while (now - begun < nanos && count < MOST);
        return Arrays.copyOf(taken, count);
    }

    private static Times summary(long[] taken) {
        Arrays.sort(taken);
        int count = taken.length;
        return new Times(
                count,
                taken[count / 2],
                taken[(int) (count * 99L / 100)],
                taken[count - 1],
                Arrays.stream(taken).average().orElse(0));
    }
}

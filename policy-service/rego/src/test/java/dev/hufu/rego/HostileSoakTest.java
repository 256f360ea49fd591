package dev.hufu.rego;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Measures how late each hostile policy ends after its time is over; time never fails it. */
@Tag("soak")
class HostileSoakTest {
    private static final Duration TIME = Duration.ofMillis(500);
    private static final Budget BUDGET = new Budget(Long.MAX_VALUE, 200, 50_000_000, TIME);
    private static final int SIZE = 500_000;

    @Test
    void evaluate_hostilePolicies_printsHowLateEachEnds() throws Exception {
        Value input = HostilePolicies.input(SIZE);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long latest = Long.MIN_VALUE;
        long latestCpu = Long.MIN_VALUE;
        int count = 0;
        String which = "";
        for (HostilePolicies.Hostile hostile : HostilePolicies.all()) {
            hostile.outcome(input, BUDGET);
            long start = System.nanoTime();
            long cpu = threads.getCurrentThreadCpuTime();
            String outcome = hostile.outcome(input, BUDGET);
            long late = (System.nanoTime() - start - TIME.toNanos()) / 1_000_000;
            long lateCpu = (threads.getCurrentThreadCpuTime() - cpu - TIME.toNanos()) / 1_000_000;
            System.out.printf("%-46s %-10s %+5d ms (of its own time %+5d)%n", hostile.name(), outcome, late, lateCpu);
            count++;
            latestCpu = Math.max(latestCpu, lateCpu);
            if (late > latest) {
                latest = late;
                which = hostile.name();
            }
        }
        System.out.printf(
                Locale.ROOT,
                "| %d hostile policies on collections of %,d, bound of %d ms: how late the latest ended | %d ms (%s); by its"
                        + " thread's own time %+d ms | bar: 100 ms |%n",
                count,
                SIZE,
                TIME.toMillis(),
                latest,
                which,
                latestCpu);
    }
}

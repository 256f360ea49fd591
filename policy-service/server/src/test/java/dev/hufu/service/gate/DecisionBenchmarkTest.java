package dev.hufu.service.gate;

import dev.hufu.service.request.AccessRequest;
import dev.hufu.service.request.Action;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How long a decision takes in process, single thread, after warm-up. Prints; never fails for time. */
@Tag("soak")
class DecisionBenchmarkTest {
    private static final int WARM = 200_000;
    private static final int RUNS = 200_000;

    @Test
    void decide_permitAndDenial_printsPercentiles() throws Exception {
        EmbeddedRegoEngine engine =
                EmbeddedRegoEngine.start(ShippedBundle.BUNDLE, () -> ShippedBundle.FACTS, new SecureRandom(), _ -> {});
        Instant noon = Instant.parse("2026-11-23T04:00:00Z");
        measure("permit", engine, EmbeddedRegoEngineTest.request(Action.QUERY, "dpv:PersonnelPayment", noon));
        measure(
                "denial",
                engine,
                EmbeddedRegoEngineTest.request(Action.QUERY, "dpv:PersonnelBehaviourMonitoring", noon));
    }

    private static void measure(String name, EmbeddedRegoEngine engine, AccessRequest request) {
        for (int i = 0; i < WARM; i++) {
            engine.decide(request);
        }
        long[] nanos = new long[RUNS];
        for (int i = 0; i < RUNS; i++) {
            long start = System.nanoTime();
            engine.decide(request);
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        System.out.printf(
                "%s: p50 %.1f us, p99 %.1f us, p99.9 %.1f us%n",
                name, nanos[RUNS / 2] / 1e3, nanos[RUNS * 99 / 100] / 1e3, nanos[RUNS * 999 / 1000] / 1e3);
    }
}

package dev.hufu.service.gate;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hufu.service.request.AccessRequest;
import dev.hufu.service.request.Action;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same permit on the three engines in one run: the median of one caller, and what two callers get together. Prints a line of
 * README's table; never fails for time.
 */
@Tag("soak")
class EnginesBenchmarkTest {
    private static final int CALLERS = 2;
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Duration WARM = Duration.ofSeconds(10);
    private static final Duration RUN = Duration.ofSeconds(5);
    private static final int MOST = 2_000_000;
    private static final AccessRequest REQUEST =
            EmbeddedRegoEngineTest.request(Action.QUERY, "dpv:PersonnelPayment", Instant.parse("2026-11-23T04:00:00Z"));

    @Test
    void decide_onThreeEngines_printsMedianAndThroughput(@TempDir Path directory) throws Exception {
        assumeTrue(Opa.isThere(), "no opa on PATH");
        Path wasm = Opa.wasm(directory, ShippedBundle.BUNDLE.modules());
        try (Opa.Server opa = Opa.serve(Opa.freePort())) {
            System.out.printf(
                    Locale.ROOT,
                    "| gate decision by engine, permit on 2 fields: one caller; %d callers | embedded %s | Wasm %s; OPA server"
                            + " over loopback %s |%n",
                    CALLERS,
                    measured(new EngineChoice.Embedded()),
                    measured(new EngineChoice.Wasm(wasm, DEADLINE)),
                    measured(new EngineChoice.OpaServer(opa.base(), Optional.empty(), DEADLINE)));
        }
    }

    private static String measured(EngineChoice choice) throws Exception {
        var around = new PolicyEngine.Surroundings(
                () -> ShippedBundle.FACTS, new SecureRandom(), Clock.systemUTC(), _ -> {});
        try (PolicyEngine engine = PolicyEngine.start(choice, ShippedBundle.BUNDLE, ShippedBundle.FACTS, around);
                var callers = Executors.newFixedThreadPool(CALLERS)) {
            nanos(engine, WARM);
            long[] alone = nanos(engine, RUN);
            Arrays.sort(alone);
            List<Callable<Integer>> work = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                work.add(() -> nanos(engine, RUN).length);
            }
            int together = 0;
            for (Future<Integer> one : callers.invokeAll(work)) {
                together += one.get();
            }
            return String.format(
                    Locale.ROOT,
                    "p50 %.1f µs, p99 %.1f µs; %,d/s",
                    alone[alone.length / 2] / 1e3,
                    alone[alone.length * 99 / 100] / 1e3,
                    together / RUN.toSeconds());
        }
    }

    /** How long each decision took, one after another for so long. */
    private static long[] nanos(PolicyEngine engine, Duration length) {
        long[] nanos = new long[MOST];
        int count = 0;
        long end = System.nanoTime() + length.toNanos();
        for (long at = System.nanoTime(); at < end && count < MOST; count++) {
            if (!engine.decide(REQUEST).permitted()) {
                throw new AssertionError("a denial");
            }
            long now = System.nanoTime();
            nanos[count] = now - at;
            at = now;
        }
        return Arrays.copyOf(nanos, count);
    }
}

package dev.hufu.auditlog;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@link AppendBenchmark} with entries of 1 KiB, about as large as one of the server, from 1 and 64 callers. Prints the
 * median of three rounds as a line of README's table; asserts nothing, since timing never fails a test.
 */
@Tag("soak")
class AppendBenchmarkTest {
    private static final int ENTRY_BYTES = 1024;
    private static final int ROUNDS = 3;
    private static final Duration ROUND = Duration.ofSeconds(Long.getLong("hufu.benchmark.seconds", 4));

    @Test
    void append_oneAndManyCallers_besideTheDisk() throws Exception {
        Path base = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "benchmark");
        try {
            round(base.resolve("warm-up"), 64);
            for (int callers : new int[] {1, 64}) {
                List<AppendBenchmark.Result> rounds = new ArrayList<>();
                for (int i = 0; i < ROUNDS; i++) {
                    rounds.add(round(base.resolve("callers-" + callers + "-" + i), callers));
                }
                rounds.sort(Comparator.comparingDouble(AppendBenchmark.Result::ratio));
                print(callers, rounds.get(ROUNDS / 2));
            }
        } finally {
            try (Stream<Path> files = Files.walk(base)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static AppendBenchmark.Result round(Path directory, int callers) throws Exception {
        Files.createDirectory(directory);
        return AppendBenchmark.run(directory, new AppendBenchmark.Plan(callers, ENTRY_BYTES, ROUND), Clock.systemUTC());
    }

    private static void print(int callers, AppendBenchmark.Result median) {
        System.out.printf(
                Locale.ROOT,
                "| durable appends of 1 KiB, %d caller%s | %,.0f/s, %.1f a batch | %,.0f/s: write and force alone, same batches; ratio %.2f |%n",
                callers,
                callers == 1 ? "" : "s",
                median.perSecond(),
                median.aBatch(),
                median.limit(),
                median.ratio());
    }
}

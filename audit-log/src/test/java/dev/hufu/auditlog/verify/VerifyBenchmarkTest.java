package dev.hufu.auditlog.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import dev.hufu.auditlog.AuditLog;
import dev.hufu.auditlog.AuditLogException;
import dev.hufu.auditlog.EntryId;
import dev.hufu.auditlog.LogOptions;
import dev.hufu.auditlog.merkle.TreeHasher;
import dev.hufu.auditlog.note.SigningKey;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Verifies a log of some million entries of 100 bytes in a JVM of 256 MB on one core's time, beside SHA-256 alone over
 * the same bytes in the same run. Prints a line of README's table; asserts that the log holds and the memory is enough,
 * since timing never fails a test. {@code hufu.verify.entries} and {@code hufu.verify.directory} say how many and where.
 */
@Tag("soak")
class VerifyBenchmarkTest {
    private static final int ENTRY_BYTES = 100;
    private static final long ENTRIES = Long.getLong("hufu.verify.entries", 3_000_000);

    @Test
    void verify_millionsOfEntries_streamsIn256MegabytesBesideSha256() throws Exception {
        Path parent = Path.of(System.getProperty("hufu.verify.directory", "target"));
        Path log = Files.createTempDirectory(Files.createDirectories(parent), "verify");
        try {
            append(log);
            Process process = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-Xmx256m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Verify.class.getName(),
                            log.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            System.out.print(line);
            assertThat(process.waitFor()).as(line).isZero();
        } finally {
            try (Stream<Path> files = Files.walk(log)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void append(Path directory) throws IOException, InterruptedException {
        SigningKey key = SigningKey.ofSeed("benchmark", new byte[SigningKey.SEED_BYTES]);
        try (AuditLog log = AuditLog.open(directory, LogOptions.defaults(key, Clock.systemUTC()))) {
            long sequence = 0;
            while (sequence < ENTRIES) {
                byte[] entry = new byte[ENTRY_BYTES];
                byte[] name = Long.toString(sequence).getBytes(StandardCharsets.US_ASCII);
                System.arraycopy(name, 0, entry, 0, name.length);
                try {
                    var last = log.appendAsync(new EntryId("p", sequence), entry);
                    sequence++;
                    if (sequence == ENTRIES) {
                        last.join();
                    }
                } catch (AuditLogException.Busy e) {
                    Thread.sleep(1);
                }
            }
        }
    }

    /** The JVM of 256 MB. */
    static final class Verify {
        private Verify() {}

        public static void main(String[] args) throws IOException {
            long cpu = cpuNanos();
            long start = System.nanoTime();
            VerifyReport report = new LogVerifier(Optional.empty()).verify(Path.of(args[0]));
            long elapsed = System.nanoTime() - start;
            double used = cpuNanos() - cpu;
            double perSecond = report.entries() * 1e9 / used;
            double alone = sha256(report.entries());
            System.out.printf(
                    Locale.ROOT,
                    "| `audit verify`, %,d entries of 100 bytes, 256 MB | %,.0f entries/s a core (%.1f s) | %,.0f/s: SHA-256 of each entry, once; ratio %.2f |%n",
                    report.entries(),
                    perSecond,
                    elapsed / 1e9,
                    alone,
                    perSecond / alone);
            System.exit(report.holds() ? 0 : 1);
        }

        /** Of all threads, the compiler's and collector's included. */
        private static long cpuNanos() {
            return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
        }

        private static double sha256(long times) {
            MessageDigest digest = TreeHasher.sha256();
            byte[] leaf = new byte[1 + ENTRY_BYTES];
            long cpu = cpuNanos();
            for (long i = 0; i < times; i++) {
                digest.update(leaf);
                leaf[1] = digest.digest()[0];
            }
            return times * 1e9 / (cpuNanos() - cpu);
        }
    }
}

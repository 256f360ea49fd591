package dev.hufu.auditlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.auditlog.journal.JournalEntry;
import dev.hufu.auditlog.merkle.Hash;
import dev.hufu.auditlog.merkle.SmallTree;
import dev.hufu.auditlog.merkle.TreeHasher;
import dev.hufu.auditlog.receipt.LogReceipt;
import dev.hufu.auditlog.receipt.ReceiptVerifier;
import dev.hufu.auditlog.receipt.Verdict;
import dev.hufu.auditlog.verify.LogVerifier;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that appends from many threads, and looks at what it had acknowledged. */
class CrashTest {
    private static final int CALLERS = 16;
    private static final Logs LOGS = new Logs();

    @TempDir
    Path directory;

    @Test
    void kill_underLoad_losesNothingAcknowledged() throws Exception {
        crashes(3, 400, 17);
    }

    @Test
    @Tag("soak")
    void kill_aThousandTimesUnderLoad_losesNothingAcknowledged() throws Exception {
        crashes(Integer.getInteger("hufu.crashes", 1000), 3000, 18);
    }

    private void crashes(int times, int mostAcknowledged, long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Long> acknowledged = new HashMap<>();
        for (int crash = 0; crash < times; crash++) {
            Process process = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-Xmx256m",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Writer.class.getName(),
                            directory.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            read(process, 100 + random.nextInt(mostAcknowledged), acknowledged);
            process.waitFor();
            check(acknowledged);
        }
    }

    /** Reads acknowledgements, kills the process after so many, and reads what it had written by then. */
    private static void read(Process process, int killAfter, Map<String, Long> acknowledged) throws IOException {
        int count = 0;
        try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                EntryId id = line.endsWith(";") ? EntryId.parse(line.substring(0, line.length() - 1)) : null;
                if (id != null) {
                    acknowledged.merge(id.producer(), id.sequence(), Math::max);
                }
                if (++count == killAfter) {
                    process.toHandle().destroyForcibly(); // SIGKILL; the pipe stays readable
                }
            }
        }
        assertThat(count).isGreaterThanOrEqualTo(killAfter);
    }

    private void check(Map<String, Long> acknowledged) throws Exception {
        var beforeRecovery = new LogVerifier(Optional.empty()).verify(directory);
        assertThat(beforeRecovery.findings()).isEmpty();
        try (AuditLog log = LOGS.open(directory)) {
            Set<EntryId> seen = new HashSet<>();
            List<Hash> leaves = new ArrayList<>();
            TreeHasher hasher = new TreeHasher();
            for (long index = 0; index < log.size(); index++) {
                JournalEntry entry = log.entry(index);
                assertThat(seen.add(entry.id())).as("%s twice", entry.id()).isTrue();
                assertThat(entry.bytes()).isEqualTo(Writer.entry(entry.id()));
                leaves.add(hasher.leaf(entry.bytes()));
            }
            for (var last : acknowledged.entrySet()) {
                for (long sequence = 0; sequence <= last.getValue(); sequence++) {
                    assertThat(seen).contains(new EntryId(last.getKey(), sequence));
                }
                EntryId id = new EntryId(last.getKey(), last.getValue());
                LogReceipt receipt = LOGS.awaitIncluded(log, id);
                assertThat(new ReceiptVerifier(Optional.empty()).verify(receipt.bytes()))
                        .isInstanceOf(Verdict.Holds.class);
            }
            while (log.checkpoint().size() < log.size()) {
                Thread.sleep(5);
            }
            assertThat(log.checkpoint().root()).isEqualTo(SmallTree.over(leaves).root());
        }
    }

    /** The process that is killed: many callers, each a producer, each waiting for its receipt before the next. */
    static final class Writer {
        private Writer() {}

        static byte[] entry(EntryId id) {
            return ("{\"id\":\"" + id + "\"," + "\"x\":\"" + "y".repeat((int) (id.sequence() % 500)) + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
        }

        public static void main(String[] arguments) throws Exception {
            AuditLog log = LOGS.open(Path.of(arguments[0]));
            for (int caller = 0; caller < CALLERS; caller++) {
                String producer = "caller-" + caller;
                Thread.ofPlatform().start(() -> {
                    long sequence = log.lastSequence(producer).orElse(-1) + 1;
                    while (true) {
                        EntryId id = new EntryId(producer, sequence++);
                        log.append(id, entry(id));
                        synchronized (Writer.class) {
                            System.out.println(id + ";");
                        }
                    }
                });
            }
        }
    }
}

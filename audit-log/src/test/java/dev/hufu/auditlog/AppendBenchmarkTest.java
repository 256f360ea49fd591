package dev.hufu.auditlog;

import dev.hufu.auditlog.journal.Disk;
import dev.hufu.auditlog.note.SigningKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Durable appends a second of 1 KiB entries from 1 and 64 synchronous callers, beside the disk itself in the same run: one
 * write and one force of batches of the very sizes that the log wrote. An entry of the server is about as large. Prints the
 * median of three rounds as a line of README's table; asserts nothing, since timing never fails a test.
 */
@Tag("soak")
class AppendBenchmarkTest {
    private static final int ENTRY_BYTES = 1024;
    private static final int ROUNDS = 3;
    private static final long ROUND_NANOS = Long.getLong("hufu.benchmark.seconds", 4) * 1_000_000_000L;

    /** Counts what the log asks of the disk. */
    private static final class CountingDisk implements Disk {
        private final LongAdder batches = new LongAdder();
        private final LongAdder bytes = new LongAdder();

        @Override
        public void write(FileChannel file, ByteBuffer data, long position) throws IOException {
            if (data.isDirect()) { // only the journal writes from direct memory
                batches.increment();
                bytes.add(data.remaining());
            }
            Disk.super.write(file, data, position);
        }
    }

    /**
     * @param perSecond durable appends
     * @param aBatch entries a batch, on average
     * @param limit entries a second, were there nothing but write and force of these batches
     */
    private record Round(double perSecond, double aBatch, double limit) {
        double ratio() {
            return perSecond / limit;
        }
    }

    @Test
    void append_oneAndManyCallers_besideTheDisk() throws Exception {
        Path base = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "benchmark");
        try {
            round(base.resolve("warm-up"), 64, ROUND_NANOS);
            for (int callers : new int[] {1, 64}) {
                List<Round> rounds = new ArrayList<>();
                for (int i = 0; i < ROUNDS; i++) {
                    rounds.add(round(base.resolve("callers-" + callers + "-" + i), callers, ROUND_NANOS));
                }
                rounds.sort(Comparator.comparingDouble(Round::ratio));
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

    private static void print(int callers, Round median) {
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

    private static Round round(Path directory, int callers, long nanos) throws Exception {
        CountingDisk disk = new CountingDisk();
        SigningKey key = SigningKey.ofSeed("benchmark", new byte[32]);
        LongAdder appended = new LongAdder();
        long elapsed;
        try (AuditLog log = AuditLog.open(directory, LogOptions.defaults(key, Clock.systemUTC()), disk)) {
            long start = System.nanoTime();
            List<Thread> threads = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                String producer = "caller-" + caller;
                threads.add(Thread.ofVirtual().start(() -> {
                    byte[] entry = new byte[ENTRY_BYTES];
                    for (long sequence = 0; System.nanoTime() - start < nanos; sequence++) {
                        log.append(new EntryId(producer, sequence), entry);
                        appended.increment();
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            elapsed = System.nanoTime() - start;
        }
        long batches = disk.batches.sum();
        double aBatch = (double) appended.sum() / batches;
        double batchesPerSecond = raw(directory.resolveSibling("raw"), (int) (disk.bytes.sum() / batches), nanos / 2);
        return new Round(appended.sum() * 1e9 / elapsed, aBatch, batchesPerSecond * aBatch);
    }

    /** Batches a second that the disk takes by itself. */
    private static double raw(Path file, int batchBytes, long nanos) throws IOException {
        ByteBuffer batch = ByteBuffer.allocateDirect(batchBytes);
        long count = 0;
        long start = System.nanoTime();
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            for (; System.nanoTime() - start < nanos; count++) {
                batch.clear();
                Disk.REAL.write(channel, batch, count * batchBytes);
                Disk.REAL.force(channel);
            }
        }
        return count * 1e9 / (System.nanoTime() - start);
    }
}

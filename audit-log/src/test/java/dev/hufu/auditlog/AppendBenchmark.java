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
 * write and one force of batches of the very sizes that the log wrote. Prints; asserts nothing, since timing never fails a
 * test.
 */
@Tag("soak")
class AppendBenchmark {
    private static final int ENTRY_BYTES = 1024;
    private static final long RUN_NANOS = Long.getLong("hufu.benchmark.seconds", 5) * 1_000_000_000L;

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

    @Test
    void append_oneAndManyCallers_besideTheDisk() throws Exception {
        Path base = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "benchmark");
        try {
            run(base.resolve("warm-up"), 64, RUN_NANOS / 2);
            for (int callers : new int[] {1, 64}) {
                run(base.resolve("callers-" + callers), callers, RUN_NANOS);
            }
        } finally {
            try (Stream<Path> files = Files.walk(base)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void run(Path directory, int callers, long nanos) throws Exception {
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
        int batchBytes = (int) (disk.bytes.sum() / batches);
        double perSecond = appended.sum() * 1e9 / elapsed;
        double raw = raw(directory.resolveSibling("raw"), batchBytes, nanos / 2) * appended.sum() / batches;
        System.out.printf(
                Locale.ROOT,
                "%s: %,.0f durable appends/s (%.1f a batch); the disk alone, same batches: %,.0f/s; ratio %.2f%n",
                directory.getFileName(),
                perSecond,
                (double) appended.sum() / batches,
                raw,
                perSecond / raw);
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

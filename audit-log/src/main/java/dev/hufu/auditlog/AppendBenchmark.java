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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * Durable appends a second of synchronous callers, in a log made for the purpose, beside the disk itself in the same run:
 * one write and one force of batches of the size that the log wrote on average. The ratio of the two is what a log can be
 * judged by on any disk. Stateless.
 */
public final class AppendBenchmark {
    private AppendBenchmark() {}

    /**
     * What is run.
     *
     * @param callers 1 to 4,096, each waits for its entry before it appends the next
     * @param entryBytes 0 to 65,535
     * @param time of the appends; the disk alone is then measured for half as long
     */
    public record Plan(int callers, int entryBytes, Duration time) {
        private static final int MAX_CALLERS = 4096;

        /** Checks the bounds. */
        public Plan {
            if (callers < 1 || callers > MAX_CALLERS) {
                throw new IllegalArgumentException("1 to " + MAX_CALLERS + " callers, not " + callers);
            }
            if (entryBytes < 0 || entryBytes > AuditLog.MAX_ENTRY_BYTES) {
                throw new IllegalArgumentException("an entry has 0 to 65535 bytes, not " + entryBytes);
            }
            if (!time.isPositive()) {
                throw new IllegalArgumentException("a benchmark takes some time");
            }
        }
    }

    /**
     * What came of it.
     *
     * @param entries appended
     * @param perSecond durable appends a second
     * @param aBatch entries a batch, on average
     * @param limit entries a second, were there nothing but write and force of such batches
     * @param p50Nanos an append's median latency
     * @param p99Nanos what 99 of 100 appends do not exceed
     */
    public record Result(long entries, double perSecond, double aBatch, double limit, long p50Nanos, long p99Nanos) {
        /** Durable appends to what the disk would allow. */
        public double ratio() {
            return perSecond / limit;
        }
    }

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
     * Runs it.
     *
     * @param directory a new one on the disk to be measured; what is written stays there
     * @throws InterruptedException if the thread was interrupted; the log is closed then
     * @throws AuditLogException if the log refuses or stops
     */
    public static Result run(Path directory, Plan plan, Clock clock) throws IOException, InterruptedException {
        CountingDisk disk = new CountingDisk();
        SigningKey key = SigningKey.ofSeed("benchmark", new byte[SigningKey.SEED_BYTES]);
        LongAdder appended = new LongAdder();
        Latencies latencies = new Latencies();
        long elapsed;
        try (AuditLog log = AuditLog.open(directory.resolve("log"), LogOptions.defaults(key, clock), disk)) {
            elapsed = append(log, plan, appended, latencies);
        }
        long batches = Math.max(1, disk.batches.sum());
        double aBatch = (double) appended.sum() / batches;
        int batchBytes = Math.toIntExact(Math.max(1, disk.bytes.sum() / batches));
        double batchesPerSecond =
                raw(directory.resolve("raw"), batchBytes, plan.time().toNanos() / 2);
        return new Result(
                appended.sum(),
                appended.sum() * 1e9 / elapsed,
                aBatch,
                batchesPerSecond * aBatch,
                latencies.quantile(0.5),
                latencies.quantile(0.99));
    }

    private static long append(AuditLog log, Plan plan, LongAdder appended, Latencies latencies)
            throws InterruptedException {
        AtomicBoolean stop = new AtomicBoolean();
        Queue<AuditLogException> failed = new ConcurrentLinkedQueue<>(); // one a caller at most
        long start = System.nanoTime();
        long nanos = plan.time().toNanos();
        List<Thread> callers = new ArrayList<>();
        for (int caller = 0; caller < plan.callers(); caller++) {
            String producer = "caller-" + caller;
            callers.add(Thread.ofVirtual().start(() -> {
                byte[] entry = new byte[plan.entryBytes()];
                long before = System.nanoTime();
                try {
                    for (long sequence = 0; before - start < nanos && !stop.get(); sequence++) {
                        log.append(new EntryId(producer, sequence), entry);
                        appended.increment();
                        long now = System.nanoTime();
                        latencies.add(now - before);
                        before = now;
                    }
                } catch (AuditLogException e) {
                    failed.add(e);
                }
            }));
        }
        try {
            for (Thread caller : callers) {
                caller.join();
            }
        } finally {
            stop.set(true); // of those that an interrupt leaves behind
        }
        long elapsed = System.nanoTime() - start;
        AuditLogException refused = failed.peek();
        if (refused != null) {
            throw refused;
        }
        return elapsed;
    }

    /** Batches a second that the disk takes by itself. */
    private static double raw(Path file, int batchBytes, long nanos) throws IOException {
        ByteBuffer batch = ByteBuffer.allocateDirect(batchBytes);
        long count = 0;
        long start = System.nanoTime();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (; System.nanoTime() - start < nanos; count++) {
                batch.clear();
                Disk.REAL.write(channel, batch, count * batchBytes);
                Disk.REAL.force(channel);
            }
        }
        double perSecond = count * 1e9 / (System.nanoTime() - start);
        Files.delete(file);
        return perSecond;
    }
}

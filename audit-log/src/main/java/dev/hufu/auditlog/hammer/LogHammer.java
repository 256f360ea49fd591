package dev.hufu.auditlog.hammer;

import dev.hufu.auditlog.AuditLogException;
import dev.hufu.auditlog.LogReader;
import dev.hufu.auditlog.layout.TilePath;
import dev.hufu.auditlog.merkle.Hash;
import dev.hufu.auditlog.merkle.RangeProof;
import dev.hufu.auditlog.note.VerifierKey;
import dev.hufu.auditlog.receipt.ReceiptVerifier;
import dev.hufu.auditlog.receipt.Verdict;
import dev.hufu.auditlog.tail.CheckpointChain;
import dev.hufu.auditlog.tiles.TileSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;

/**
 * Many callers append and verify every receipt; readers follow the checkpoints, each its own chain, and have entries
 * proved at random; one follower reads every leaf that comes under a checkpoint. In the end everything acknowledged must
 * have been seen there. Reads hashes only, which everybody may, so it works against a running server too. One run.
 */
public final class LogHammer {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long PAUSE_MILLIS = 20;

    private final Target target;
    private final Plan plan;
    private final RandomGenerator random;
    private final Ledger ledger = new Ledger();
    private final Wrongs wrongs = new Wrongs();
    private final LongAdder busy = new LongAdder();
    private final LongAdder proofs = new LongAdder();
    private final LongAdder checkpoints = new LongAdder();
    private final CountDownLatch writing = new CountDownLatch(1);
    private final CountDownLatch reading = new CountDownLatch(1);
    private volatile long size;

    /** The log that is beaten on. */
    public interface Target {
        /**
         * Appends something that was never appended before, and returns its receipt file once that is acknowledged. One
         * thread for each {@code caller}.
         *
         * @throws AuditLogException.Busy if nothing was appended, and may be a moment later
         */
        byte[] append(int caller) throws IOException;

        /** Its public files. */
        TileSource tiles();

        /** Its key. */
        VerifierKey key();

        /** Whether nobody else appends to it, so that there must be exactly as many entries as were acknowledged. */
        boolean alone();
    }

    /**
     * How hard.
     *
     * @param callers who append, 1 to 1,024
     * @param readers who have entries proved, 0 to 64
     * @param time how long
     */
    public record Plan(int callers, int readers, Duration time) {
        /** Most callers. */
        public static final int MAX_CALLERS = 1024;

        private static final int MAX_READERS = 64;

        /** Checks the bounds. */
        public Plan {
            if (callers < 1 || callers > MAX_CALLERS || readers < 0 || readers > MAX_READERS || !time.isPositive()) {
                throw new IllegalArgumentException("1 to 1024 callers, 0 to 64 readers, some time");
            }
        }
    }

    /**
     * What came of it.
     *
     * @param acknowledged entries whose receipt came and verified
     * @param busy appends that were refused for the moment
     * @param checkpoints that were seen, each consistent with the one before unless {@code wrong} says otherwise
     * @param proofs of inclusion that were checked
     * @param size of the last checkpoint
     * @param nanos that the appends took
     * @param wrong what does not hold, at most 100; none if the log kept its promises
     */
    public record Result(
            long acknowledged, long busy, long checkpoints, long proofs, long size, long nanos, List<String> wrong) {
        /** Copies the list. */
        public Result {
            wrong = List.copyOf(wrong);
        }
    }

    /** Of {@code target}; {@code random} says which entries are proved. */
    public LogHammer(Target target, Plan plan, RandomGenerator random) {
        this.target = target;
        this.plan = plan;
        this.random = random;
    }

    /** Runs until the time is over or this thread is interrupted; then waits until all is seen, a minute at most. */
    public Result run() throws IOException {
        CheckpointChain chain = new CheckpointChain(target.key());
        size = chain.next(target.tiles()).checkpoint().size();
        List<CompletableFuture<?>> writers = new ArrayList<>();
        List<CompletableFuture<?>> others = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < plan.callers(); i++) {
            int caller = i;
            writers.add(started(() -> write(caller)));
        }
        for (int i = 0; i < plan.readers(); i++) {
            long seed = random.nextLong();
            others.add(started(() -> read(new Random(seed))));
        }
        CompletableFuture<?> follower = started(() -> follow(chain, size));
        boolean interrupted = await();
        writing.countDown();
        writers.forEach(CompletableFuture::join); // an interrupt does not cut the end short, which is bounded
        final long nanos = System.nanoTime() - start;
        reading.countDown();
        others.forEach(CompletableFuture::join);
        follower.join();
        ledger.lost().forEach(id -> wrongs.add("entry " + id + " was acknowledged and is not under the checkpoint"));
        if (target.alone() && ledger.settled() && ledger.seen() != ledger.acknowledged()) {
            wrongs.add(ledger.acknowledged() + " entries were acknowledged, but " + ledger.seen() + " are in the log");
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return new Result(
                ledger.acknowledged(), busy.sum(), checkpoints.sum(), proofs.sum(), size, nanos, wrongs.list());
    }

    /** Waits for the time to be over; true if it was cut short. */
    private boolean await() {
        try {
            var _ = writing.await(plan.time().toNanos(), TimeUnit.NANOSECONDS);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    @FunctionalInterface
    private interface Part {
        void run() throws IOException, InterruptedException;
    }

    private CompletableFuture<?> started(Part part) {
        return CompletableFuture.runAsync(() -> guarded(part), Thread::startVirtualThread);
    }

    /** Whatever fails is a finding, and ends the run. */
    private void guarded(Part part) {
        try {
            part.run();
        } catch (IOException | AuditLogException | UncheckedIOException | IllegalArgumentException e) {
            wrongs.add(String.valueOf(e.getMessage()));
            writing.countDown();
        } catch (RuntimeException e) {
            wrongs.add("unexpected: " + e);
            writing.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(int caller) throws IOException, InterruptedException {
        ReceiptVerifier verifier = new ReceiptVerifier(Optional.of(target.key()));
        while (writing.getCount() > 0) {
            if (!ledger.reserve()) {
                continue;
            }
            try {
                switch (verifier.verify(target.append(caller))) {
                    case Verdict.Holds holds ->
                        ledger.acknowledged(
                                holds.receipt().leafHash(), holds.receipt().id().toString());
                    case Verdict.Fails(String reason) -> {
                        wrongs.add("a receipt does not hold: " + reason);
                        ledger.refused();
                    }
                }
            } catch (AuditLogException.Busy e) {
                busy.increment();
                ledger.refused();
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    private void read(RandomGenerator which) throws IOException, InterruptedException {
        CheckpointChain chain = new CheckpointChain(target.key());
        while (reading.getCount() > 0) {
            LogReader reader = chain.next(target.tiles());
            long entries = reader.checkpoint().size();
            if (entries == 0) {
                Thread.sleep(PAUSE_MILLIS);
                continue;
            }
            long index = which.nextLong(entries);
            Hash leaf = reader.leaves(index >>> TilePath.BITS).get((int) (index & (TilePath.FULL - 1)));
            check(reader, index, List.of(leaf));
            proofs.increment();
        }
    }

    private void follow(CheckpointChain chain, long from) throws IOException, InterruptedException {
        long next = from;
        Optional<Long> deadline = Optional.empty();
        while (true) {
            boolean last = reading.getCount() == 0; // before the checkpoint is read: all that was acknowledged is known
            LogReader reader = chain.next(target.tiles());
            long now = reader.checkpoint().size();
            if (now > next) {
                checkpoints.increment();
            }
            while (next < now) {
                List<Hash> leaves = reader.leaves(next >>> TilePath.BITS);
                leaves = leaves.subList((int) (next & (TilePath.FULL - 1)), leaves.size());
                check(reader, next, leaves);
                leaves.forEach(ledger::seen);
                next += leaves.size();
            }
            size = now;
            if (last) {
                long over = deadline.orElse(System.nanoTime() + PATIENCE.toNanos());
                deadline = Optional.of(over);
                if (ledger.settled() || System.nanoTime() - over > 0) {
                    return;
                }
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /** That leaves stand at an index under the checkpoint. */
    private static void check(LogReader reader, long from, List<Hash> leaves) throws IOException {
        long to = from + leaves.size();
        var each = leaves.iterator();
        Hash root = RangeProof.root(from, to, reader.checkpoint().size(), reader.around(from, to), each::next);
        if (!root.equals(reader.checkpoint().root())) {
            throw new AuditLogException.Damaged(
                    "entries " + from + " to " + (to - 1) + " are not shown to stand under the" + " checkpoint of "
                            + reader.checkpoint().size());
        }
    }

    /** Collects what is wrong, up to a bound. */
    private static final class Wrongs {
        private static final int MOST = 100;

        private final List<String> list = new ArrayList<>();

        synchronized void add(String what) {
            if (list.size() < MOST) {
                list.add(what);
            }
        }

        synchronized List<String> list() {
            return List.copyOf(list);
        }
    }
}

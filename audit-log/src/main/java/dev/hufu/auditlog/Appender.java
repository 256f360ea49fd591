package dev.hufu.auditlog;

import dev.hufu.auditlog.journal.FileJournal;
import dev.hufu.auditlog.journal.IdIndex;
import dev.hufu.auditlog.journal.JournalBatch;
import dev.hufu.auditlog.journal.JournalEntry;
import dev.hufu.auditlog.merkle.Hash;
import dev.hufu.auditlog.merkle.SmallTree;
import dev.hufu.auditlog.merkle.TreeHasher;
import dev.hufu.auditlog.note.Promise;
import dev.hufu.auditlog.receipt.LogReceipt;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The writer: one thread that owns the journal and the id index. Group commit without a timer: a batch is whatever
 * arrived while the last force ran, so a lone caller never waits for others, and many share one force.
 *
 * <p>A promise is signed before its batch is written, and kept with it, so that receipts can be given again byte for
 * byte. It is handed out only after the force.
 */
final class Appender implements Closeable {
    /** A batch is closed once it holds this many bytes of entries; so it has at most one entry more. */
    private static final long BATCH_BYTES = 4L << 20;

    private sealed interface Work {}

    private record Pending(JournalEntry entry, Hash promiseLeaf, CompletableFuture<LogReceipt> receipt)
            implements Work {}

    private record Close() implements Work {}

    /** The end of a producer's chain, as other threads may know it: only what is durable and indexed. */
    private record Head(long sequence, long index) {}

    private final LogOptions options;
    private final FileJournal journal;
    private final IdIndex ids;
    private final LogState state;
    private final BlockingQueue<Work> queue;
    private final AtomicLong queuedBytes = new AtomicLong();
    private final Map<String, Head> heads = new ConcurrentHashMap<>();
    private final Thread thread = new Thread(this::run, "log-writer");
    private long nextIndex;
    private volatile boolean closed;

    Appender(LogOptions options, FileJournal journal, IdIndex ids, LogState state) {
        this.options = options;
        this.journal = journal;
        this.ids = ids;
        this.state = state;
        this.queue = new ArrayBlockingQueue<>(options.queueEntries());
        this.nextIndex = state.durable();
        ids.eachProducer((producer, sequence, index) -> heads.put(producer, new Head(sequence, index)));
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    int waiting() {
        return queue.size();
    }

    OptionalLong lastSequence(String producer) {
        Head head = heads.get(producer);
        return head == null ? OptionalLong.empty() : OptionalLong.of(head.sequence());
    }

    /** Index of the producer's last durable entry, or -1. */
    long head(String producer) {
        Head head = heads.get(producer);
        return head == null ? -1 : head.index();
    }

    CompletableFuture<LogReceipt> append(EntryId id, byte[] entry) {
        state.requireRunning();
        TreeHasher hasher = new TreeHasher();
        Hash leaf = id.promiseLeaf(hasher.leaf(entry), hasher);
        Pending pending = new Pending(new JournalEntry(id, entry), leaf, new CompletableFuture<>());
        if (queuedBytes.addAndGet(entry.length) > options.queueBytes() || !queue.offer(pending)) {
            queuedBytes.addAndGet(-entry.length);
            throw new AuditLogException.Busy(
                    "the log is busy: " + queue.size() + " entries wait for the disk; try again");
        }
        if (closed) {
            // Closing or stopping may have emptied the queue already.
            failQueued(new AuditLogException.Stopped("the log is closed"));
        }
        return pending.receipt();
    }

    private void run() {
        List<Pending> batch = new ArrayList<>();
        try {
            boolean open = true;
            while (open) {
                open = collect(batch);
                if (!batch.isEmpty()) {
                    process(batch);
                    batch.clear();
                }
            }
            ids.snapshot(journal.end());
            closed = true;
            failQueued(new AuditLogException.Stopped("the log is closed"));
        } catch (IOException | RuntimeException | Error e) {
            closed = true;
            AuditLogException.Stopped stopped = state.stop("the disk failed (" + e.getMessage() + ")", e);
            batch.forEach(pending -> pending.receipt().completeExceptionally(stopped));
            failQueued(stopped);
        } catch (InterruptedException e) {
            closed = true;
            failQueued(state.stop("its writer was interrupted", e));
        }
    }

    private void failQueued(AuditLogException.Stopped reason) {
        for (Work work = queue.poll(); work != null; work = queue.poll()) {
            if (work instanceof Pending pending) {
                pending.receipt().completeExceptionally(reason);
            }
        }
    }

    /** Waits for an entry and takes what else is there; false once the log is to close. */
    private boolean collect(List<Pending> batch) throws InterruptedException {
        Work next = queue.take();
        long bytes = 0;
        while (next instanceof Pending pending) {
            batch.add(pending);
            bytes += pending.entry().bytes().length;
            next = batch.size() < JournalBatch.MAX_ENTRIES && bytes < BATCH_BYTES ? queue.poll() : null;
        }
        queuedBytes.addAndGet(-bytes);
        return !(next instanceof Close);
    }

    private void process(List<Pending> arrived) throws IOException {
        state.requireRunning();
        List<Pending> fresh = new ArrayList<>(arrived.size());
        List<Pending> repeated = new ArrayList<>();
        Map<String, Long> last = new HashMap<>();
        for (Pending pending : arrived) {
            EntryId id = pending.entry().id();
            Long previous = last.get(id.producer());
            OptionalLong known = previous == null ? ids.lastSequence(id.producer()) : OptionalLong.of(previous);
            if (known.isEmpty() && ids.producers() + newcomers(last) >= options.maxProducers()) {
                pending.receipt()
                        .completeExceptionally(new AuditLogException.IdConflict(
                                "the log knows " + options.maxProducers() + " producers and takes no more"));
            } else if (known.isPresent() && id.sequence() <= known.getAsLong()) {
                repeated.add(pending);
            } else {
                fresh.add(pending);
                last.put(id.producer(), id.sequence());
            }
        }
        if (!fresh.isEmpty()) {
            write(fresh);
        }
        for (Pending pending : repeated) {
            answerRepeated(pending);
        }
    }

    private long newcomers(Map<String, Long> last) {
        return last.keySet().stream()
                .filter(producer -> ids.lastSequence(producer).isEmpty())
                .count();
    }

    private void write(List<Pending> fresh) throws IOException {
        SmallTree tree = SmallTree.over(fresh.stream().map(Pending::promiseLeaf).toList());
        Instant mergeBy = Instant.ofEpochMilli(
                options.clock().instant().plus(options.mergeDelay()).toEpochMilli());
        Promise promise = new Promise(options.key().verifierKey().name(), tree.size(), tree.root(), mergeBy);
        JournalBatch batch = new JournalBatch(
                nextIndex,
                mergeBy.toEpochMilli(),
                tree.root(),
                options.key().signatureLine(promise.text()),
                fresh.stream().map(Pending::entry).toList());
        ids.append(journal.append(batch));
        // Durable and findable: from here on the entries exist for everybody.
        for (int i = 0; i < fresh.size(); i++) {
            EntryId id = fresh.get(i).entry().id();
            heads.put(id.producer(), new Head(id.sequence(), nextIndex + i));
        }
        nextIndex = batch.nextIndex();
        state.durable(nextIndex);
        for (int i = 0; i < fresh.size(); i++) {
            fresh.get(i)
                    .receipt()
                    .complete(Receipts.promised(batch, i, tree, options.key().verifierKey()));
        }
        ids.snapshotIfDue(journal.end());
    }

    /** The receipt of the first time, if it is the same entry. */
    private void answerRepeated(Pending pending) {
        EntryId id = pending.entry().id();
        try {
            OptionalLong index = ids.find(id, head(id.producer()));
            if (index.isEmpty()) {
                pending.receipt()
                        .completeExceptionally(new AuditLogException.IdConflict(
                                "entry " + id + " lies below its producer's last and was never appended"));
                return;
            }
            JournalBatch batch = Receipts.batchOf(journal, ids, index.getAsLong());
            int position = (int) (index.getAsLong() - batch.firstIndex());
            if (!Arrays.equals(
                    batch.entries().get(position).bytes(), pending.entry().bytes())) {
                pending.receipt()
                        .completeExceptionally(new AuditLogException.IdConflict(
                                "entry " + id + " was appended before with other bytes"));
                return;
            }
            pending.receipt()
                    .complete(Receipts.promised(
                            batch, position, batch.tree(), options.key().verifierKey()));
        } catch (IOException | AuditLogException e) {
            pending.receipt().completeExceptionally(e);
        }
    }

    /** Writes what is queued, then ends the thread. */
    @Override
    public void close() {
        boolean interrupted = false;
        try {
            while (thread.isAlive() && !queue.offer(new Close())) {
                Thread.sleep(1);
            }
            thread.join();
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

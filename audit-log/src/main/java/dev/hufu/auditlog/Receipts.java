package dev.hufu.auditlog;

import dev.hufu.auditlog.journal.FileJournal;
import dev.hufu.auditlog.journal.IdIndex;
import dev.hufu.auditlog.journal.JournalBatch;
import dev.hufu.auditlog.journal.JournalEntry;
import dev.hufu.auditlog.journal.SegmentRead;
import dev.hufu.auditlog.journal.SegmentReader;
import dev.hufu.auditlog.merkle.SmallTree;
import dev.hufu.auditlog.note.VerifierKey;
import dev.hufu.auditlog.receipt.LogReceipt;
import java.io.IOException;
import java.util.Optional;

/** Makes D1 receipts from durable batches: the same on the day and from the journal years later. */
final class Receipts {
    private Receipts() {}

    /** The batch of entry {@code index}, read and checked. */
    static JournalBatch batchOf(FileJournal journal, IdIndex ids, long index) throws IOException {
        long segment = journal.segmentOf(index);
        try (SegmentReader reader = journal.readOne(segment)) {
            reader.seek(ids.batchOffset(index));
            if (reader.next() instanceof SegmentRead.Whole(var _, JournalBatch batch, var _, var _)
                    && batch.firstIndex() <= index
                    && index < batch.nextIndex()) {
                return batch;
            }
        }
        throw new AuditLogException.Damaged("journal/%020d: no sound batch holds index %d".formatted(segment, index));
    }

    static LogReceipt promised(JournalBatch batch, int position, SmallTree tree, VerifierKey key) {
        JournalEntry entry = batch.entries().get(position);
        var promise = new LogReceipt.Promised(batch.promiseNote(key.name()), position, tree.path(position));
        return new LogReceipt(key, entry.id(), entry.bytes(), promise, Optional.empty());
    }
}

package dev.hufu.auditlog.journal;

import dev.hufu.auditlog.EntryId;
import dev.hufu.auditlog.merkle.Hash;
import dev.hufu.auditlog.merkle.SmallTree;
import dev.hufu.auditlog.merkle.TreeHasher;
import dev.hufu.auditlog.note.Promise;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What one write and one force made durable: the entries, and the promise signed for them. Written as a header record
 * and a record an entry; read back, it gives the same receipts as on the day.
 *
 * @param firstIndex index of the first entry in the log
 * @param mergeBy the promise's latest merge time, milliseconds since 1970
 * @param root root of the batch's tree
 * @param signature the promise's signature lines
 * @param entries 1 to {@link #MAX_ENTRIES} entries
 */
public record JournalBatch(long firstIndex, long mergeBy, Hash root, String signature, List<JournalEntry> entries) {
    /** Most entries in a batch. */
    public static final int MAX_ENTRIES = 1024;

    /** Copies the entries and checks their number. */
    public JournalBatch {
        entries = List.copyOf(entries);
        if (entries.isEmpty() || entries.size() > MAX_ENTRIES) {
            throw new IllegalArgumentException("a batch has 1 to 1024 entries, not " + entries.size());
        }
    }

    /** Index of the entry after the last. */
    public long nextIndex() {
        return firstIndex + entries.size();
    }

    /** The promise that was signed, for a log of this origin. */
    public Promise promise(String origin) {
        return new Promise(origin, entries.size(), root, Instant.ofEpochMilli(mergeBy));
    }

    /** The promise as a signed note. */
    public String promiseNote(String origin) {
        return promise(origin).text() + "\n" + signature;
    }

    /** The tree over the entries, computed. */
    public SmallTree tree() {
        TreeHasher hasher = new TreeHasher();
        List<Hash> leaves = new ArrayList<>(entries.size());
        for (JournalEntry entry : entries) {
            EntryId id = entry.id();
            leaves.add(id.promiseLeaf(hasher.leaf(entry.bytes()), hasher));
        }
        return SmallTree.over(leaves);
    }
}

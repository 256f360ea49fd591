package dev.hufu.auditlog.journal;

import java.util.List;

/** What stands at a place of a segment. */
public sealed interface SegmentRead {
    /**
     * A batch, every checksum right.
     *
     * @param offset where it starts in the segment
     * @param bodyOffset where the first entry's record starts
     * @param next where the next batch starts
     */
    record Whole(long offset, JournalBatch batch, long bodyOffset, long next) implements SegmentRead {}

    /** Nothing: the segment ends here. */
    record End(long offset) implements SegmentRead {}

    /** The beginning of a batch whose end was never written, as a crash before the force leaves it. */
    record Torn(long offset, String what) implements SegmentRead {}

    /**
     * Bytes that no crash leaves: somebody or something changed them.
     *
     * @param offset of the first record that is wrong
     * @param index of the entry it holds, or of the first entry of the batch if it is the header
     * @param readable entries of the batch before the damage, from its first index on
     * @param firstIndex index of the batch's first entry, if known, else of the entry expected here
     * @param next where the next batch starts, or -1 if that is not known
     * @param nextIndex index of the next batch's first entry, or -1
     */
    record Damaged(
            long offset,
            long index,
            String what,
            List<JournalEntry> readable,
            long firstIndex,
            long next,
            long nextIndex)
            implements SegmentRead {
        /** Copies the entries. */
        public Damaged {
            readable = List.copyOf(readable);
        }
    }
}

package dev.hufu.auditlog.journal;

import dev.hufu.auditlog.EntryId;

/** An entry as the journal holds it. Not copied, for speed: whoever holds one does not write to its bytes. */
public final class JournalEntry {
    private final EntryId id;
    private final byte[] bytes;

    /** Pairs an id with the entry's bytes, which must not change afterwards. */
    public JournalEntry(EntryId id, byte[] bytes) {
        this.id = id;
        this.bytes = bytes;
    }

    /** The entry's id. */
    public EntryId id() {
        return id;
    }

    /** The entry's bytes themselves. */
    public byte[] bytes() {
        return bytes;
    }
}

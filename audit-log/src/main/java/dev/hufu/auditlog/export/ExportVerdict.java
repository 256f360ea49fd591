package dev.hufu.auditlog.export;

import dev.hufu.auditlog.note.Checkpoint;
import dev.hufu.auditlog.note.VerifierKey;

/** What came of verifying an export. */
public sealed interface ExportVerdict {
    /**
     * The file holds every entry of the range, in order, as the log signed for them.
     *
     * @param key the log's key
     * @param keyGiven whether the verifier gave it; otherwise it is the file's own
     * @param from index of the first entry
     * @param to index behind the last one
     * @param checkpoint what the log signed
     */
    record Holds(VerifierKey key, boolean keyGiven, long from, long to, Checkpoint checkpoint)
            implements ExportVerdict {}

    /** It does not, and why. */
    record Fails(String reason) implements ExportVerdict {}
}

package dev.hufu.auditlog.receipt;

import dev.hufu.auditlog.note.Checkpoint;

/** What came of verifying a {@link TlogProof}. */
public sealed interface ProofVerdict {
    /**
     * The proof holds.
     *
     * @param index where the entry stands
     * @param checkpoint what the log signed
     */
    record Holds(long index, Checkpoint checkpoint) implements ProofVerdict {}

    /** It does not. */
    record Fails(String reason) implements ProofVerdict {}
}

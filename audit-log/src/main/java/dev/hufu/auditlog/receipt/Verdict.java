package dev.hufu.auditlog.receipt;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** What came of verifying a receipt. */
public sealed interface Verdict {
    /**
     * The receipt holds.
     *
     * @param receipt what was verified
     * @param keyGiven whether the key was given by the verifier; otherwise it is the one in the receipt, and the receipt
     *     shows no more than that the holder of that key signed it
     * @param mergeBy until when the log promised to integrate
     * @param treeSize size of the tree that the entry was shown to stand in; empty at {@link Level#D1}
     * @param entry the entry, if it is canonical JSON
     * @param resultChecked whether an answer was checked against the entry's commitment
     */
    record Holds(
            LogReceipt receipt,
            boolean keyGiven,
            Instant mergeBy,
            OptionalLong treeSize,
            Optional<JsonNode> entry,
            boolean resultChecked)
            implements Verdict {}

    /** It does not. */
    record Fails(String reason) implements Verdict {}
}

package dev.hufu.service.release;

import dev.hufu.auditlog.json.CanonicalJson;
import dev.hufu.auditlog.merkle.Hash;
import dev.hufu.auditlog.receipt.Commitment;
import dev.hufu.service.audit.Receipt;
import dev.hufu.service.gate.Decision;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer that holds no people data, a bare decision or a denial, with the receipt of the entry that commits to it. Made only
 * here, and only when the receipt's entry commits to this very answer.
 */
public final class ProvenAnswer {
    private final Decision decision;
    private final Receipt receipt;
    private final byte[] bytes;

    private ProvenAnswer(Decision decision, Receipt receipt, byte[] bytes) {
        this.decision = decision;
        this.receipt = receipt;
        this.bytes = bytes;
    }

    static ProvenAnswer of(Decision decision, ObjectNode body, Salt salt, Receipt receipt) {
        return new ProvenAnswer(decision, receipt, seal(body, salt, receipt));
    }

    /**
     * The canonical bytes of an answer with its receipt and salt.
     *
     * @throws UnprovenReleaseException when the receipt's entry commits to another answer, or to none
     */
    static byte[] seal(ObjectNode body, Salt salt, Receipt receipt) {
        Hash commitment = salt.commitTo(body);
        if (!receipt.commitment().equals(Optional.of(commitment))) {
            throw new UnprovenReleaseException();
        }
        ObjectNode whole = body.deepCopy();
        whole.set(Commitment.RECEIPT, receipt.json());
        whole.put(Commitment.SALT, salt.hex());
        return CanonicalJson.bytes(whole);
    }

    public Decision decision() {
        return decision;
    }

    public Receipt receipt() {
        return receipt;
    }

    /** The answer as canonical JSON (RFC 8785), to be sent as it is. */
    public byte[] bytes() {
        return bytes.clone();
    }
}

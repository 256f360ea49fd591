package dev.hufu.service.audit;

import dev.hufu.auditlog.merkle.Hash;
import dev.hufu.auditlog.note.WitnessKey;
import dev.hufu.auditlog.receipt.LogReceipt;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The receipt of an entry that is durable: only {@link AuditTrail} makes one, and only then. Immutable. */
public final class Receipt {
    private final LogReceipt receipt;
    private final Optional<Hash> commitment;

    Receipt(LogReceipt receipt, Optional<Hash> commitment) {
        this.receipt = receipt;
        this.commitment = commitment;
    }

    /** The entry's id, as {@code GET /api/v1/receipts/{id}} takes it. */
    public String id() {
        return receipt.id().toString();
    }

    /** {@code D1}, {@code D2} or {@code D3}. */
    public String level() {
        return receipt.level().name();
    }

    /** The names of the witnesses that cosigned its checkpoint; none below {@code D3}. */
    public List<String> witnesses() {
        return receipt.inclusion().stream()
                .flatMap(place -> place.witnesses().stream())
                .map(WitnessKey::name)
                .toList();
    }

    /** The receipt as JSON, for the member {@code receipt} of an answer. */
    public ObjectNode json() {
        return receipt.json();
    }

    /** The receipt file. */
    public byte[] bytes() {
        return receipt.bytes();
    }

    /** What the entry commits to, if it commits to an answer. */
    public Optional<Hash> commitment() {
        return commitment;
    }

    @Override
    public String toString() {
        return receipt.toString();
    }
}

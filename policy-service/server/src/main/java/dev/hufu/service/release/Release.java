package dev.hufu.service.release;

import dev.hufu.service.analytics.Protected;
import dev.hufu.service.audit.Receipt;

/**
 * Rows that may leave. There is one way to it: a protected result and the receipt of the durable entry whose commitment is to this
 * very result, computed anew here. Immutable.
 */
public final class Release {
    private final Protected result;
    private final Receipt receipt;
    private final byte[] bytes;

    private Release(Protected result, Receipt receipt, byte[] bytes) {
        this.result = result;
        this.receipt = receipt;
        this.bytes = bytes;
    }

    /** @throws UnprovenReleaseException for the receipt of anything else */
    static Release of(Protected result, Salt salt, Receipt receipt) {
        return new Release(result, receipt, ProvenAnswer.seal(AnswerJson.of(result), salt, receipt));
    }

    public Protected result() {
        return result;
    }

    public Receipt receipt() {
        return receipt;
    }

    /** The whole answer as canonical JSON (RFC 8785), to be sent as it is. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Length of {@link #bytes}. */
    public int size() {
        return bytes.length;
    }

    /** Shows no figure. */
    @Override
    public String toString() {
        return "Release[" + result.decision().id() + "]";
    }
}

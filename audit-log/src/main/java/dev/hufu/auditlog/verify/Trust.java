package dev.hufu.auditlog.verify;

import java.util.OptionalLong;

/**
 * How far a log can still be trusted.
 *
 * @param anchored size of the largest checkpoint, signed by the log's key, to whose root the files still lead; 0 if
 *     there is none. Below it, whatever hashes to its leaf is what was signed
 * @param firstFault index of the first entry of which a copy (journal, bundle, tile) is wrong or missing; empty if none is
 */
public record Trust(long anchored, OptionalLong firstFault) {
    /** Entries from 0 to this one, exclusive, stand as signed in every copy. */
    public long soundBelow() {
        return Math.min(anchored, firstFault.orElse(anchored));
    }
}

package dev.hufu.auditlog.witness;

import java.util.Locale;

/** Why a witness that was asked gave no cosignature. */
public enum WitnessTrouble {
    /** It cannot be reached. */
    AWAY,
    /** It did not answer in time. */
    SLOW,
    /** It answers with a line of its key that is false: it lies, or is broken. */
    FALSE_SIGNATURE,
    /** It signs with another key than the one configured. */
    OTHER_KEY,
    /** It does not witness this log. */
    LOG_UNKNOWN,
    /** It does not find the log's signature on the checkpoint. */
    LOG_NOT_SIGNED,
    /** It has cosigned more entries of this log than there are here: the log was rolled back, or the witness lies. */
    AHEAD,
    /** It has cosigned another tree of this size, or one meanwhile: a fork, or the witness lies. */
    CONFLICT,
    /** It has cosigned a tree that this one does not continue: a fork, or the witness lies. */
    FORK,
    /** It answers what no witness does. */
    NONSENSE;

    /** As it stands in JSON, for example {@code false-signature}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

package dev.hufu.anonymizer.catalogue;

/** Why a column that exists is not offered to statistics. */
public enum Withholding {
    /** No steward has graded it yet. */
    UNGRADED,
    /** It names or identifies a person. */
    IDENTIFIER,
    /** It is graded, and is neither a dimension nor a measure. */
    NOT_DECLARED,
    /** Rare and sensitive events are served under differential privacy only. */
    DIFFERENTIAL_PRIVACY_ONLY
}

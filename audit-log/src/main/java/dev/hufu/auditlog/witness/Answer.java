package dev.hufu.auditlog.witness;

/** What a witness says to a request. */
public sealed interface Answer {
    /** It cosigned: the signature line. */
    record Cosigned(String line) implements Answer {}

    /** The request is malformed, or its old size is beyond the checkpoint's (400). */
    record Malformed(String what) implements Answer {}

    /** The log is none of those it witnesses (404). */
    record UnknownLog() implements Answer {}

    /** The checkpoint is not signed by the log's key (403). */
    record NotSigned() implements Answer {}

    /** It cosigned {@code size} last, or another tree of that size: a rollback, a fork, or a client behind (409). */
    record Conflict(long size) implements Answer {}

    /** The proof does not show that the new tree continues the old one (422). */
    record Inconsistent() implements Answer {}
}

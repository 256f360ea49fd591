package dev.hufu.auditlog.layout;

/** Names of the files beside a log's tiles; what stands in them says {@code compliance-docs/spec/log-format.md}. */
public final class LogFiles {
    /** The verifier key of the Ed25519 line, one line of text. */
    public static final String KEY = "log.vkey";

    /** The verifier key of the SM2 line, one line of text; only where SM2 was ever configured. */
    public static final String SM2_KEY = "log-sm2.vkey";

    private LogFiles() {}
}

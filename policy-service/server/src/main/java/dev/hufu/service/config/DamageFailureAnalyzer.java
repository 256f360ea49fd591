package dev.hufu.service.config;

import dev.hufu.auditlog.AuditLogException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which file of the log is at fault, and how to see all of it; nothing was signed over it. */
final class DamageFailureAnalyzer extends AbstractFailureAnalyzer<AuditLogException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, AuditLogException cause) {
        return new FailureAnalysis(
                "The audit log does not open: " + cause.getMessage(),
                "Keep all files. `hufu audit verify` on the data directory names each file and index that differs; restore those"
                        + " from a copy, then start again. Nothing was signed or changed.",
                cause);
    }
}

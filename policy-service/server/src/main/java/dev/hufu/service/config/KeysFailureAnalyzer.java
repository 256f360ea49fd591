package dev.hufu.service.config;

import dev.hufu.service.keys.UnreadableException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which key file does not open. */
final class KeysFailureAnalyzer extends AbstractFailureAnalyzer<UnreadableException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnreadableException cause) {
        return new FailureAnalysis(
                "The keys do not open: " + cause.getMessage() + ". Nothing was changed.",
                "Put the key files back from their second place, or name the directory of this data's keys with HUFU_KEYS.",
                cause);
    }
}

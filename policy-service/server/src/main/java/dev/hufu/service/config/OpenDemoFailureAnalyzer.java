package dev.hufu.service.config;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says why an open demo does not start, and what does. */
final class OpenDemoFailureAnalyzer extends AbstractFailureAnalyzer<OpenDemoException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, OpenDemoException cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                "Unset SERVER_ADDRESS, or leave demo mode with HUFU_DEMO=false: then the first start makes one administrator with"
                        + " a one-time password, and the address is yours to choose.",
                cause);
    }
}

package dev.hufu.service.config;

import dev.hufu.service.analytics.store.PeopleStoreException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says why the people store does not open; its own words say what to do. */
final class StoreFailureAnalyzer extends AbstractFailureAnalyzer<PeopleStoreException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, PeopleStoreException cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                "Then start again. The audit log, the registers and the accounts are not concerned.",
                cause);
    }
}

package dev.hufu.service.config;

import dev.hufu.auditlog.note.VerifierKey;
import dev.hufu.auditlog.verify.Finding;
import dev.hufu.auditlog.verify.LogVerifier;
import dev.hufu.service.web.AuditLogHealth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * Verifies the whole log once behind a server that has started: opening reads only what it needs to go on. What differs is told with
 * its file, its index and what to do, and turns health red; nothing is changed.
 */
final class LogInspection implements ApplicationListener<ApplicationReadyEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(LogInspection.class);

    /** Findings that are told; `hufu audit verify` tells all. */
    private static final int MAX_LINES = 20;

    private final Path data;
    private final VerifierKey key;
    private final AuditLogHealth health;

    LogInspection(Path data, VerifierKey key, AuditLogHealth health) {
        this.data = data;
        this.key = key;
        this.health = health;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        Thread.ofPlatform().name("hufu-log-inspection").daemon().start(this::run);
    }

    private void run() {
        try {
            Optional<Path> log = LogVerifier.find(data);
            if (log.isEmpty()) {
                return;
            }
            List<Finding> findings = findings(log.get());
            if (findings.isEmpty()) {
                return;
            }
            health.damaged();
            findings.stream().limit(MAX_LINES).forEach(finding -> LOG.error("audit log damaged: {}", finding));
            LOG.error(
                    "audit log damaged in {} places. Keep all files; stop Hufu, restore those files from a copy, and start again."
                            + " `hufu audit verify {}` names every place.",
                    findings.size(),
                    data);
        } catch (IOException | RuntimeException e) {
            LOG.error(
                    "the audit log could not be verified ({}): run `hufu audit verify {}`",
                    e.getClass().getSimpleName(),
                    data);
        }
    }

    /** What stands when it is looked at twice: a file that is written at that moment is none. */
    private List<Finding> findings(Path log) throws IOException {
        LogVerifier verifier = new LogVerifier(Optional.of(key));
        List<Finding> first = verifier.verify(log).findings();
        if (first.isEmpty()) {
            return first;
        }
        List<Finding> second = verifier.verify(log).findings();
        return first.stream().filter(second::contains).toList();
    }
}

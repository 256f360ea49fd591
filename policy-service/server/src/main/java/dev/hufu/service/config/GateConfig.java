package dev.hufu.service.config;

import dev.hufu.service.audit.AuditTrail;
import dev.hufu.service.audit.Entry;
import dev.hufu.service.audit.EntryType;
import dev.hufu.service.audit.PolicyReference;
import dev.hufu.service.facts.Facts;
import dev.hufu.service.gate.EmbeddedRegoEngine;
import dev.hufu.service.gate.PolicyBook;
import dev.hufu.service.gate.PolicyBundle;
import dev.hufu.service.gate.PolicyBundleException;
import dev.hufu.service.gate.PolicyEngine;
import dev.hufu.service.registers.RegisterFiles;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The gate: the embedded engine over the policy files and the facts. */
@Configuration(proxyBeanMethods = false)
class GateConfig {
    @Bean
    EmbeddedRegoEngine policyDecisionPoint(
            PolicyFiles files, Facts facts, SecureRandom random, Clock clock, AuditTrail trail)
            throws PolicyBundleException {
        return EmbeddedRegoEngine.start(
                bundle(files),
                facts::current,
                random,
                clock,
                bundle -> trail.append(loaded(bundle, facts.current().digest())));
    }

    private static PolicyBundle bundle(PolicyFiles files) {
        try {
            return PolicyBundle.of(files.texts());
        } catch (IllegalArgumentException e) { // only files of one's own can be in such a state
            throw new SettingException(
                    "HUFU_POLICIES_DIR names no whole policy bundle: " + e.getMessage() + ".",
                    "Name a directory laid out as policies/, or leave it out for the policies that Hufu brings.");
        }
    }

    private static Entry loaded(PolicyBundle bundle, String factsDigest) {
        return Entry.of(EntryType.POLICY_LOAD, "load", "done")
                .withDecision(
                        List.of(),
                        List.of(),
                        new PolicyReference(bundle.digest(), bundle.lawPackVersion(), factsDigest))
                .withDetails(Map.of("files", Integer.toString(bundle.files().size())));
    }

    @Bean
    PolicyBook policyBook(PolicyEngine engine, PolicyFiles files, Clock clock) {
        return new PolicyBook(engine, Facts.of(RegisterFiles.read(files.texts()), clock.instant()));
    }
}

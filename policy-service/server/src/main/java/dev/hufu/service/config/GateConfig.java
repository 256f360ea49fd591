package dev.hufu.service.config;

import dev.hufu.service.audit.AuditTrail;
import dev.hufu.service.audit.Entry;
import dev.hufu.service.audit.EntryType;
import dev.hufu.service.audit.PolicyReference;
import dev.hufu.service.facts.Facts;
import dev.hufu.service.facts.FactsSnapshot;
import dev.hufu.service.gate.EngineChoice;
import dev.hufu.service.gate.EngineException;
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

/** The gate: the engine of the operator's choice over the policy files and the facts. */
@Configuration(proxyBeanMethods = false)
class GateConfig {
    @Bean
    PolicyEngine policyDecisionPoint(
            HufuProperties properties,
            PolicyFiles files,
            FactsSnapshot shippedFacts,
            Facts facts,
            SecureRandom random,
            Clock clock,
            AuditTrail trail)
            throws PolicyBundleException, EngineException {
        EngineChoice choice = properties.engine();
        return PolicyEngine.start(
                choice,
                bundle(files),
                shippedFacts,
                new PolicyEngine.Surroundings(
                        facts::current,
                        random,
                        clock,
                        bundle -> trail.append(
                                loaded(bundle, choice, facts.current().digest()))));
    }

    /** The facts of the policy files, which the cases change, whatever the registers hold by now. */
    @Bean
    FactsSnapshot shippedFacts(PolicyFiles files, Clock clock) {
        return Facts.of(RegisterFiles.read(files.texts()), clock.instant());
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

    private static Entry loaded(PolicyBundle bundle, EngineChoice choice, String factsDigest) {
        return Entry.of(EntryType.POLICY_LOAD, "load", "done")
                .withDecision(
                        List.of(),
                        List.of(),
                        new PolicyReference(bundle.digest(), bundle.lawPackVersion(), factsDigest))
                .withDetails(Map.of("files", Integer.toString(bundle.files().size()), "engine", choice.engine()));
    }

    @Bean
    PolicyBook policyBook(PolicyEngine engine, FactsSnapshot shippedFacts) {
        return new PolicyBook(engine, shippedFacts);
    }
}

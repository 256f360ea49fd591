package dev.hufu.service.config;

import dev.hufu.service.facts.Facts;
import dev.hufu.service.gate.EmbeddedRegoEngine;
import dev.hufu.service.gate.PolicyBook;
import dev.hufu.service.gate.PolicyBundle;
import dev.hufu.service.gate.PolicyBundleException;
import dev.hufu.service.registers.RegisterFiles;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The gate: the embedded engine over the policy files and the facts. */
@Configuration(proxyBeanMethods = false)
class GateConfig {
    @Bean
    EmbeddedRegoEngine policyDecisionPoint(PolicyFiles files, Facts facts, SecureRandom random)
            throws PolicyBundleException {
        return EmbeddedRegoEngine.start(PolicyBundle.of(files.texts()), facts::current, random, _ -> {});
    }

    @Bean
    PolicyBook policyBook(EmbeddedRegoEngine engine, PolicyFiles files, Clock clock) {
        return new PolicyBook(engine, Facts.of(RegisterFiles.read(files.texts()), clock.instant()));
    }
}

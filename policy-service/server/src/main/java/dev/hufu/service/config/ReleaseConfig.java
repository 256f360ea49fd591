package dev.hufu.service.config;

import dev.hufu.service.audit.AuditTrail;
import dev.hufu.service.gate.PolicyDecisionPoint;
import dev.hufu.service.release.DecisionPath;
import java.security.SecureRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The path of a request, from decision to release. */
@Configuration(proxyBeanMethods = false)
class ReleaseConfig {
    @Bean
    DecisionPath decisionPath(PolicyDecisionPoint gate, AuditTrail trail, SecureRandom random) {
        return new DecisionPath(gate, trail, random);
    }
}

package dev.hufu.service.config;

import dev.hufu.service.analytics.PeopleConcerned;
import dev.hufu.service.analytics.Statistics;
import dev.hufu.service.audit.AuditTrail;
import dev.hufu.service.gate.PolicyDecisionPoint;
import dev.hufu.service.release.DecisionPath;
import dev.hufu.service.release.QueryPath;
import java.security.SecureRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The path of a request, from decision to release. */
@Configuration(proxyBeanMethods = false)
class ReleaseConfig {
    @Bean
    DecisionPath decisionPath(PolicyDecisionPoint gate, PeopleConcerned people, AuditTrail trail, SecureRandom random) {
        return new DecisionPath(gate, people, trail, random);
    }

    @Bean
    QueryPath queryPath(
            PolicyDecisionPoint gate,
            Statistics statistics,
            DecisionPath decisions,
            AuditTrail trail,
            SecureRandom random) {
        return new QueryPath(gate, statistics, decisions, trail, random);
    }
}

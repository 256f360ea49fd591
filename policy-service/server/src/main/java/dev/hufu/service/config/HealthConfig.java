package dev.hufu.service.config;

import dev.hufu.service.audit.AuditTrail;
import dev.hufu.service.gate.PolicyEngine;
import dev.hufu.service.keys.KeyVault;
import dev.hufu.service.web.AuditLogHealth;
import dev.hufu.service.web.DiskRoom;
import dev.hufu.service.web.PolicyEngineHealth;
import dev.hufu.service.web.Readiness;
import dev.hufu.service.web.WitnessHealth;
import dev.hufu.service.web.WitnessMetrics;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code GET /actuator/health} is made of, besides the database. */
@Configuration(proxyBeanMethods = false)
class HealthConfig {
    @Bean
    DiskRoom disk(DataDirectory directory, HufuProperties properties) {
        HufuProperties.Disk disk = properties.disk();
        return new DiskRoom(List.of(directory.data(), directory.keys()), disk.lowBytes(), disk.leastBytes());
    }

    @Bean
    AuditLogHealth auditLog(AuditTrail trail) {
        return new AuditLogHealth(trail);
    }

    @Bean
    WitnessHealth witnesses(AuditTrail trail) {
        return new WitnessHealth(trail);
    }

    @Bean
    WitnessMetrics witnessMetrics(AuditTrail trail, Clock clock) {
        return new WitnessMetrics(trail, clock);
    }

    @Bean
    PolicyEngineHealth policyEngine(PolicyEngine engine) {
        return new PolicyEngineHealth(engine);
    }

    @Bean
    LogInspection logInspection(DataDirectory directory, KeyVault vault, AuditLogHealth health) {
        return new LogInspection(directory.data(), vault.logKey().verifierKey(), health);
    }

    @Bean
    Readiness questions(AuditLogHealth log, DiskRoom disk) {
        return new Readiness(log, disk);
    }
}

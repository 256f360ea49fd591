package dev.hufu.service.config;

import dev.hufu.service.audit.AuditTrail;
import dev.hufu.service.audit.AuditTrails;
import dev.hufu.service.keys.ActorKeys;
import dev.hufu.service.keys.KeyVault;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The audit trail, open before anything can be asked. */
@Configuration(proxyBeanMethods = false)
class AuditConfig {
    @Bean
    @DependsOn("subjectRegister") // no log without all keys: see DataDirectory
    AuditTrail auditTrail(
            DataDirectory directory,
            HufuProperties properties,
            KeyVault vault,
            ActorKeys actors,
            JdbcClient jdbc,
            Clock clock,
            SecureRandom random)
            throws IOException {
        HufuProperties.Log log = properties.log();
        return AuditTrails.open(directory.data(), log.sm2(), log.witnesses(), vault, actors, jdbc, clock, random);
    }
}

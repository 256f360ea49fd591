package dev.hufu.service.config;

import dev.hufu.service.audit.AuditTrail;
import dev.hufu.service.registers.LoggedChanges;
import dev.hufu.service.registers.RegisterFiles;
import dev.hufu.service.registers.Registers;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The registers, filled from the policy files at the first start. */
@Configuration(proxyBeanMethods = false)
class RegistersConfig {
    @Bean
    PolicyFiles policyFiles(HufuProperties properties) {
        return properties.policies().map(PolicyFiles::in).orElseGet(PolicyFiles::shipped);
    }

    @Bean
    Registers registers(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Clock clock,
            PolicyFiles files,
            AuditTrail trail) {
        Registers registers = new Registers(jdbc, new TransactionTemplate(transactions), clock);
        registers.listen(new LoggedChanges(trail));
        registers.loadFirst(RegisterFiles.read(files.texts()));
        return registers;
    }
}

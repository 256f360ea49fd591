package dev.hufu.service.config;

import dev.hufu.service.facts.Facts;
import dev.hufu.service.registers.Registers;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The facts that policy reads. */
@Configuration(proxyBeanMethods = false)
class FactsConfig {
    @Bean
    Facts facts(Registers registers, Clock clock) {
        return Facts.of(registers, clock);
    }
}

package dev.hufu.service.web;

import dev.hufu.service.facts.Facts;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the controllers share. */
@Configuration(proxyBeanMethods = false)
class WebConfig {
    @Bean
    Readiness readiness() {
        return new Readiness();
    }

    @Bean
    Vocabulary vocabulary(Facts facts) {
        return new Vocabulary(facts);
    }
}

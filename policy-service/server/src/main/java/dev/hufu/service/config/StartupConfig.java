package dev.hufu.service.config;

import dev.hufu.service.analytics.Publications;
import dev.hufu.service.sample.SampleStart;
import dev.hufu.service.web.Readiness;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What happens between the first answer of the server and the first question to it. */
@Configuration(proxyBeanMethods = false)
class StartupConfig {
    @Bean
    Startup startup(Readiness readiness, SampleStart sample, Publications publications) {
        return new Startup(
                readiness,
                List.of(new Startup.Step("sample company", sample::run), new Startup.Step("publications", () -> {
                    publications.refresh();
                    if (!publications.status().healthy()) {
                        throw new IllegalStateException("not every population could be published");
                    }
                })));
    }
}

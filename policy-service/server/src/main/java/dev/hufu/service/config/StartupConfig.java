package dev.hufu.service.config;

import dev.hufu.service.analytics.PublicationSettings;
import dev.hufu.service.analytics.Publications;
import dev.hufu.service.analytics.Unpublished;
import dev.hufu.service.sample.SampleSpec;
import dev.hufu.service.sample.SampleStart;
import dev.hufu.service.web.Readiness;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What happens between the first answer of the server and the first question to it. */
@Configuration(proxyBeanMethods = false)
class StartupConfig {
    @Bean
    Startup startup(Readiness readiness, SampleStart sample, Publications publications) {
        return new Startup(
                readiness,
                List.of(
                        new Startup.Step("sample company", sample::run),
                        new Startup.Step("publications", () -> publish(sample, publications))));
    }

    /** Ready with all months of the sample; what was imported and cannot be published is told where it is asked for. */
    private static void publish(SampleStart sample, Publications publications) throws Startup.UnfinishedException {
        publications.refresh();
        var status = publications.status();
        String workforce = PublicationSettings.defaults().workforce();
        List<String> wanted = sample.run().stream()
                .flatMap(spec -> IntStream.range(0, SampleSpec.MONTHS)
                        .mapToObj(i -> spec.month(i).toString()))
                .toList();
        if (!status.published().getOrDefault(workforce, List.of()).containsAll(wanted)) {
            throw new Startup.UnfinishedException("The sample company is not published for all its months. "
                    + status.failed()
                            .getOrDefault(workforce, Unpublished.INTERNAL)
                            .en());
        }
    }
}

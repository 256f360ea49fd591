package dev.hufu.service.web;

import dev.hufu.service.analytics.Statistics;
import dev.hufu.service.facts.Facts;
import dev.hufu.service.release.QueryPath;
import java.time.Clock;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.type.LogicalType;

/** What the controllers share. */
@Configuration(proxyBeanMethods = false)
class WebConfig {
    @Bean
    UnreachedInterfaces unreachedInterfaces(ProblemWriter problems) {
        return new UnreachedInterfaces(problems);
    }

    /** A number where a text belongs is another request, not another spelling; so is a member that is there twice. */
    @Bean
    JsonMapperBuilderCustomizer oneReading() {
        return json -> json.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .withCoercionConfig(
                        LogicalType.Textual,
                        texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
    }

    @Bean
    Questions asking(QueryPath path, Statistics statistics, Vocabulary vocabulary, Readiness readiness, Clock clock) {
        return new Questions(path, statistics, vocabulary, readiness, clock);
    }

    @Bean
    Vocabulary vocabulary(Facts facts) {
        return new Vocabulary(facts);
    }
}

package dev.hufu.service.config;

import dev.hufu.service.analytics.Statistics;
import dev.hufu.service.audit.AuditTrail;
import dev.hufu.service.gate.PolicyBook;
import dev.hufu.service.notices.NoticeBook;
import dev.hufu.service.notices.OwnUses;
import dev.hufu.service.registers.Registers;
import dev.hufu.service.web.Questions;
import dev.hufu.service.web.pages.Asking;
import dev.hufu.service.web.pages.ErrorPages;
import dev.hufu.service.web.pages.FrameInterceptor;
import dev.hufu.service.web.pages.LanguageChoice;
import dev.hufu.service.web.pages.QueryCatalogue;
import dev.hufu.service.web.pages.QueryViews;
import dev.hufu.service.web.pages.Readers;
import dev.hufu.service.web.pages.Receipts;
import dev.hufu.service.web.pages.Results;
import dev.hufu.service.web.pages.UseWords;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The console's language, words and frame, and what its pages stand on. */
@Configuration(proxyBeanMethods = false)
class PagesConfig {
    /** Every message goes through {@code MessageFormat}, with or without arguments, so that an apostrophe means one thing. */
    @Bean
    MessageSource messageSource() {
        var messages = new ResourceBundleMessageSource();
        messages.setBasename("messages");
        messages.setDefaultEncoding(StandardCharsets.UTF_8.name());
        messages.setFallbackToSystemLocale(false);
        messages.setAlwaysUseMessageFormat(true);
        return messages;
    }

    @Bean
    LocaleResolver localeResolver() {
        return new LanguageChoice();
    }

    @Bean
    ErrorPages errorPages() {
        return new ErrorPages();
    }

    @Bean
    WebMvcConfigurer consoleFrame(HufuProperties properties) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new FrameInterceptor(properties.demo()));
            }
        };
    }

    /** The zone in which pages tell the time. */
    @Bean
    ZoneId consoleZone(HufuProperties properties) {
        return properties.zone();
    }

    @Bean
    Readers readers(MessageSource messages, ZoneId zone) {
        return new Readers(messages, zone);
    }

    @Bean
    QueryCatalogue queryCatalogue(
            Registers registers,
            NoticeBook notices,
            PolicyBook policy,
            Statistics statistics,
            Clock clock,
            ZoneId zone) {
        return new QueryCatalogue(registers, notices, policy, statistics, clock, zone);
    }

    @Bean
    Results queryResults(Clock clock) {
        return new Results(clock);
    }

    @Bean
    Asking queryAsking(Questions questions, Results results, Clock clock, SecureRandom random) {
        return new Asking(questions, results, clock, random);
    }

    @Bean
    QueryViews queryViews(QueryCatalogue catalogue, Results results) {
        return new QueryViews(catalogue, results);
    }

    @Bean
    Receipts pageReceipts(AuditTrail trail) {
        return new Receipts(trail);
    }

    @Bean
    UseWords useWords(QueryCatalogue catalogue, OwnUses uses, NoticeBook notices, Clock clock, ZoneId zone) {
        return new UseWords(catalogue, uses, notices, clock, zone);
    }
}

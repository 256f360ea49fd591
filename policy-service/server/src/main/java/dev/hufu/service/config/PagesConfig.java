package dev.hufu.service.config;

import dev.hufu.service.web.pages.ErrorPages;
import dev.hufu.service.web.pages.FrameInterceptor;
import dev.hufu.service.web.pages.LanguageChoice;
import java.nio.charset.StandardCharsets;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The console's language, words and frame. */
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
}

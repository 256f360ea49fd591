package dev.hufu.service.config;

import dev.hufu.service.audit.AuditTrail;
import dev.hufu.service.identity.Accounts;
import dev.hufu.service.identity.DemoPassword;
import dev.hufu.service.identity.Enrolment;
import dev.hufu.service.identity.IdentityListener;
import dev.hufu.service.identity.IdentityTrail;
import dev.hufu.service.identity.Passwords;
import dev.hufu.service.identity.SignIn;
import dev.hufu.service.identity.Tokens;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Accounts, tokens, and who is there at the first start. */
@Configuration(proxyBeanMethods = false)
class IdentityConfig {
    /** What the operator has to know to sign in, a line each. */
    record Credentials(List<String> lines) {
        Credentials {
            lines = List.copyOf(lines);
        }
    }

    @Bean
    IdentityListener identityTrail(AuditTrail trail) {
        return new IdentityTrail(trail);
    }

    @Bean
    Passwords passwords(SecureRandom random) {
        return new Passwords(random);
    }

    @Bean
    Accounts accounts(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Passwords passwords,
            IdentityListener listener,
            Clock clock,
            HufuProperties properties) {
        return new Accounts(jdbc, new TransactionTemplate(transactions), passwords, listener, clock, properties.demo());
    }

    @Bean
    Tokens tokens(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Accounts accounts,
            IdentityListener listener,
            Clock clock,
            SecureRandom random) {
        return new Tokens(jdbc, new TransactionTemplate(transactions), accounts, listener, clock, random);
    }

    @Bean
    SignIn signIn(Accounts accounts, Passwords passwords, Clock clock, SecureRandom random) {
        return new SignIn(accounts, passwords, clock, random);
    }

    @Bean
    Credentials credentials(
            JdbcClient jdbc,
            Accounts accounts,
            Passwords passwords,
            IdentityListener listener,
            Clock clock,
            HufuProperties properties,
            DataDirectory directory) {
        var enrolment = new Enrolment(jdbc, accounts, passwords, listener, clock);
        return new Credentials(properties.demo() ? demo(enrolment, passwords, properties, directory) : own(enrolment));
    }

    @Bean
    StartAnnouncement startAnnouncement(Credentials credentials) {
        return new StartAnnouncement(credentials, System.out);
    }

    private static List<String> demo(
            Enrolment enrolment, Passwords passwords, HufuProperties properties, DataDirectory directory) {
        Optional<String> given = properties.demoPassword();
        String password = given.orElseGet(() -> DemoPassword.kept(directory.keys(), passwords));
        String names = enrolment.demo(password).stream().map(id -> id.value()).collect(Collectors.joining(", "));
        var lines = new ArrayList<String>();
        lines.add("Demo accounts, one a role: " + names);
        lines.add(given.isPresent() ? "Their password: the one in HUFU_DEMO_PASSWORD" : "Their password: " + password);
        return lines;
    }

    private static List<String> own(Enrolment enrolment) {
        return enrolment
                .firstAdmin()
                .map(oneTime -> List.of(
                        "First administrator: admin",
                        "One-time password, shown this once: " + oneTime,
                        "It opens nothing but its own replacement: sign in to the pages and choose a password."))
                .orElse(List.of());
    }
}

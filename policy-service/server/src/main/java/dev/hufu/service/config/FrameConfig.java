package dev.hufu.service.config;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.core.env.ConfigurableEnvironment;

/** What everything stands on: directories, clock, randomness, database. */
@Configuration(proxyBeanMethods = false)
class FrameConfig {
    @Bean
    HufuProperties hufuProperties(ConfigurableEnvironment environment) {
        return Settings.of(environment).read();
    }

    @Bean
    DataDirectory dataDirectory(HufuProperties properties) {
        return DataDirectory.hold(properties.dataDir(), properties.keysDir());
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    SecureRandom secureRandom() {
        return new SecureRandom();
    }

    /** PostgreSQL of our own, unless {@code spring.datasource.url} names yours. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "spring.datasource.url", matchIfMissing = true, havingValue = "\u0000")
    static class Embedded {
        @Bean
        @DependsOn("keyVault") // wrong keys are told before a password of theirs is tried
        EmbeddedDatabase embeddedDatabase(DataDirectory directory, SecureRandom random)
                throws IOException, SQLException {
            return EmbeddedDatabase.start(directory, random);
        }

        @Bean
        DataSource dataSource(EmbeddedDatabase database) {
            var pool = new HikariDataSource();
            pool.setPoolName("hufu");
            pool.setJdbcUrl(database.url());
            pool.setUsername(database.user());
            pool.setPassword(database.password());
            pool.setMaximumPoolSize(24);
            pool.setConnectionTimeout(10_000);
            return pool;
        }
    }
}

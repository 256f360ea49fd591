package dev.hufu.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Gives each test context a data directory of its own under {@code target}. */
public final class TemporaryDirectories implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    @Override
    public void initialize(ConfigurableApplicationContext context) {
        try {
            Path base = Files.createTempDirectory(Files.createDirectories(Path.of("target", "test-data")), "hufu");
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "test-directories",
                            Map.of("hufu.root", base.toAbsolutePath().toString(), "hufu.data", "data")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.hufu.service.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an operator sets. Relative paths are resolved against {@code root}.
 *
 * @param root the project's root, or the working directory
 * @param data everything but keys ({@code HUFU_DATA})
 * @param keys key material ({@code HUFU_KEYS}); by default the data directory's name with {@code -keys}
 * @param demo sample company and demo accounts, on loopback only ({@code HUFU_DEMO})
 * @param log how the audit log signs
 * @param demoPassword password of the demo accounts ({@code HUFU_DEMO_PASSWORD}); generated when absent
 */
@ConfigurationProperties("hufu")
public record HufuProperties(
        @Nullable String root,
        @DefaultValue("data") String data,
        @Nullable String keys,
        @DefaultValue("true") boolean demo,
        @Nullable String demoPassword,
        @DefaultValue Log log,
        @DefaultValue Sample sample) {

    /** @param sm2 whether checkpoints carry an SM2 signature beside Ed25519 ({@code HUFU_LOG_SM2}) */
    public record Log(@DefaultValue("false") boolean sm2) {}

    /**
     * @param employees current employees of the sample company
     * @param seed from which all of it is generated
     */
    public record Sample(
            @DefaultValue("60000") int employees,
            @DefaultValue("20260101") long seed) {}

    public Path rootDir() {
        return Path.of(root == null || root.isBlank() ? "" : root)
                .toAbsolutePath()
                .normalize();
    }

    public Path dataDir() {
        return rootDir().resolve(data.isBlank() ? "data" : data).normalize();
    }

    public Path keysDir() {
        if (keys != null && !keys.isBlank()) {
            return rootDir().resolve(keys).normalize();
        }
        Path dir = dataDir();
        return dir.resolveSibling(dir.getFileName() + "-keys");
    }
}

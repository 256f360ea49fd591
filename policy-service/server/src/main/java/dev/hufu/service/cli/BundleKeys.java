package dev.hufu.service.cli;

import dev.hufu.rego.bundle.BundleException;
import dev.hufu.rego.bundle.Signing;
import dev.hufu.rego.bundle.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options, named as {@code opa} names them, that say how a bundle's signature is verified. */
final class BundleKeys {
    @Option(
            names = "--verification-key",
            paramLabel = "KEY",
            description = "The secret (HS…), or the PEM file with the public key or certificate.")
    private @Nullable String key;

    @Option(
            names = "--signing-alg",
            defaultValue = "RS256",
            paramLabel = "ALG",
            description = "RS256 (if not given), RS384, RS512, PS…, ES…, HS… or EdDSA.")
    private String algorithm = "";

    @Option(
            names = "--verification-key-id",
            defaultValue = Signing.DEFAULT_KEY,
            paramLabel = "NAME",
            description = "The key's name; default if not given.")
    private String keyId = "";

    @Option(names = "--scope", defaultValue = "", description = "The scope that the signature must be for.")
    private String scope = "";

    @Option(
            names = "--exclude-files-verify",
            split = ",",
            paramLabel = "PATTERN",
            description = "Files that need not be as they were signed.")
    private List<String> excluded = List.of();

    String algorithm() {
        return algorithm;
    }

    String keyId() {
        return keyId;
    }

    boolean isGiven() {
        return key != null;
    }

    /** @param otherwise without a key */
    Verification verification(HufuCommand root, Verification otherwise) {
        String given = key;
        if (given == null) {
            return otherwise;
        }
        try {
            var read = Verification.key(algorithm, text(root, "--verification-key", given));
            return new Verification.Signed(Map.of(keyId, read), Optional.of(keyId), scope, excluded);
        } catch (BundleException unusable) {
            throw new UsageException("--verification-key: " + unusable.problem());
        }
    }

    /** The text of a file, or the secret itself where there is no such file. */
    static String text(HufuCommand root, String option, String given) {
        if (given.startsWith("-----BEGIN")) {
            return given;
        }
        try {
            Path place = root.terminal().directory().resolve(given);
            return Files.exists(place) ? Files.readString(place) : given;
        } catch (java.nio.file.InvalidPathException secret) {
            return given;
        } catch (IOException unreadable) {
            throw new UsageException(option + ": the file cannot be read");
        }
    }
}

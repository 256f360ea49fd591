package dev.hufu.service.cli;

import dev.hufu.rego.Obj;
import dev.hufu.rego.Value;
import dev.hufu.rego.bundle.BundleException;
import dev.hufu.rego.bundle.Signing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options, named as {@code opa} names them, that say how a bundle is signed. */
final class SigningKey {
    @Option(
            names = "--signing-key",
            paramLabel = "KEY",
            description = "The secret (HS…), or the PEM file with the private key.")
    private @Nullable String key;

    @Option(
            names = "--claims-file",
            paramLabel = "FILE",
            description = "Further claims of the signature as JSON: scope, keyid, …")
    private @Nullable Path claims;

    @Option(names = "--signing-plugin", hidden = true)
    private @Nullable String plugin;

    /** Empty where no key was given. */
    Optional<Signing> signing(HufuCommand root, String algorithm, String keyId) {
        if (plugin != null) {
            throw new UsageException(
                    "--signing-plugin names Go code of OPA's, which is not run here; use --signing-key");
        }
        String given = key;
        if (given == null) {
            return Optional.empty();
        }
        try {
            String text = BundleKeys.text(root, "--signing-key", given);
            return Optional.of(Signing.with(algorithm, text, keyId, claims(root)));
        } catch (BundleException unusable) {
            throw new UsageException("--signing-key: " + unusable.problem());
        }
    }

    private Optional<Obj> claims(HufuCommand root) {
        Path file = claims;
        if (file == null) {
            return Optional.empty();
        }
        try {
            Value read =
                    Value.fromJson(Files.readString(root.terminal().directory().resolve(file)));
            if (read instanceof Obj object) {
                return Optional.of(object);
            }
            throw new UsageException("--claims-file " + file + ": no object");
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new UsageException("--claims-file " + file + ": " + unreadable.getMessage());
        }
    }
}

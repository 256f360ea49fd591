package dev.hufu.service.cli;

import dev.hufu.rego.Capabilities;
import dev.hufu.rego.CompileOptions;
import dev.hufu.rego.RegoVersion;
import dev.hufu.rego.bundle.Bundle;
import dev.hufu.rego.bundle.BundleBuild;
import dev.hufu.rego.bundle.BundleException;
import dev.hufu.rego.bundle.BundleLimits;
import dev.hufu.rego.bundle.BundleReader;
import dev.hufu.rego.bundle.BundleWriter;
import dev.hufu.rego.bundle.Signing;
import dev.hufu.rego.bundle.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes a bundle. */
@Command(
        name = "build",
        description = "Make an OPA bundle of policies and data that compile together, signed with --signing-key.")
final class PolicyBuildCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description = {
                "Files (*.rego, *.json, *.yaml), and directories: of these *.rego, and data.json or data.yaml",
                "at the path of their directory."
            })
    private List<Path> paths = List.of();

    @Option(
            names = {"-b", "--bundle"},
            description = "The paths are bundles: tarballs, or root directories with .manifest and data.json.")
    private boolean bundles;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "bundle.tar.gz",
            paramLabel = "FILE",
            description = "bundle.tar.gz if not given.")
    private Path output = Path.of("bundle.tar.gz");

    @Option(
            names = {"-r", "--revision"},
            defaultValue = "",
            paramLabel = "TEXT",
            description = "Written into the manifest.")
    private String revision = "";

    @Option(
            names = {"-e", "--entrypoint"},
            paramLabel = "PATH",
            description = "A rule or package that must exist: example/allow.")
    private List<String> entrypoints = List.of();

    @Option(
            names = "--ignore",
            split = ",",
            paramLabel = "PATTERN",
            description = "File and directory names to pass over.")
    private List<String> ignored = List.of();

    @Option(
            names = "--capabilities",
            paramLabel = "FILE",
            description = "Only these builtins may be called: a file as `opa capabilities --current` prints.")
    private @Nullable Path capabilities;

    @Option(names = "--v0-compatible", description = "Modules are Rego v0 unless they say otherwise.")
    private boolean v0;

    @Option(
            names = {"-O", "--optimize"},
            defaultValue = "0",
            hidden = true)
    private int optimisation;

    @Option(
            names = {"-t", "--target"},
            defaultValue = "rego",
            hidden = true)
    private String target = "";

    @Mixin
    private BundleKeys keys = new BundleKeys();

    @Mixin
    private SigningKey signingKey = new SigningKey();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws BundleException {
        HufuCommand root = HufuCommand.of(spec);
        refuseWhatIsNotOffered();
        Verification verification = keys.verification(root, Verification.unsigned());
        Optional<Signing> signing = signingKey.signing(root, keys.algorithm(), keys.keyId());
        RegoVersion version = v0 ? RegoVersion.V0 : RegoVersion.V1;
        BundleReader reader = new BundleReader(BundleLimits.DEFAULT, verification, version);
        CompileOptions options = CompileOptions.defaults().withCapabilities(capabilities(root));
        try {
            BundleBuild build = new BundleBuild(bundles, revision, entrypoints, ignored, reader, options);
            SortedMap<String, Path> inputs = PolicyInputs.named(root, paths);
            Bundle built = build.build(inputs);
            if (built.sources().isEmpty() && built.data().size() == 0 && !bundles) {
                throw new UsageException("neither *.rego nor data.json nor data.yaml in " + paths);
            }
            byte[] tarball = BundleWriter.write(built, signing);
            Files.write(root.terminal().directory().resolve(output), tarball);
            print(root, built, tarball.length, signing);
            int passedOver = bundles ? 0 : build.passedOver(inputs).size();
            if (passedOver > 0) {
                root.terminal()
                        .err()
                        .println("passed over: " + passedOver
                                + " document(s) not named data.json or data.yaml; name such a file to take it");
            }
            return HufuCommand.HOLDS;
        } catch (NoSuchFileException missing) {
            throw new UsageException("cannot write " + output + ": there is no such directory");
        } catch (IOException failed) {
            throw new UsageException("cannot read or write " + failed.getMessage());
        } catch (IllegalArgumentException malformed) {
            throw new UsageException("--ignore: " + malformed.getMessage());
        }
    }

    private void refuseWhatIsNotOffered() {
        if (optimisation != 0) {
            throw new UsageException("-O is not offered: rules are indexed when a bundle is loaded; leave it out");
        }
        if (!target.equals("rego")) {
            throw new UsageException("-t " + target + " is not offered: build it with `opa build -t " + target
                    + "`; such bundles are read, checked and signed here");
        }
        if (keys.isGiven() && !bundles) {
            throw new UsageException("--verification-key needs --bundle: only a bundle is signed");
        }
    }

    private Capabilities capabilities(HufuCommand root) {
        Path file = capabilities;
        if (file == null) {
            return Capabilities.all();
        }
        try {
            String text = Files.readString(root.terminal().directory().resolve(file));
            Set<String> names = new HashSet<>();
            for (JsonNode builtin : JsonMapper.shared().readTree(text).path("builtins")) {
                names.add(builtin.path("name").asString());
            }
            return new Capabilities(names);
        } catch (IOException | JacksonException unreadable) {
            throw new UsageException("--capabilities " + file + ": not a file as `opa capabilities --current` prints");
        }
    }

    private void print(HufuCommand root, Bundle built, int bytes, Optional<Signing> signing) {
        String signed = signing.map(with -> with.key().algorithm()).orElse("");
        if (root.json()) {
            root.print(JsonMapper.shared()
                    .createObjectNode()
                    .put("file", output.toString())
                    .put("bytes", bytes)
                    .put("revision", built.manifest().revision())
                    .put("modules", built.sources().size())
                    .put("signed", signed));
            return;
        }
        root.terminal()
                .out()
                .println(output + ": " + built.sources().size() + " module(s), " + bytes + " bytes, "
                        + (signed.isEmpty() ? "not signed" : "signed with " + signed));
    }
}

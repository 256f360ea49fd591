package dev.hufu.service.cli;

import dev.hufu.rego.bundle.BundleException;
import dev.hufu.rego.bundle.BundleLimits;
import dev.hufu.rego.bundle.BundleReader;
import dev.hufu.rego.bundle.Signing;
import dev.hufu.rego.bundle.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Signs a bundle that is there. */
@Command(name = "sign", description = "Write the signature file (.signatures.json) of a bundle, to be packed with it.")
final class PolicySignCommand implements Callable<Integer> {
    @Parameters(paramLabel = "BUNDLE", description = "A bundle's root directory, or its tarball.")
    private Path bundle = Path.of("");

    @Option(
            names = {"-o", "--output-file-path"},
            defaultValue = "",
            paramLabel = "DIR",
            description = "Where to write .signatures.json; here if not given.")
    private Path output = Path.of("");

    @Option(
            names = "--signing-alg",
            defaultValue = "RS256",
            paramLabel = "ALG",
            description = "RS256 (if not given), RS384, RS512, PS…, ES…, HS… or EdDSA.")
    private String algorithm = "";

    @Mixin
    private SigningKey signingKey = new SigningKey();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws BundleException {
        HufuCommand root = HufuCommand.of(spec);
        Signing signing = signingKey
                .signing(root, algorithm, "")
                .orElseThrow(() -> new UsageException("sign needs --signing-key"));
        Path place = PolicyInputs.named(root, List.of(bundle)).firstEntry().getValue();
        Path file = root.terminal().directory().resolve(output).resolve(".signatures.json");
        try {
            BundleReader reader = new BundleReader(BundleLimits.DEFAULT, Verification.skipped());
            Files.write(file, reader.signature(place, signing).bytes());
        } catch (IOException failed) {
            throw new UsageException("cannot read or write " + failed.getMessage());
        }
        if (root.json()) {
            root.print(JsonMapper.shared().createObjectNode().put("file", file.toString()));
        } else {
            root.terminal().out().println(file + ": signed with " + algorithm);
        }
        return HufuCommand.HOLDS;
    }
}

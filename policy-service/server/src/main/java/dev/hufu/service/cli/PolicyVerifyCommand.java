package dev.hufu.service.cli;

import dev.hufu.rego.bundle.Bundle;
import dev.hufu.rego.bundle.BundleException;
import dev.hufu.rego.bundle.Verification;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Verifies a bundle's signature. */
@Command(
        name = "verify",
        description = "Check that a bundle is signed with a key and that each of its files is as it was signed.")
final class PolicyVerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "BUNDLE", description = "A tarball, or a bundle's root directory.")
    private Path file = Path.of("");

    @Mixin
    private BundleKeys keys = new BundleKeys();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws BundleException {
        HufuCommand root = HufuCommand.of(spec);
        if (!keys.isGiven()) {
            throw new UsageException("verify needs --verification-key");
        }
        Verification wanted = keys.verification(root, Verification.unsigned());
        Bundle bundle = PolicyInputs.bundle(root, List.of(file), wanted);
        if (root.json()) {
            root.print(JsonMapper.shared()
                    .createObjectNode()
                    .put("verified", true)
                    .put("algorithm", keys.algorithm())
                    .put("key", keys.keyId())
                    .put("revision", bundle.manifest().revision()));
        } else {
            root.terminal()
                    .out()
                    .println("verified: every file of " + file + " is as it was signed with this " + keys.algorithm()
                            + " key");
        }
        return HufuCommand.HOLDS;
    }
}

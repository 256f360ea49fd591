package dev.hufu.service.cli;

import dev.hufu.rego.CompileOptions;
import dev.hufu.rego.Dependencies;
import dev.hufu.rego.RegoCompileException;
import dev.hufu.rego.Source;
import dev.hufu.rego.bundle.BundleException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a query depends on. */
@Command(
        name = "deps",
        description =
                "Print what a query's value can depend on: documents from outside, and rules, as `opa deps` does.")
final class PolicyDepsCommand implements Callable<Integer> {
    @Mixin
    private PolicyInputs inputs = new PolicyInputs();

    @Option(names = "--query", required = true, paramLabel = "QUERY", description = "For example data.hufu.decision.")
    private String query = "";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws BundleException {
        HufuCommand root = HufuCommand.of(spec);
        List<Source> sources = inputs.read(root).sources();
        var policy = PolicyCommand.compile(root, sources, CompileOptions.defaults());
        if (policy.isEmpty()) {
            return HufuCommand.DOES_NOT;
        }
        try {
            print(root, policy.get().dependencies(query));
            return HufuCommand.HOLDS;
        } catch (RegoCompileException failed) {
            PolicyCommand.show(root, sources, failed);
            return HufuCommand.DOES_NOT;
        }
    }

    private static void print(HufuCommand root, Dependencies found) {
        if (root.json()) {
            ObjectNode node = JsonMapper.shared().createObjectNode();
            found.base().forEach(node.putArray("base")::add);
            found.rules().forEach(node.putArray("rules")::add);
            root.print(node);
            return;
        }
        var out = root.terminal().out();
        out.println("documents from outside: " + found.base().size());
        found.base().forEach(path -> out.println("  " + path));
        out.println("rules: " + found.rules().size());
        found.rules().forEach(path -> out.println("  " + path));
    }
}

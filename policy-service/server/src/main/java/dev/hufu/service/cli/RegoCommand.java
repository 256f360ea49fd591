package dev.hufu.service.cli;

import dev.hufu.rego.conformance.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The policy engine seen by itself. */
@Command(name = "rego", description = "The policy engine.", subcommands = RegoCommand.Conformance.class)
final class RegoCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new UsageException("rego needs a command: conformance DIR");
    }

    /** Runs OPA's cases. */
    @Command(
            name = "conformance",
            description = {
                "Run every case of a directory in the format of OPA's compliance suite.",
                "Cases that are excluded are counted with their reason. Exit code 1 if any case fails."
            })
    static final class Conformance implements Callable<Integer> {
        @Parameters(paramLabel = "DIR", description = "The directory of *.json.")
        private @Nullable Path directory;

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            HufuCommand root = HufuCommand.of(spec);
            Path given = directory == null ? Path.of("") : directory;
            Map<String, Suite.Tally> tallies =
                    load(root.terminal().directory().resolve(given)).run();
            int passed = tallies.values().stream().mapToInt(Suite.Tally::passed).sum();
            int excluded =
                    tallies.values().stream().mapToInt(Suite.Tally::excluded).sum();
            int failed = tallies.values().stream()
                    .mapToInt(tally -> tally.failures().size())
                    .sum();
            if (root.json()) {
                root.print(json(tallies, passed, failed, excluded));
            } else {
                print(root.terminal(), tallies);
                root.terminal()
                        .out()
                        .println("passed " + passed + " of " + (passed + failed) + ", excluded " + excluded);
            }
            return failed == 0 ? HufuCommand.HOLDS : HufuCommand.DOES_NOT;
        }

        private static Suite load(Path path) {
            if (!Files.isDirectory(path)) {
                throw new UsageException("no directory: " + path);
            }
            try {
                Suite suite = Suite.load(path);
                if (suite.cases().isEmpty()) {
                    throw new UsageException("no cases (*.json) in " + path);
                }
                return suite;
            } catch (IOException | IllegalArgumentException unreadable) {
                throw new UsageException("cases cannot be read: " + unreadable.getMessage());
            }
        }

        private static void print(Terminal terminal, Map<String, Suite.Tally> tallies) {
            tallies.forEach((category, tally) -> {
                terminal.out()
                        .println("%-44s %4d passed %4d excluded %4d failed"
                                .formatted(
                                        category,
                                        tally.passed(),
                                        tally.excluded(),
                                        tally.failures().size()));
                tally.failures().forEach(one -> terminal.out().println("    " + one.note() + ": " + one.text()));
            });
        }

        private static ObjectNode json(Map<String, Suite.Tally> tallies, int passed, int failed, int excluded) {
            ObjectNode result = JsonMapper.shared().createObjectNode();
            result.put("passed", passed).put("run", passed + failed).put("excluded", excluded);
            ObjectNode categories = result.putObject("categories");
            tallies.forEach((category, tally) -> {
                ObjectNode one = categories.putObject(category);
                one.put("passed", tally.passed()).put("excluded", tally.excluded());
                ArrayNode failures = one.putArray("failures");
                tally.failures()
                        .forEach(failure ->
                                failures.addObject().put("note", failure.note()).put("difference", failure.text()));
            });
            return result;
        }
    }
}

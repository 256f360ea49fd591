package dev.hufu.service.cli;

import dev.hufu.rego.Bool;
import dev.hufu.rego.Budget;
import dev.hufu.rego.CompileOptions;
import dev.hufu.rego.EvaluationException;
import dev.hufu.rego.Obj;
import dev.hufu.rego.Policy;
import dev.hufu.rego.RegoCompileException;
import dev.hufu.rego.RegoError;
import dev.hufu.rego.Source;
import dev.hufu.rego.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What an author does with policies on disk. */
@Command(
        name = "policy",
        description = "Check and test Rego policies.",
        subcommands = {PolicyCommand.Check.class, PolicyCommand.Test.class})
final class PolicyCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new UsageException("policy needs a command: check or test");
    }

    /** Every *.rego of the paths, directories searched through, in order of name. */
    private static List<Source> read(HufuCommand root, List<Path> paths) {
        List<Source> sources = new ArrayList<>();
        for (Path path : paths) {
            Path place = root.terminal().directory().resolve(path);
            if (!Files.exists(place)) {
                throw new UsageException("no such file or directory: " + path);
            }
            try (Stream<Path> files = Files.walk(place)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    if (file.equals(place) || file.toString().endsWith(".rego")) {
                        String shown =
                                path.resolve(place.relativize(file)).normalize().toString();
                        sources.add(new Source(file.equals(place) ? path.toString() : shown, Files.readString(file)));
                    }
                }
            } catch (IOException unreadable) {
                throw new UsageException("cannot read " + path + ": " + unreadable.getMessage());
            }
        }
        if (sources.isEmpty()) {
            throw new UsageException("no *.rego in " + paths);
        }
        return sources;
    }

    private static Optional<Policy> compile(HufuCommand root, List<Source> sources) {
        try {
            return Optional.of(Policy.compile(sources, CompileOptions.defaults()));
        } catch (RegoCompileException failed) {
            if (root.json()) {
                root.print(json(failed.errors()));
            } else {
                for (RegoError error : failed.errors()) {
                    root.terminal().out().println(shown(error, sources));
                }
                root.terminal().out().println(failed.errors().size() + " error(s)");
            }
            return Optional.empty();
        }
    }

    private static String shown(RegoError error, List<Source> sources) {
        return sources.stream()
                .filter(source -> source.file().equals(error.file()))
                .findFirst()
                .map(source -> error.pointAt(source.text()))
                .orElse(error.toString());
    }

    private static ObjectNode json(List<RegoError> errors) {
        ObjectNode result = JsonMapper.shared().createObjectNode();
        ArrayNode list = result.putArray("errors");
        for (RegoError error : errors) {
            ObjectNode one = list.addObject();
            one.put("code", error.code()).put("message", error.message());
            one.put("file", error.file()).put("row", error.row()).put("column", error.column());
            error.hint().ifPresent(hint -> one.put("hint", hint));
        }
        return result;
    }

    /** Compiles. */
    @Command(
            name = "check",
            description = "Compile policies together; print every error with its line, and what to write instead.")
    static final class Check implements Callable<Integer> {
        @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files, or directories with *.rego.")
        private List<Path> paths = List.of();

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            HufuCommand root = HufuCommand.of(spec);
            List<Source> sources = read(root, paths);
            Optional<Policy> policy = compile(root, sources);
            if (policy.isEmpty()) {
                return HufuCommand.DOES_NOT;
            }
            if (root.json()) {
                root.print(json(List.of()));
            } else {
                root.terminal().out().println("ok: " + sources.size() + " file(s)");
            }
            return HufuCommand.HOLDS;
        }
    }

    /** Runs {@code test_*} rules. */
    @Command(
            name = "test",
            description =
                    "Run the rules named test_…; one passes where its value is true. Exit code 1 if any does not.")
    static final class Test implements Callable<Integer> {
        @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files, or directories with *.rego.")
        private List<Path> paths = List.of();

        @Option(
                names = {"-v", "--verbose"},
                description = "Print passing tests too.")
        private boolean verbose;

        @Option(names = "--run", paramLabel = "TEXT", description = "Only tests whose path contains this.")
        private String only = "";

        @Spec
        private @Nullable CommandSpec spec;

        private record Outcome(String path, boolean passed, String detail) {}

        @Override
        public Integer call() {
            HufuCommand root = HufuCommand.of(spec);
            Optional<Policy> policy = compile(root, read(root, paths));
            if (policy.isEmpty()) {
                return HufuCommand.DOES_NOT;
            }
            List<Outcome> outcomes = policy.get().tests().stream()
                    .filter(path -> path.contains(only))
                    .map(path -> run(policy.get(), path))
                    .toList();
            long passed = outcomes.stream().filter(Outcome::passed).count();
            if (root.json()) {
                root.print(json(outcomes));
            } else {
                print(root.terminal(), outcomes);
                root.terminal().out().println("passed " + passed + " of " + outcomes.size());
            }
            return passed == outcomes.size() ? HufuCommand.HOLDS : HufuCommand.DOES_NOT;
        }

        private static Outcome run(Policy policy, String path) {
            try {
                Optional<Value> value = policy.prepare(path).evaluate(null, Obj.EMPTY, Budget.DEFAULT);
                boolean passed = value.isPresent() && value.get().equals(Bool.TRUE);
                return new Outcome(path, passed, value.map(Value::toJson).orElse("undefined"));
            } catch (EvaluationException | RegoCompileException failed) {
                return new Outcome(path, false, String.valueOf(failed.getMessage()));
            }
        }

        private void print(Terminal terminal, List<Outcome> outcomes) {
            for (Outcome outcome : outcomes) {
                if (verbose || !outcome.passed) {
                    String state = outcome.passed ? "PASS" : "FAIL (" + outcome.detail + ")";
                    terminal.out().println(outcome.path + ": " + state);
                }
            }
        }

        private static ObjectNode json(List<Outcome> outcomes) {
            ObjectNode result = JsonMapper.shared().createObjectNode();
            ArrayNode list = result.putArray("tests");
            for (Outcome outcome : outcomes) {
                list.addObject()
                        .put("path", outcome.path)
                        .put("passed", outcome.passed)
                        .put("detail", outcome.detail);
            }
            return result;
        }
    }
}

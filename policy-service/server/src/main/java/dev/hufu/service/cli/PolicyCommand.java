package dev.hufu.service.cli;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.hufu.rego.Budget;
import dev.hufu.rego.CompileOptions;
import dev.hufu.rego.Coverage;
import dev.hufu.rego.Policy;
import dev.hufu.rego.RegoCompileException;
import dev.hufu.rego.RegoError;
import dev.hufu.rego.Source;
import dev.hufu.rego.bundle.BundleException;
import dev.hufu.rego.testing.CoverageHtml;
import dev.hufu.rego.testing.JunitXml;
import dev.hufu.rego.testing.TestResult;
import dev.hufu.rego.testing.TestRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
        description = "Check, test, lint, format, time, explain, bundle and parse Rego policies.",
        subcommands = {
            PolicyCommand.Check.class,
            PolicyCommand.Test.class,
            PolicyBenchCommand.class,
            PolicyDepsCommand.class,
            PolicyExplainCommand.class,
            PolicyFmtCommand.class,
            PolicyLintCommand.class,
            PolicyBuildCommand.class,
            PolicyInspectCommand.class,
            PolicySignCommand.class,
            PolicyVerifyCommand.class,
            PolicyCommand.Parse.class
        })
final class PolicyCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new UsageException("policy needs a command: check, test, bench, deps, explain, fmt, lint, build, inspect,"
                + " sign, verify or parse");
    }

    /** Every *.rego of the paths, directories searched through, in order of name. */
    static List<Source> read(HufuCommand root, List<Path> paths) {
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

    static Optional<Policy> compile(HufuCommand root, List<Source> sources, CompileOptions options) {
        try {
            return Optional.of(Policy.compile(sources, options));
        } catch (RegoCompileException failed) {
            show(root, sources, failed);
            return Optional.empty();
        }
    }

    static void show(HufuCommand root, List<Source> sources, RegoCompileException failed) {
        if (root.json()) {
            root.print(json(failed.errors()));
        } else {
            for (RegoError error : failed.errors()) {
                root.terminal().out().println(shown(error, sources));
            }
            root.terminal().out().println(failed.errors().size() + " error(s)");
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
        @Mixin
        private PolicyInputs inputs = new PolicyInputs();

        @Option(names = "--strict", description = "What is unused is an error, too.")
        private boolean strict;

        @Option(
                names = "--schema",
                paramLabel = "PATH",
                description = {
                    "JSON Schema of the input; or a directory of schemas that metadata refers to,",
                    "schema.a.b for a/b.json."
                })
        private @Nullable Path schema;

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() throws BundleException {
            HufuCommand root = HufuCommand.of(spec);
            List<Source> sources = inputs.read(root).sources();
            CompileOptions options =
                    CompileOptions.defaults().withStrictMode(strict).withSchemas(SchemaFiles.read(root, schema));
            Optional<Policy> policy = compile(root, sources, options);
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

    /** Shows the syntax tree. */
    @Command(name = "parse", description = "Print a module's syntax tree as `opa parse --format json` does.")
    static final class Parse implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", description = "The module.")
        private @Nullable Path file;

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            HufuCommand root = HufuCommand.of(spec);
            List<Source> sources = read(root, file == null ? List.of() : List.of(file));
            try {
                root.print(Policy.parse(sources.getFirst(), false).toJsonNode());
                return HufuCommand.HOLDS;
            } catch (RegoCompileException failed) {
                show(root, sources, failed);
                return HufuCommand.DOES_NOT;
            }
        }
    }

    /** Runs {@code test_*} rules. */
    @Command(
            name = "test",
            description =
                    "Run the rules named test_…; one passes where its value is true. Exit code 1 if any does not.")
    static final class Test implements Callable<Integer> {
        @Mixin
        private PolicyInputs inputs = new PolicyInputs();

        @Option(
                names = {"-v", "--verbose"},
                description = "Print passing tests too.")
        private boolean verbose;

        @Option(
                names = {"-r", "--run"},
                paramLabel = "PATTERN",
                description = "Only tests in whose path the pattern (RE2) finds something.")
        private String only = "";

        @Option(names = "--junit", paramLabel = "FILE", description = "Write the results as JUnit XML.")
        private @Nullable Path junit;

        @Option(names = "--coverage", description = "Print which rows were evaluated.")
        private boolean coverage;

        @Option(names = "--coverage-html", paramLabel = "FILE", description = "Write the coverage as an HTML page.")
        private @Nullable Path html;

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() throws BundleException {
            HufuCommand root = HufuCommand.of(spec);
            PolicyInputs.Read read = inputs.read(root);
            List<Source> sources = read.sources();
            Coverage covered = new Coverage();
            boolean covers = coverage || html != null;
            CompileOptions options = CompileOptions.defaults();
            Optional<Policy> policy = compile(root, sources, covers ? options.withCoverage(covered) : options);
            if (policy.isEmpty()) {
                return HufuCommand.DOES_NOT;
            }
            List<TestResult> results =
                    new TestRunner(policy.get(), read.data(), Budget.DEFAULT, System::nanoTime).run(pattern());
            write(root, junit, JunitXml.of(results));
            write(root, html, CoverageHtml.of(covered, sources));
            if (root.json()) {
                root.print(json(results, covers ? covered.rows() : List.of()));
            } else {
                print(root.terminal(), results);
                if (coverage) {
                    print(root.terminal(), covered);
                }
            }
            boolean held = results.stream()
                    .allMatch(result ->
                            result.outcome() == TestResult.Outcome.PASS || result.outcome() == TestResult.Outcome.SKIP);
            return held ? HufuCommand.HOLDS : HufuCommand.DOES_NOT;
        }

        private Pattern pattern() {
            try {
                return Pattern.compile(only);
            } catch (PatternSyntaxException malformed) {
                throw new UsageException("--run: " + malformed.getMessage());
            }
        }

        private static void write(HufuCommand root, @Nullable Path file, String text) {
            if (file == null) {
                return;
            }
            try {
                Files.writeString(root.terminal().directory().resolve(file), text);
            } catch (IOException unwritable) {
                throw new UsageException("cannot write " + file + ": " + unwritable.getMessage());
            }
        }

        private void print(Terminal terminal, List<TestResult> results) {
            for (TestResult result : results) {
                boolean passed = result.outcome() == TestResult.Outcome.PASS;
                if (verbose || !passed) {
                    String detail = result.detail().isEmpty() ? "" : " (" + result.detail() + ")";
                    terminal.out().println(result.path() + ": " + result.outcome() + detail);
                }
            }
            long passed = count(results, TestResult.Outcome.PASS);
            long skipped = count(results, TestResult.Outcome.SKIP);
            String rest = skipped == 0 ? "" : ", skipped " + skipped;
            terminal.out().println("passed " + passed + " of " + (results.size() - skipped) + rest);
        }

        private static long count(List<TestResult> results, TestResult.Outcome outcome) {
            return results.stream()
                    .filter(result -> result.outcome() == outcome)
                    .count();
        }

        private static void print(Terminal terminal, Coverage covered) {
            for (Coverage.Rows rows : covered.rows()) {
                String missing = rows.notCovered().isEmpty() ? "" : "  not covered: " + rows.notCovered();
                terminal.out().println("%6.1f %%  %s%s".formatted(rows.percent(), rows.file(), missing));
            }
            terminal.out().println("%6.1f %%  all".formatted(covered.percent()));
        }

        private static ObjectNode json(List<TestResult> results, List<Coverage.Rows> covered) {
            ObjectNode node = JsonMapper.shared().createObjectNode();
            ArrayNode list = node.putArray("tests");
            for (TestResult result : results) {
                list.addObject()
                        .put("path", result.path())
                        .put("passed", result.outcome() == TestResult.Outcome.PASS)
                        .put("outcome", result.outcome().name().toLowerCase(Locale.ROOT))
                        .put("detail", result.detail());
            }
            if (!covered.isEmpty()) {
                ArrayNode files = node.putArray("coverage");
                for (Coverage.Rows rows : covered) {
                    ObjectNode one = files.addObject().put("file", rows.file()).put("percent", rows.percent());
                    rows.covered().forEach(one.putArray("covered")::add);
                    rows.notCovered().forEach(one.putArray("notCovered")::add);
                }
            }
            return node;
        }
    }
}

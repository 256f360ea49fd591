package dev.hufu.service.cli;

import dev.hufu.rego.RegoCompileException;
import dev.hufu.rego.RegoError;
import dev.hufu.rego.Source;
import dev.hufu.rego.format.Formatter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lays policies out, with the options of {@code opa fmt}. */
@Command(
        name = "fmt",
        description =
                "Lay policies out as `opa fmt` does: print them, or --write, --list, --diff. Without a path, standard input.")
final class PolicyFmtCommand implements Callable<Integer> {
    private static final int MAX_INPUT_BYTES = 16 << 20;
    private static final Path STANDARD_INPUT = Path.of("-");

    @Parameters(
            arity = "0..*",
            paramLabel = "PATH",
            description = "Files, or directories with *.rego; - is standard input.")
    private List<Path> paths = List.of();

    @Option(
            names = {"-w", "--write"},
            description = "Write the files that change, print nothing.")
    private boolean write;

    @Option(
            names = {"-l", "--list"},
            description = "Print the names of the files that would change.")
    private boolean list;

    @Option(
            names = {"-d", "--diff"},
            description = "Print what would change.")
    private boolean diff;

    @Option(names = "--fail", description = "Exit with 1 where a file would change.")
    private boolean fail;

    @Option(names = "--v0-compatible", description = "The policies are Rego v0, and stay so.")
    private boolean v0;

    @Option(
            names = {"--v0-v1", "--rego-v1"},
            description = "The policies are Rego v0, and become what v0 and v1 both read.")
    private boolean both;

    @Option(
            names = "--check-result",
            arity = "0..1",
            defaultValue = "true",
            fallbackValue = "true",
            paramLabel = "BOOLEAN",
            description = "Read the result again before it is given (default).")
    private boolean checkResult = true;

    @Spec
    private @Nullable CommandSpec spec;

    /** A file and how it would look. */
    private record Outcome(Source source, String text) {
        boolean changed() {
            return !source.text().equals(text);
        }
    }

    @Override
    public Integer call() {
        HufuCommand root = HufuCommand.of(spec);
        boolean piped = paths.isEmpty() || paths.equals(List.of(STANDARD_INPUT));
        List<Source> sources = piped ? List.of(standardInput(root)) : PolicyCommand.read(root, paths);
        List<Outcome> outcomes = new ArrayList<>();
        List<RegoError> errors = new ArrayList<>();
        for (Source source : sources) {
            try {
                outcomes.add(new Outcome(source, laidOut(source)));
            } catch (RegoCompileException failed) {
                errors.addAll(failed.errors());
            }
        }
        if (!errors.isEmpty()) {
            PolicyCommand.show(root, sources, new RegoCompileException(errors));
            return HufuCommand.DOES_NOT;
        }
        boolean changes = outcomes.stream().anyMatch(Outcome::changed);
        if (fail && changes && !list && !diff) {
            root.terminal().err().println("would change: " + names(outcomes));
            return HufuCommand.DOES_NOT;
        }
        give(root, outcomes, piped);
        return fail && changes ? HufuCommand.DOES_NOT : HufuCommand.HOLDS;
    }

    private String laidOut(Source source) throws RegoCompileException {
        Formatter.Language language = v0 ? Formatter.Language.V0 : Formatter.Language.V1;
        String text = Formatter.format(source, both ? Formatter.Language.V0_TO_V1 : language);
        if (checkResult) {
            Formatter.format(new Source(source.file(), text), both ? Formatter.Language.V1 : language);
        }
        return text;
    }

    private void give(HufuCommand root, List<Outcome> outcomes, boolean piped) {
        boolean writes = write && !list && !diff && !piped;
        if (writes) {
            outcomes.stream().filter(Outcome::changed).forEach(outcome -> write(root, outcome));
        }
        if (root.json()) {
            root.print(json(outcomes));
        } else if (!writes) {
            outcomes.forEach(outcome -> print(root, outcome));
        }
    }

    private void print(HufuCommand root, Outcome outcome) {
        var out = root.terminal().out();
        if (list) {
            out.print(outcome.changed() ? outcome.source.file() + "\n" : "");
        } else if (diff) {
            out.print(LineDiff.unified(outcome.source.file(), outcome.source.text(), outcome.text));
        } else {
            out.print(outcome.text);
        }
        out.flush();
    }

    private static String names(List<Outcome> outcomes) {
        return String.join(
                ", ",
                outcomes.stream()
                        .filter(Outcome::changed)
                        .map(outcome -> outcome.source.file())
                        .toList());
    }

    private static ObjectNode json(List<Outcome> outcomes) {
        ObjectNode result = JsonMapper.shared().createObjectNode();
        ArrayNode files = result.putArray("files");
        for (Outcome outcome : outcomes) {
            files.addObject()
                    .put("file", outcome.source.file())
                    .put("changed", outcome.changed())
                    .put("text", outcome.text);
        }
        return result;
    }

    private static void write(HufuCommand root, Outcome outcome) {
        Path file = root.terminal().directory().resolve(outcome.source.file());
        try {
            Files.writeString(file, outcome.text);
        } catch (IOException unwritable) {
            throw new UsageException("cannot write " + outcome.source.file() + ": " + unwritable.getMessage());
        }
    }

    private static Source standardInput(HufuCommand root) {
        try {
            byte[] bytes = root.terminal().in().readNBytes(MAX_INPUT_BYTES + 1);
            if (bytes.length > MAX_INPUT_BYTES) {
                throw new UsageException("standard input is longer than " + MAX_INPUT_BYTES + " bytes");
            }
            return new Source("stdin", new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UsageException("cannot read standard input: " + unreadable.getMessage());
        }
    }
}

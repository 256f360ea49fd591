package dev.hufu.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** Generated programs give what the real {@code opa} gives. What differs must be the one quirk of ADR 0070. */
class DifferentialTest {
    private static final int BATCH = 100;
    /** Numbers that can be written in a shorter way. */
    private static final Map<Pattern, String> NOTATIONS = Map.of(
            number("1\\.0"), "1",
            number("2\\.50"), "2.5",
            number("1e3"), "1000",
            number("1e18"), "1000000000000000000");

    @TempDir
    Path directory = Path.of("");

    private final List<String> differences = new ArrayList<>();
    private int compared;
    private int refused;
    /** Programs that differ among others and not alone, where no other has filled the cache. */
    private int othersCache;
    /** Programs that differ alone, too, but not when equal numbers are written alike. */
    private int ownCache;

    private static Pattern number(String text) {
        return Pattern.compile("(?<![\\w.\"\\\\-])" + text + "(?![\\w.\"])");
    }

    /** A program, and what this engine makes of it. */
    private record Program(String name, String text, String ours) {
        boolean isRefused() {
            return ours.equals("error");
        }
    }

    @Test
    void evaluate_generatedPrograms_agreeWithOpa(TestReporter reporter) throws Exception {
        compare(1, 1, reporter);
    }

    @Test
    @Tag("soak")
    void evaluate_tenThousandGeneratedPrograms_agreeWithOpa(TestReporter reporter) throws Exception {
        compare(1_000, 100, reporter);
    }

    private void compare(long firstSeed, int batches, TestReporter reporter) throws Exception {
        assumeTrue(Opa.isThere(), "no opa on the PATH");
        for (int batch = 0; batch < batches; batch++) {
            compareBatch(firstSeed + batch);
        }
        reporter.publishEntry(Map.of(
                "programs", "" + compared,
                "refused by both", "" + refused,
                "cached from another program", "" + othersCache,
                "cached within the program", "" + ownCache,
                "other differences", "" + differences.size()));
        assertThat(differences).isEmpty();
        assertThat(compared).isEqualTo(batches * BATCH);
        assertThat(refused).isLessThan(compared / 2);
    }

    private void compareBatch(long seed) throws Exception {
        GeneratedProgram generator = new GeneratedProgram(seed);
        String input = generator.input();
        Files.writeString(directory.resolve("input.json"), input);
        Files.writeString(directory.resolve("lib.rego"), GeneratedProgram.LIBRARY);
        List<Program> programs = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            String name = "p" + i;
            String text = generator.module(name);
            Files.writeString(file(name), text);
            programs.add(new Program(name, text, ours(text, name, input)));
        }
        evaluateTogether(programs.stream().filter(one -> !one.isRefused()).toList(), seed, input);
        refuse(programs.stream().filter(Program::isRefused).toList(), seed, input);
    }

    private Path file(String name) {
        return directory.resolve(name + ".rego");
    }

    /** One that {@code opa} refuses against our word is found by halving. */
    private void evaluateTogether(List<Program> programs, long seed, String input) throws Exception {
        if (programs.isEmpty()) {
            return;
        }
        Opa.Result result = evaluate(programs);
        if (result.code() != 0 && programs.size() > 1) {
            int middle = programs.size() / 2;
            evaluateTogether(programs.subList(0, middle), seed, input);
            evaluateTogether(programs.subList(middle, programs.size()), seed, input);
            return;
        }
        for (Program program : programs) {
            compared++;
            String theirs = result.code() == 0 ? wanted(result.text(), program.name()) : "error";
            if (!theirs.equals(program.ours())) {
                judge(program, theirs, seed, input);
            }
        }
    }

    /** Those that do not compile are found together; one that fails when it is evaluated comes alone. */
    private void refuse(List<Program> programs, long seed, String input) throws Exception {
        List<Program> left = new ArrayList<>(programs);
        // a check ends with the first stage that finds something: who is not named yet comes again
        for (Set<String> named = Set.of(""); !named.isEmpty() && !left.isEmpty(); ) {
            named = check(left);
            for (Program program : List.copyOf(left)) {
                if (named.contains(program.name())) {
                    left.remove(program);
                    compared++;
                    refused++;
                }
            }
        }
        for (Program program : left) {
            compared++;
            Opa.Result result = evaluate(List.of(program));
            if (result.code() == 0) {
                judge(program, wanted(result.text(), program.name()), seed, input);
            } else {
                refused++;
            }
        }
    }

    /** The programs that do not compile; those named first, perhaps not all. */
    private Set<String> check(List<Program> programs) throws Exception {
        List<String> args = new ArrayList<>(List.of("check", "--max-errors", "10000"));
        args.add(directory.resolve("lib.rego").toString());
        programs.forEach(program -> args.add(file(program.name()).toString()));
        String text = Opa.run(args).text();
        Set<String> named = new TreeSet<>();
        for (Program program : programs) {
            if (text.contains(file(program.name()) + ":")) {
                named.add(program.name());
            }
        }
        return named;
    }

    /**
     * {@code opa} keeps what functions gave, and finds it by equal arguments, however their numbers are written. So a difference is no
     * fault of ours where it goes away when the program is alone, or when equal numbers are written alike.
     */
    private void judge(Program program, String theirs, long seed, String input) throws Exception {
        Opa.Result alone = evaluate(List.of(program));
        if (alone.code() == 0 && wanted(alone.text(), program.name()).equals(program.ours())) {
            othersCache++;
            return;
        }
        if (alone.code() == 0 && !program.isRefused() && agreesWithPlainNumbers(program, input)) {
            ownCache++;
            return;
        }
        differences.add("seed " + seed + ": " + program.text() + "\ninput " + input + "\nopa  " + theirs + "\nours "
                + program.ours() + "\n" + (alone.code() == 0 ? "" : alone.text()));
    }

    private boolean agreesWithPlainNumbers(Program program, String input) throws Exception {
        String name = program.name();
        Path folder = Files.createTempDirectory(directory, "plain");
        Path library = Files.writeString(folder.resolve("lib.rego"), plain(GeneratedProgram.LIBRARY));
        Path module = Files.writeString(folder.resolve(name + ".rego"), plain(program.text()));
        Path plainInput = Files.writeString(folder.resolve("input.json"), plain(input));
        Opa.Result result = evaluate(List.of(library, module), plainInput);
        String ours = ours(plain(program.text()), name, plain(input), plain(GeneratedProgram.LIBRARY));
        return result.code() == 0 && wanted(result.text(), name).equals(ours);
    }

    private static String plain(String text) {
        String plain = text;
        for (Map.Entry<Pattern, String> notation : NOTATIONS.entrySet()) {
            plain = notation.getKey().matcher(plain).replaceAll(notation.getValue());
        }
        return plain;
    }

    private static String ours(String text, String name, String input) {
        return ours(text, name, input, GeneratedProgram.LIBRARY);
    }

    private static String ours(String text, String name, String input, String library) {
        try {
            return Policy.compile(
                            List.of(new Source("lib.rego", library), new Source(name + ".rego", text)),
                            CompileOptions.defaults())
                    .prepare("data." + name)
                    .evaluate(Value.fromJson(input), null, Budget.DEFAULT)
                    .map(value -> Value.fromJson(value.toJson()).toJson())
                    .orElse("undefined");
        } catch (RegoCompileException | EvaluationException error) {
            return "error";
        }
    }

    private static String wanted(String output, String name) {
        Value result = Value.fromJson(output);
        for (String key : List.of("result", "0", "expressions", "0", "value", name)) {
            Value at = key.equals("0") ? Num.ZERO : new Str(key);
            Value below = result.get(at);
            if (below == null) {
                return "undefined";
            }
            result = below;
        }
        return result.toJson();
    }

    private Opa.Result evaluate(List<Program> programs) throws Exception {
        List<Path> modules = new ArrayList<>(List.of(directory.resolve("lib.rego")));
        programs.forEach(program -> modules.add(file(program.name())));
        return evaluate(modules, directory.resolve("input.json"));
    }

    private static Opa.Result evaluate(List<Path> modules, Path input) throws Exception {
        List<String> args =
                new ArrayList<>(List.of("eval", "--timeout", "30s", "--format", "json", "--input", input.toString()));
        for (Path module : modules) {
            args.add("--data");
            args.add(module.toString());
        }
        args.add("data");
        return Opa.run(args);
    }
}

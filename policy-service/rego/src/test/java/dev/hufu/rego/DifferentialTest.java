package dev.hufu.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Generated programs give what the real {@code opa} gives. */
class DifferentialTest {
    private static final int BATCH = 50;

    @TempDir
    Path directory = Path.of("");

    private int compared;

    @Test
    void evaluate_generatedPrograms_agreeWithOpa() throws Exception {
        compare(1, 2);
    }

    @Test
    @Tag("soak")
    void evaluate_tenThousandGeneratedPrograms_agreeWithOpa() throws Exception {
        compare(1_000, 200);
    }

    private void compare(long firstSeed, int batches) throws Exception {
        assumeTrue(Opa.isThere(), "no opa on the PATH");
        List<String> differences = new ArrayList<>();
        for (int batch = 0; batch < batches; batch++) {
            compareBatch(firstSeed + batch, differences);
        }
        assertThat(differences).isEmpty();
        assertThat(compared).isGreaterThan(batches * BATCH / 4);
    }

    private void compareBatch(long seed, List<String> differences) throws Exception {
        GeneratedProgram generator = new GeneratedProgram(seed);
        String input = generator.input();
        Path inputFile = Files.writeString(directory.resolve("input.json"), input);
        Files.writeString(directory.resolve("lib.rego"), GeneratedProgram.LIBRARY);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            texts.add(generator.module("p" + i));
            Files.writeString(directory.resolve("p" + i + ".rego"), texts.getLast());
        }
        compare(seed, input, texts, 0, BATCH, inputFile, differences);
    }

    /** Together where they can be; one that `opa` refuses is found by halving. */
    private void compare(
            long seed, String input, List<String> texts, int from, int to, Path inputFile, List<String> differences)
            throws Exception {
        List<Path> modules = new ArrayList<>(List.of(directory.resolve("lib.rego")));
        for (int i = from; i < to; i++) {
            modules.add(directory.resolve("p" + i + ".rego"));
        }
        Opa.Result result = evaluate(modules, inputFile);
        if (result.code() != 0 && to - from > 1) {
            int middle = (from + to) / 2;
            compare(seed, input, texts, from, middle, inputFile, differences);
            compare(seed, input, texts, middle, to, inputFile, differences);
            return;
        }
        for (int i = from; i < to; i++) {
            compared++;
            String theirs = result.code() == 0 ? wanted(result.text(), "p" + i) : "error";
            String ours = ours(texts.get(i), "p" + i, input);
            if (!theirs.equals(ours)) {
                differences.add("seed " + seed + ": " + texts.get(i) + "\ninput " + input + "\nopa  " + theirs
                        + "\nours " + ours + "\n" + (result.code() == 0 ? "" : result.text()));
            }
        }
    }

    private static String ours(String text, String name, String input) {
        try {
            return Policy.compile(
                            List.of(new Source("lib.rego", GeneratedProgram.LIBRARY), new Source(name + ".rego", text)),
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

    private static Opa.Result evaluate(List<Path> modules, Path input) throws Exception {
        List<String> args = new ArrayList<>(List.of("eval", "--format", "json", "--input", input.toString()));
        for (Path module : modules) {
            args.add("--data");
            args.add(module.toString());
        }
        args.add("data");
        return Opa.run(args);
    }
}

package dev.hufu.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hufu.rego.GeneratedMistakes.Planted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** Programs with a mistake planted are refused as {@code opa check} refuses them: with the same codes, in the same rows. */
class MistakesDifferentialTest {
    private static final int BATCH = 100;

    @TempDir
    Path directory = Path.of("");

    /** Programs by mistake whose columns differ, rows and codes being the same. */
    private final Map<String, Integer> columns = new TreeMap<>();

    private final List<String> differences = new ArrayList<>();
    private int compared;

    @Test
    void compile_plantedMistakes_refusedAsByOpa(TestReporter reporter) throws Exception {
        compare(1, 2, reporter);
    }

    @Test
    @Tag("soak")
    void compile_thousandsOfPlantedMistakes_refusedAsByOpa(TestReporter reporter) throws Exception {
        compare(500, 20, reporter);
    }

    private void compare(long firstSeed, int batches, TestReporter reporter) throws Exception {
        assumeTrue(Opa.isThere(), "no opa on the PATH");
        for (int batch = 0; batch < batches; batch++) {
            compareBatch(firstSeed + batch, batch % 4 == 3);
        }
        reporter.publishEntry(Map.of("compared", "" + compared, "other columns", columns.toString()));
        assertThat(differences).isEmpty();
        assertThat(compared).isGreaterThan(batches * BATCH / 2);
    }

    private void compareBatch(long seed, boolean strict) throws Exception {
        GeneratedMistakes generator = new GeneratedMistakes(seed);
        Path library = Files.writeString(directory.resolve("lib.rego"), GeneratedProgram.LIBRARY);
        Map<String, Planted> left = new LinkedHashMap<>();
        for (int i = 0; i < BATCH; i++) {
            String name = "p" + i;
            String program = generator.program(name);
            if (errors(name, program, strict).isEmpty()) {
                Planted planted = generator.planted(name, program, strict);
                left.put(name + ".rego", planted);
                Files.writeString(directory.resolve(name + ".rego"), planted.text());
            }
        }
        // a check ends with the first stage that finds something: who is not named yet comes again
        while (!left.isEmpty()) {
            Map<String, Set<String>> theirs = check(library, left.keySet(), strict);
            theirs.keySet().retainAll(left.keySet());
            if (theirs.isEmpty()) {
                break;
            }
            theirs.forEach((file, errors) -> compare(left.get(file), errors));
            left.keySet().removeAll(theirs.keySet());
        }
        left.values().forEach(planted -> compare(planted, Set.of()));
    }

    private void compare(Planted planted, Set<String> theirs) {
        compared++;
        Set<String> ours = errors(planted.name(), planted.text(), planted.strict());
        if (!agree(places(ours), places(theirs))) {
            differences.add(planted.mistake() + "\nopa  " + theirs + "\nours " + ours + "\n" + planted.text());
        } else if (!ours.equals(theirs)) {
            columns.merge(planted.mistake(), 1, Integer::sum);
        }
    }

    /** Behind a statement that does not parse we go on, and may tell of more. */
    private static boolean agree(Set<String> ours, Set<String> theirs) {
        boolean parsed = theirs.stream().noneMatch(error -> error.startsWith("rego_parse_error"));
        return parsed ? ours.equals(theirs) : ours.containsAll(theirs);
    }

    /** Without columns. */
    private static Set<String> places(Set<String> errors) {
        Set<String> places = new TreeSet<>();
        errors.forEach(error -> places.add(error.substring(0, error.lastIndexOf(':'))));
        return places;
    }

    /** Each as code, row and column. */
    private static Set<String> errors(String name, String text, boolean strict) {
        Set<String> errors = new TreeSet<>();
        try {
            Policy.compile(
                    List.of(new Source("lib.rego", GeneratedProgram.LIBRARY), new Source(name + ".rego", text)),
                    CompileOptions.defaults().withStrictMode(strict));
        } catch (RegoCompileException refused) {
            refused.errors().forEach(error -> errors.add(error.code() + ":" + error.row() + ":" + error.column()));
        }
        return errors;
    }

    /** By file. */
    private Map<String, Set<String>> check(Path library, Set<String> files, boolean strict) throws Exception {
        List<String> args = new ArrayList<>(List.of("check", "--format", "json", "--max-errors", "10000"));
        args.addAll(strict ? List.of("--strict") : List.of());
        args.add(library.toString());
        files.forEach(file -> args.add(directory.resolve(file).toString()));
        Opa.Result result = Opa.run(args);
        Map<String, Set<String>> found = new LinkedHashMap<>();
        if (result.code() == 0) {
            return found;
        }
        Value errors = Value.fromJson(result.text()).get(new Str("errors"));
        if (errors instanceof Arr list) {
            for (Value error : list) {
                Value location = error.get(new Str("location"));
                String file = Path.of(text(location, "file")).getFileName().toString();
                found.computeIfAbsent(file, _ -> new TreeSet<>())
                        .add(text(error, "code") + ":" + text(location, "row") + ":" + text(location, "col"));
            }
        }
        return found;
    }

    private static String text(Value object, String key) {
        Value field = object.get(new Str(key));
        return field instanceof Str text ? text.value() : String.valueOf(field);
    }
}

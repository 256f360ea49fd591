package dev.hufu.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Builtins give what was recorded of OPA 1.22: {@code builtins/NAME.rego} with {@code NAME.input.json} gives {@code
 * NAME.want.json}; and where there is an {@code opa}, it still does.
 */
class BuiltinCasesTest {
    private static final Path DIRECTORY = Path.of("src/test/resources/dev/hufu/rego/builtins");

    private static Stream<String> names() throws IOException {
        return Files.list(DIRECTORY)
                .map(path -> path.getFileName().toString())
                .filter(name -> name.endsWith(".rego"))
                .map(name -> name.substring(0, name.length() - ".rego".length()))
                .sorted();
    }

    @TestFactory
    Stream<DynamicTest> evaluate_recordedCase_givesWhatOpaGave() throws IOException {
        return names().map(name -> DynamicTest.dynamicTest(name, () -> {
            Value wanted = Value.fromJson(Files.readString(DIRECTORY.resolve(name + ".want.json")));
            assertThat(ours(name)).hasValue(wanted);
        }));
    }

    private static Optional<Value> ours(String name) throws IOException, RegoCompileException {
        String text = Files.readString(DIRECTORY.resolve(name + ".rego"));
        Policy policy = Policy.compile(List.of(new Source(name + ".rego", text)), CompileOptions.defaults());
        Value input = Value.fromJson(Files.readString(DIRECTORY.resolve(name + ".input.json")));
        return policy.prepare(query(text))
                .evaluate(input, Obj.EMPTY, Budget.DEFAULT)
                .map(value -> Value.fromJson(value.toJson()));
    }

    @TestFactory
    Stream<DynamicTest> evaluate_mutatedInput_throwsNothingButItsOwn() throws IOException {
        return names().map(name -> DynamicTest.dynamicTest(name, () -> {
            String text = Files.readString(DIRECTORY.resolve(name + ".rego"));
            Policy policy = Policy.compile(List.of(new Source(name + ".rego", text)), CompileOptions.defaults());
            PreparedQuery query = policy.prepare(query(text));
            Value input = Value.fromJson(Files.readString(DIRECTORY.resolve(name + ".input.json")));
            for (long seed = 0; seed < 20; seed++) {
                Value mutated = mutate(input, new Random(seed));
                try {
                    query.evaluate(mutated, Obj.EMPTY, Budget.DEFAULT);
                } catch (EvaluationException refused) {
                    // the engine's own
                } catch (RuntimeException other) {
                    throw new AssertionError("seed " + seed, other);
                }
            }
        }));
    }

    /** Cuts, doubles or changes a piece of every text. */
    private static Value mutate(Value value, Random random) {
        return switch (value) {
            case Str text
            when !text.value().isEmpty() -> {
                String old = text.value();
                int from = random.nextInt(old.length());
                int to = Math.min(old.length(), from + 1 + random.nextInt(8));
                String piece = old.substring(from, to);
                yield new Str(old.substring(0, from)
                        + switch (random.nextInt(4)) {
                            case 0 -> "";
                            case 1 -> piece + piece;
                            case 2 -> new StringBuilder(piece).reverse().toString();
                            default -> piece.replace(piece.charAt(0), (char) random.nextInt(128));
                        }
                        + old.substring(to));
            }
            case Arr array ->
                Arr.of(array.asList().stream().map(item -> mutate(item, random)).toList());
            case Obj object -> {
                ObjBuilder members = new ObjBuilder();
                object.forEach((key, member) -> members.put(key, mutate(member, random)));
                yield members.build();
            }
            default -> value;
        };
    }

    /** The document of the module's package. */
    private static String query(String text) {
        return "data." + text.lines().findFirst().orElseThrow().substring("package ".length());
    }

    @TestFactory
    Stream<DynamicTest> record_withOpa_isUpToDate() throws IOException {
        return names().map(name -> DynamicTest.dynamicTest(name, () -> {
            assumeTrue(Opa.isThere(), "no opa on the PATH");
            String query = query(Files.readString(DIRECTORY.resolve(name + ".rego")));
            String input = DIRECTORY.resolve(name + ".input.json").toString();
            Opa.Result result = Opa.run(
                    List.of("eval", "-f", "raw", "-i", input, "-d", DIRECTORY.resolve(name + ".rego") + "", query));
            Value wanted = Value.fromJson(Files.readString(DIRECTORY.resolve(name + ".want.json")));
            assertThat(Value.fromJson(result.text())).isEqualTo(wanted);
        }));
    }
}

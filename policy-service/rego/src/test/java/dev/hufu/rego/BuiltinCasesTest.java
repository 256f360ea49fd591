package dev.hufu.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

package dev.hufu.rego.fuzzing;

import dev.hufu.rego.Budget;
import dev.hufu.rego.CompileOptions;
import dev.hufu.rego.EvaluationException;
import dev.hufu.rego.Policy;
import dev.hufu.rego.RegoCompileException;
import dev.hufu.rego.Source;
import dev.hufu.rego.Value;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** An input on the first line, a module below: the evaluator gives a value within its budget, or throws its own exception. */
public final class EvaluatorFuzz {
    private static final Budget SMALL = new Budget(20_000, 50, 100_000, Duration.ofSeconds(1));

    private EvaluatorFuzz() {}

    /** Loads most classes, which takes long while they are instrumented, before anything is timed. */
    public static void fuzzerInitialize() {
        fuzzerTestOneInput("{}\npackage a\n\nb := [x | some x in input.c; not x.d == upper(\"e\")]"
                .getBytes(StandardCharsets.UTF_8));
    }

    /** Jazzer's entry. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int line = text.indexOf('\n');
        if (line < 0) {
            return;
        }
        try {
            Value input = Value.fromJson(text.substring(0, line));
            Policy policy = Policy.compile(
                    List.of(new Source("fuzz.rego", text.substring(line + 1))), CompileOptions.defaults());
            String value = policy.prepare("data")
                    .evaluate(input, null, SMALL)
                    .map(Value::toJson)
                    .orElse("undefined");
            CompilerFuzz.require(!value.isEmpty(), "a value without text");
        } catch (RegoCompileException refused) {
            CompilerFuzz.require(!refused.errors().isEmpty(), "errors without one");
        } catch (EvaluationException failed) {
            CompilerFuzz.require(!failed.code().isEmpty(), "an error without code");
        } catch (IllegalArgumentException noJson) {
            CompilerFuzz.require(noJson.getMessage() != null, "an error without words");
        }
    }
}

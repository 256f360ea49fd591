package dev.hufu.rego;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever the text, the compiler answers with its own error or a policy, and the policy with a value or its own error. */
class FuzzTest {
    private static final String SEED_TEXT = """
            # METADATA
            # title: seed
            package a.b["c"]

            import data.x as y
            import rego.v1

            default allow := false

            allow if { some k, v in input.xs; not v == k; every z in [1, 2] { z > 0 } }
            f(x, [y1, _]) := {"a": x, "b": {i | i := y1[_]}} if x != null else := $"t {x + 1} \\{" if { true }
            p[q].r contains s if { q := input.a[i][j]; s := [n | n := numbers.range(1, 3)[_]] with input.b as {1, 2} }
            raw := `x\\y` | {"u"} & set() - {1.5e3, -2}
            """;
    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        "(",
        ")",
        "\"",
        "`",
        "$\"",
        "$`",
        "|",
        ":=",
        "=",
        "==",
        ",",
        ";",
        "\n",
        "\t",
        "#",
        "not ",
        "some ",
        "every ",
        "in ",
        "with ",
        "as ",
        "if ",
        "else ",
        "contains ",
        "default ",
        "import ",
        "package ",
        "_",
        "x",
        "input",
        "data.",
        "1e",
        "0x",
        "-",
        ".",
        "\\u12",
        "# METADATA\n# a: [",
        "\u0000",
        "\uD800",
        "人",
        "count(",
        "walk(",
        "1e99999",
        "/",
        "%"
    };
    private static final Budget SMALL = new Budget(20_000, 50, 100_000, Duration.ofSeconds(2));

    private static void exercise(String text) {
        try {
            Policy policy = Policy.compile(List.of(new Source("fuzz.rego", text)), CompileOptions.defaults());
            policy.prepare("data").evaluate(Value.fromJson("{\"xs\":[1,2],\"a\":[[1]]}"), null, SMALL);
        } catch (RegoCompileException error) {
            assertThat(error.errors()).isNotEmpty();
        } catch (EvaluationException error) {
            assertThat(error.code()).isNotEmpty();
        }
    }

    private static String mutate(Random random, String text) {
        StringBuilder out = new StringBuilder(text);
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes && !out.isEmpty(); i++) {
            int at = random.nextInt(out.length());
            switch (random.nextInt(4)) {
                case 0 -> out.insert(at, PIECES[random.nextInt(PIECES.length)]);
                case 1 -> out.delete(at, Math.min(out.length(), at + 1 + random.nextInt(8)));
                case 2 -> out.setCharAt(at, (char) random.nextInt(128));
                default -> {
                    int from = random.nextInt(out.length());
                    out.insert(at, out.substring(from, Math.min(out.length(), from + random.nextInt(40))));
                }
            }
        }
        return out.toString();
    }

    private static void fuzz(long seed, int rounds) {
        Random random = new Random(seed);
        String text = SEED_TEXT;
        for (int i = 0; i < rounds; i++) {
            text = i % 20 == 0 ? SEED_TEXT : mutate(random, text);
            if (text.length() > 20_000) {
                text = SEED_TEXT;
            }
            try {
                exercise(text);
            } catch (RuntimeException | Error unexpected) {
                throw new AssertionError("seed " + seed + ", round " + i + ":\n" + text, unexpected);
            }
        }
    }

    @Test
    void compile_mutatedText_failsOnlyWithItsOwnErrors() {
        fuzz(20261123, 3_000);
    }

    @Test
    @Tag("soak")
    void compile_mutatedTextForLong_failsOnlyWithItsOwnErrors() {
        for (long seed = 1; seed <= 100; seed++) {
            fuzz(seed, 10_000);
        }
    }

    @Test
    void compile_deepNesting_isRefusedNotOverflown() {
        String[] units = {
            "[", "{", "(", "f(", "{\"a\":", "[x |", "not ", "x[", "$\"{", "- ", "1+", "x|", "{1:[", "every x in ["
        };
        for (String unit : units) {
            exercise("package p\n\nx := " + unit.repeat(2_000));
            exercise("package p\n\nx := " + unit.repeat(2_000) + "1");
            exercise("package p\n\nx if { " + unit.repeat(2_000));
        }
        exercise("package p\n\nx := 1 if false\n" + "else := 1 if false\n".repeat(5_000));
        exercise("package p\n\nx if {\n" + "  input.a == 1\n".repeat(5_000) + "}\n");
        exercise("package p\n\nx if {\n" + "  input.xs\n".repeat(5_000) + "}\n");
    }
}

package dev.hufu.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code and}, {@code or} and bodies of {@code not}, where they are imported. */
class LogicOperatorsTest {
    private static final String HEADER = "package m\nimport rego.v2\n";

    @TempDir
    Path directory = Path.of("");

    private static Policy compile(String text) throws RegoCompileException {
        return Policy.compile(List.of(new Source("m.rego", text)), CompileOptions.defaults());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '^',
            value = {
                "p if input.a and input.b ~ undefined",
                "p if input.a or input.b ~ true",
                "p if input.b or input.a and input.c == 3 ~ true",
                "p if (input.b or input.a) and input.b ~ undefined",
                "p if not input.b and not input.zz ~ true",
                "p if not { input.a; input.b } ~ true",
                "p if not (input.a or input.b) ~ undefined",
                "p if { x := 1; x > 0 } and { x := 2; x > 1 } ~ true",
                "p := [x | some x in [1, 2, 3]; x == 1 or x == 3] ~ [1, 3]",
                "p := [1 | { some x in [1, 2]; x > 0 } or true] ~ [1]",
                "p if input.a == 5 or input.c == 5 with input as {\"c\": 5} ~ true",
                "p if { input.c == 5 with input.c as 5 } and input.c == 3 ~ true",
                "p if (input.c == 5 with input.c as 5) and input.c == 3 ~ true",
                "p if every x in [1, 2] { x == 1 or x == 2 } ~ true",
                "p if not count(input.zz) == 1 ~ true",
                "p := 7 if (((input.a or input.b))) ~ 7",
                "p if ({1, 2} | {3}) == {1, 2, 3} and true ~ true",
                "p if ({input.a}) == {true} ~ true",
            })
    void evaluate_operators_asTheirPrecedenceSays(String rule, String wanted) throws Exception {
        String found = compile(HEADER + rule)
                .prepare("data.m.p")
                .evaluate(Value.fromJson("{\"a\": true, \"b\": false, \"c\": 3}"), null, Budget.DEFAULT)
                .map(Value::toString)
                .orElse("undefined");
        assertThat(found).isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '^',
            value = {
                "p if x := 1 and true ~ cannot assign vars inside implicit and operand",
                "p if not x := 1 ~ cannot assign vars inside negated expression",
                "p if { input.x == 1 with input.x as 1 or true } ~ `with` modifier is not allowed on operand of `or`",
                "p if print(1) or true ~ cannot consist only of calls to `print`",
                "p if true or {} ~ found empty body",
                "p if true or () ~ empty parenthesized group",
                "p if { x | y } and true ~ ambiguous",
                "p if true and y ~ var y is unsafe",
                "p if { y == 1 } or true ~ var y is unsafe",
                "p if true and { some z; true } ~ declared var z unused",
                "p if true and some x in [1] ~ unexpected some",
            })
    void compile_misusedOperator_isToldAsOpaDoes(String rule, String message) {
        assertThatThrownBy(() -> compile(HEADER + rule))
                .isInstanceOfSatisfying(
                        RegoCompileException.class,
                        error -> assertThat(error.errors().getFirst().message()).contains(message));
    }

    @Test
    void compile_wordsNotImported_areNames() throws Exception {
        Policy policy = compile("package m\nor := 1\nand := or + 1\np if not and == 1\n");
        assertThat(policy.prepare("data.m.p").evaluate(null, null, Budget.DEFAULT))
                .contains(Bool.TRUE);
    }

    @Test
    void compile_deepNesting_endsSoon() {
        String text = HEADER + "p if " + "{x | ".repeat(120) + "1" + "}".repeat(120);
        assertThatThrownBy(() -> compile(text)).isInstanceOf(RegoCompileException.class);
        String groups = HEADER + "p if " + "(".repeat(60) + "true" + ")".repeat(60);
        assertThat(groups).satisfies(one -> compile(one));
    }

    @Test
    void parse_operators_asOpaPrintsThem() throws Exception {
        assumeTrue(Opa.isThere(), "no opa on the PATH");
        String text = HEADER + """
                p if {
                    input.x and { a := 1; a > 0 } or not input.y with input.z as 3
                    not { input.q; input.r }
                    (input.a or input.b) and not (input.c and input.d)
                }
                """;
        Path file = Files.writeString(directory.resolve("m.rego"), text);
        Value theirs = Value.fromJson(
                Opa.run(List.of("parse", "--format", "json", file.toString())).text());
        Value ours = Policy.parse(new Source(file.toString(), text), false);
        assertThat(ours.get(new Str("rules"))).isEqualTo(theirs.get(new Str("rules")));
    }
}

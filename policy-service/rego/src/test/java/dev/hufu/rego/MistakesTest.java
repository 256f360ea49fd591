package dev.hufu.rego;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What authors write by mistake is answered with what to write instead. */
class MistakesTest {
    private static List<RegoError> errors(String text) {
        try {
            Policy.compile(List.of(new Source("m.rego", text)), CompileOptions.defaults());
            return List.of();
        } catch (RegoCompileException failed) {
            return failed.errors();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '^',
            value = {
                "allow { input.x } ~ write `name if { ... }`",
                "deny[msg] { msg := 1 } ~ write `name contains x if { ... }`",
                "allow if x > 1 ~ is it misspelt",
                "allow if { x := 1; x := 2; x == 2 } ~ use `=` or `==` to compare",
                "allow if { input.x = = 1 } ~ `==` compares",
                "allow if { input.x && input.y } ~ there is no `and`",
                "allow if { input.x || input.y } ~ there is no `or`",
                "allow if { !input.x } ~ write `not`",
                "allow if { len(input.x) == 1 } ~ use `count`",
                "allow if { input.x == 'y' } ~ double quotes",
                "allow if { for x in input.xs { x } } ~ write `some x in xs`",
                "allow if { if input.x { true } } ~ a condition is simply a line",
                "allow if { input.x == True } ~ write `true`",
                "allow if { input.x == 1, input.y == 2 } ~ lines of their own",
                "allow if { input.x in [1 2] } ~ is a comma missing",
                "allow if { input.x ~ is missing",
            })
    void compile_commonMistake_saysWhatToWrite(String rule, String hint) {
        List<RegoError> errors = errors("package m\n" + rule);
        assertThat(errors).isNotEmpty();
        assertThat(errors.getFirst().hint())
                .hasValueSatisfying(text -> assertThat(text).contains(hint));
    }

    @Test
    void compile_severalMistakes_areToldTogether() {
        String text = "package m\na if { input.x == 'y' }\n\nb { true }\n\nc := if true\n";
        assertThat(errors(text)).extracting(RegoError::row).containsExactly(2, 4, 6);
    }

    @Test
    void pointAt_mistake_showsTheLineAndACaret() {
        String text = "package m\nallow if !input.x\n";
        assertThat(errors(text).getFirst().pointAt(text))
                .isEqualTo("m.rego:2:10: rego_parse_error: illegal token (write `not`)\n\tallow if !input.x\n\t"
                        + " ".repeat(9) + "^");
    }
}

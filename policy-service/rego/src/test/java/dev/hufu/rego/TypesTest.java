package dev.hufu.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can never hold does not compile. */
class TypesTest {
    private static List<RegoError> errors(String text) {
        try {
            Policy.compile(List.of(new Source("t.rego", text)), CompileOptions.defaults());
            return List.of();
        } catch (RegoCompileException failed) {
            return failed.errors();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "x := \"a\" + 1 ~ plus: invalid argument(s)",
                "x if count(1) ~ count: invalid argument(s)",
                "x if \"a\" == 1 ~ match error",
                "x if 1 in [\"a\"] ~ match error",
                "x if { y := {\"a\": 1}; y.b } ~ undefined ref: y.b",
                "x := 1 ;; y if x.z ~ undefined ref: data.t.x.z",
                "f(a) := count(a) ;; x := f(1) ~ data.t.f: invalid argument(s)",
                "x := [1 | \"a\" == 1] ~ match error",
            })
    void compile_whatNeverHolds_isATypeError(String rule, String message) {
        assertThat(errors("package t\n" + rule.replace(" ;; ", "\n")))
                .extracting(RegoError::message)
                .containsExactly(message);
    }

    @Test
    void compile_documentReplacedByWith_isNotAssumed() {
        assertThat(errors("package t\np := 1\nq if p == \"a\"\n")).hasSize(1);
        assertThat(errors("package t\np := 1\nq if { p == \"a\" with data.t.p as \"a\" }\n"))
                .isEmpty();
    }

    @Test
    void prepare_queryThatNeverHolds_doesNotCompile() throws RegoCompileException {
        Policy policy = Policy.compile(List.of(new Source("t.rego", "package t\np := 1")), CompileOptions.defaults());
        assertThatThrownBy(() -> policy.prepareBindings("data.t.p == \"a\""))
                .isInstanceOf(RegoCompileException.class)
                .hasMessageContaining("match error");
    }
}

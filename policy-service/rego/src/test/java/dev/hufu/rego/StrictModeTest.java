package dev.hufu.rego;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is unused, hidden or deprecated; messages are OPA's. */
class StrictModeTest {
    private static final String TEXT = """
            package a

            import data.bar
            import data.bar
            import data.foo

            p if {
            	x := 1
            	y := 2
            	y > 1
            }

            q if {
            	some z
            	true
            }

            r(a, b) := a

            s if {
            	some k, v in input.x
            	v
            }

            t := [1 | w := 2]

            v if {
            	every i, j in [1] { j }
            }

            aa if {
            	[c, d] := [1, 2]
            	c
            }

            dd(x) if bar

            data := 1
            """;

    private static List<String> errors(String text, boolean strict) {
        try {
            Policy.compile(
                    List.of(new Source("a.rego", text)),
                    CompileOptions.defaults().withStrictMode(strict));
            return List.of();
        } catch (RegoCompileException failed) {
            return failed.errors().stream()
                    .map(error -> error.row() + ": " + error.message())
                    .toList();
        }
    }

    @Test
    void compile_lenient_refusesWhatVersionOneRefuses() {
        assertThat(errors(TEXT, false))
                .containsExactly(
                        "4: import must not shadow import data.bar",
                        "14: declared var z unused",
                        "28: declared var i unused",
                        "38: rules must not shadow data (use a different rule name)");
    }

    @Test
    void compile_strict_findsWhatIsUnused() {
        assertThat(errors(TEXT, true))
                .contains(
                        "5: import data.foo unused",
                        "8: assigned var x unused",
                        "18: unused argument b. (hint: use _ (wildcard variable) instead)",
                        "25: assigned var w unused",
                        "32: assigned var d unused",
                        "36: unused argument x. (hint: use _ (wildcard variable) instead)")
                .hasSize(10);
    }

    @Test
    void compile_deprecatedBuiltin_namesWhatToUse() {
        assertThat(errors("package a\nu if any([true])\n", false))
                .containsExactly("2: deprecated built-in function calls in expression: any");
    }
}

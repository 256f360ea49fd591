package dev.hufu.rego.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hufu.rego.RegoCompileException;
import dev.hufu.rego.RegoError;
import dev.hufu.rego.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How modules are laid out. */
class FormatterTest {
    private static String v1(String text) throws RegoCompileException {
        return Formatter.format(new Source("p.rego", "package p\n\n" + text), Formatter.Language.V1)
                .replaceFirst("package p\n\n?", "");
    }

    @Test
    void format_rulesOfOneLine_stayTogetherAsTheyStood() throws Exception {
        assertThat(v1("a:=1\nb:=2\n\n\n\nc:=3")).isEqualTo("""
                        a := 1
                        b := 2

                        c := 3
                        """);
    }

    @Test
    void format_comments_stayBesideAboveAndBelow() throws Exception {
        assertThat(v1("""
                # above

                # right above
                a if { # beside
                  # in
                      x  == 1 # equal

                  # last
                }
                # end""")).isEqualTo("""
                        # above

                        # right above
                        a if { # beside
                        	# in
                        	x == 1 # equal
                        	# last
                        }

                        # end
                        """);
    }

    @Test
    void format_collections_breakWhereTheyBroke() throws Exception {
        assertThat(v1("""
                a := {"x":1,"y":[1,
                  2],
                  "z": {3}}
                b := [
                1, 2]
                c := {"one": 1,"two":2}
                """)).isEqualTo("""
                        a := {
                        	"x": 1, "y": [
                        		1,
                        		2,
                        	],
                        	"z": {3},
                        }

                        b := [
                        	1, 2,
                        ]

                        c := {"one": 1, "two": 2}
                        """);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
                    x := ((1+2)*3)       => x := (1 + 2) * 3
                    x := 1 + 2*3         => x := 1 + (2 * 3)
                    x := 1.50e3          => x := 1.50e3
                    x := `a\\b`          => x := `a\\b`
                    x := a["b"]["c d"].e => x := a.b["c d"].e
                    x := plus(1,2)       => x := 1 + 2
                    x := {y|y=1}         => x := {y | y = 1}
                    x:=set()             => x := set()
                    default x=false      => default x := false
                    x = 1 if true        => x := 1
                    x if {y == 1}        => x if y == 1
                    f(a,_)=a             => f(a, _) := a
                    x.y.z:=1             => x.y.z := 1
                    x contains 1 if y in z => x contains 1 if y in z
                    x := $"a{ b }c"      => x := $"a{b}c"
                    x if some a,b in c   => x if some a, b in c
                    x if not y           => x if not y
                    """)
    void format_aLine_isWrittenThus(String written, String laidOut) throws Exception {
        assertThat(v1(written)).isEqualTo(laidOut + "\n");
    }

    @Test
    void format_elseAndWith_keepTheirLines() throws Exception {
        assertThat(v1("""
                a := 1 if {
                   x
                   y
                } else := 2 if {
                  z with input.a as 1
                    with input.b as 2
                }
                else := 3
                """)).isEqualTo("""
                        a := 1 if {
                        	x
                        	y
                        } else := 2 if {
                        	z with input.a as 1
                        		with input.b as 2
                        }

                        else := 3
                        """);
    }

    @Test
    void format_imports_areSortedInTheirGroups() throws Exception {
        assertThat(v1("import data.b # b\nimport data.a\n\nimport data.c as d\nx := 1\n"))
                .isEqualTo("import data.a\nimport data.b # b\n\nimport data.c as d\n\nx := 1\n");
    }

    @Test
    void format_commentWithoutALineOfItsOwn_leavesTheTermAsWritten() throws Exception {
        assertThat(v1("a := [ # one\n  1 ] # two\n")).isEqualTo("a := [ # one\n  1 ] # two\n");
    }

    @Test
    void format_wordsOfV0_stayV0() throws Exception {
        String text = "package p\n\np[x]{x=1}\nq=2{true}\n";
        assertThat(Formatter.format(new Source("p.rego", text), true))
                .isEqualTo("package p\n\np[x] {\n\tx = 1\n}\n\nq = 2\n");
    }

    @Test
    void format_v0ForBoth_importsWhatMakesItV1() throws Exception {
        String text = "package p\n\nimport future.keywords.in\n\np[x]{x=1}\nq=2{a in b}\n";
        assertThat(Formatter.format(new Source("p.rego", text), Formatter.Language.V0_TO_V1))
                .isEqualTo("package p\n\nimport rego.v1\n\np contains x if x = 1\nq := 2 if a in b\n");
    }

    @Test
    void format_v0ThatV1Refuses_saysWhere() {
        Source source = new Source("p.rego", "package p\n\nif { true }\n\nq { any([true]) }\n");
        assertThatThrownBy(() -> Formatter.format(source, Formatter.Language.V0_TO_V1))
                .isInstanceOfSatisfying(
                        RegoCompileException.class,
                        failed -> assertThat(failed.errors())
                                .extracting(RegoError::row)
                                .containsExactlyInAnyOrder(3, 5));
    }

    @Test
    void format_noModule_saysWhere() {
        assertThatThrownBy(() -> v1("a := \n"))
                .isInstanceOfSatisfying(
                        RegoCompileException.class,
                        failed -> assertThat(failed.errors())
                                .extracting(RegoError::file, RegoError::row)
                                .contains(org.assertj.core.groups.Tuple.tuple("p.rego", 4)));
    }

    @Test
    void format_elseWithTextBehindIt_keepsBothTexts() throws Exception {
        String text = "a := 1 if x\n\nelse := \"b\" if y == \"c\"\n";
        assertThat(v1(text)).isEqualTo(text);
    }

    /** In the build: whoever changes a policy lays it out. */
    @Test
    void policies_ofThisProject_areLaidOut() throws Exception {
        Path policies = Path.of(System.getProperty("hufu.root", "../..")).resolve("policies");
        List<String> others = new ArrayList<>();
        try (Stream<Path> files = Files.walk(policies)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".rego"))
                    .filter(path -> !path.toString().contains("target"))
                    .toList()) {
                String text = Files.readString(file);
                if (!Formatter.format(new Source(file.toString(), text), Formatter.Language.V1)
                        .equals(text)) {
                    others.add(file.toString());
                }
            }
        }
        assertThat(others).as("hufu policy fmt --write policies").isEmpty();
    }
}

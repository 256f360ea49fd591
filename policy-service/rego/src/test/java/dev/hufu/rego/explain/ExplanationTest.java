package dev.hufu.rego.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.rego.Budget;
import dev.hufu.rego.CompileOptions;
import dev.hufu.rego.Obj;
import dev.hufu.rego.RegoCompileException;
import dev.hufu.rego.Source;
import dev.hufu.rego.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    private static final TraceOptions WITH_VALUES = TraceOptions.DEFAULT.withValues(true);

    private static Trace trace(String module, String query, String input, TraceOptions options)
            throws RegoCompileException {
        return Explained.compile(List.of(new Source("p.rego", module)), CompileOptions.defaults())
                .prepare(query)
                .trace(Value.fromJson(input), Obj.EMPTY, Budget.DEFAULT, options);
    }

    private static String told(String module, String query, String input) throws RegoCompileException {
        return ExplanationText.of(Explanation.of(trace(module, query, input, WITH_VALUES)));
    }

    @Test
    void defaultValue_eachBody_isToldWithWhatFailedFirst() throws RegoCompileException {
        String module = """
                package p

                default allow := false

                allow if admin

                allow if {
                	input.action == "read"
                	some role in input.roles
                	role == "reader"
                }

                admin if input.roles[_] == "admin"
                """;
        assertThat(told(module, "data.p.allow", "{\"action\": \"read\", \"roles\": [\"hr\"]}"))
                .isEqualTo("""
                data.p.allow is false by default
                  ✗ p.rego:5  allow
                    ✗ 5  admin
                      data.p.admin is undefined   ✗ p.rego:13  admin
                        ✗ 13  input.roles[_] == "admin"
                  ✗ p.rego:7  allow
                    ✓ 8  input.action == "read"   [input.action = "read"]
                    ✓ 9  some role in input.roles
                    ✗ 10  role == "reader"   [role = "hr"]
                """);
    }

    @Test
    void negation_holds_becauseItsRuleDoesNot() throws RegoCompileException {
        String module = "package p\n\nallow if not blocked\n\nblocked if input.bad\n";
        assertThat(told(module, "data.p.allow", "{}")).isEqualTo("""
                data.p.allow = true   ✓ p.rego:3  allow
                  ✓ 3  not blocked
                    data.p.blocked is undefined   ✗ p.rego:5  blocked
                      ✗ 5  input.bad
                """);
        assertThat(told(module, "data.p.allow", "{\"bad\": 1}")).isEqualTo("""
                data.p.allow is undefined   ✗ p.rego:3  allow
                  ✗ 3  not blocked
                    data.p.blocked = true   ✓ p.rego:5  blocked
                      ✓ 5  input.bad   [input.bad = 1]
                """);
    }

    @Test
    void function_elseThatHeld_isToldWithItsArguments() throws RegoCompileException {
        String module = """
                package p

                level(x) := "high" if x > 10

                else := "low" if x > 5

                high if level(input.n) == "high"
                """;
        assertThat(told(module, "data.p.high", "{\"n\": 7}")).isEqualTo("""
                data.p.high is undefined   ✗ p.rego:7  high
                  ✗ 7  level(input.n) == "high"   fails at: data.p.level(input.n) == "high"   [data.p.level(input.n) = "low"]
                    data.p.level(7) = "low"   ✓ p.rego:5  else := "low"
                      ✓ 5  x > 5   [x = 7]
                """);
    }

    @Test
    void every_elementThatFails_isShown() throws RegoCompileException {
        String module = "package p\n\nall if {\n\tevery x in input.xs {\n\t\tx > 1\n\t}\n}\n";
        assertThat(told(module, "data.p.all", "{\"xs\": [2, 1]}"))
                .contains("✗ 4  every x in input.xs { …   [input.xs = [2, 1]]", "✗ 5  x > 1   [x = 1]");
    }

    @Test
    void comprehensionAndPartials_whatIsMissing_isShown() throws RegoCompileException {
        String module = """
                package p

                found if count({x | some x in input.xs; x > 5}) > 0

                big contains x if {
                	some x in input.xs
                	x > 5
                }

                at[k] := v if some k, v in input.o

                named if at.b
                """;
        String input = "{\"xs\": [2], \"o\": {\"a\": 1}}";
        assertThat(told(module, "data.p.found", input))
                .contains("fails at: count({x | …}) > 0   [count({x | …}) = 0]", "✗ 3  x > 5   [x = 2]");
        assertThat(told(module, "data.p.big", input)).contains("data.p.big is undefined", "✗ 7  x > 5   [x = 2]");
        assertThat(told(module, "data.p.named", input)).contains("data.p.at(\"b\") is undefined");
    }

    @Test
    void operators_eachOperandThatWasTried_isTold() throws RegoCompileException {
        String module = """
                package p

                import rego.v2

                both if input.a and helper and not input.b

                helper if input.h == 1

                either if input.a == 2 or helper

                mixed if {
                	(helper or input.a == 1)
                		and {
                			some x in input.xs
                			x > 5
                		}
                }

                free if not {
                	input.a
                	input.h == 2
                }

                bare if not helper
                """;
        String input = "{\"a\": 1, \"h\": 0, \"xs\": [3]}";
        assertThat(told(module, "data.p.both", input)).isEqualTo("""
                data.p.both is undefined   ✗ p.rego:5  both
                  ✗ 5  input.a and helper and not input.b
                    ✓ 5  input.a   [input.a = 1]
                    ✗ 5  helper
                      data.p.helper is undefined   ✗ p.rego:7  helper
                        ✗ 7  input.h == 1   [input.h = 0]
                """);
        assertThat(told(module, "data.p.both", "{\"a\": 1, \"h\": 1, \"b\": 3}"))
                .contains("    ✓ 5  helper\n", "    ✗ 5  not input.b");
        assertThat(told(module, "data.p.either", input))
                .contains(
                        "✗ 9  input.a == 2 or helper\n",
                        "    ✗ 9  input.a == 2   [input.a = 1]\n",
                        "    ✗ 9  helper\n");
        assertThat(told(module, "data.p.mixed", input)).isEqualTo("""
                data.p.mixed is undefined   ✗ p.rego:11  mixed
                  ✗ 12  (helper or input.a == 1) …
                    ✗ 12  helper
                      data.p.helper is undefined   ✗ p.rego:7  helper
                        ✗ 7  input.h == 1   [input.h = 0]
                    ✓ 12  input.a == 1   [input.a = 1]
                    ✓ 14  some x in input.xs
                    ✗ 15  x > 5   [x = 3]
                """);
        assertThat(told(module, "data.p.free", input)).isEqualTo("""
                data.p.free = true   ✓ p.rego:19  free
                  ✓ 19  not { …
                    ✓ 20  input.a   [input.a = 1]
                    ✗ 21  input.h == 2   [input.h = 0]
                """);
        assertThat(told(module, "data.p.bare", input)).contains("✓ 24  not helper\n", "data.p.helper is undefined");
    }

    @Test
    void function_thatWasNotCalled_isNotBlamed() throws RegoCompileException {
        String module = """
                package p

                current(record) if record.until > 5

                old if not current(input.known)

                fresh if current(input.none)
                """;
        assertThat(told(module, "data.p", "{\"known\": {\"until\": 1}}"))
                .contains("data.p.fresh is undefined   ✗ p.rego:7  fresh\n")
                .contains("✗ 7  current(input.none)\n")
                .containsOnlyOnce("data.p.current(");
    }

    @Test
    void head_ofConstants_isNoReason() throws RegoCompileException {
        String module = """
                package p

                reasons contains no_grant if not input.ok

                no_grant := {"code": "none"}
                """;
        assertThat(told(module, "data.p.reasons", "{}")).isEqualTo("""
                data.p.reasons = [{"code": "none"}]   ✓ p.rego:3  reasons contains no_grant
                  ✓ 3  not input.ok
                """);
    }

    @Test
    void with_whatIsReplaced_isExplainedAsItWasSeen() throws RegoCompileException {
        String module = "package p\n\nadmin if input.role == \"admin\"\n\nmock if admin with input.role as \"hr\"\n";
        assertThat(told(module, "data.p.mock", "{\"role\": \"admin\"}"))
                .contains("✗ 3  input.role == \"admin\"   [input.role = \"hr\"]");
    }

    @Test
    void again_aRuleAskedForTwice_isExplainedOnceAndNamedAfterwards() throws RegoCompileException {
        String module = "package p\n\nboth if {\n\tone\n\tone == true\n}\n\none if input.x\n";
        String text = told(module, "data.p.both", "{\"x\": 1}");
        assertThat(text).contains("data.p.one = true (told elsewhere)").containsOnlyOnce("8  input.x");
    }

    @Test
    void values_notAskedFor_areNowhere() throws RegoCompileException {
        String module =
                "package p\n\nallow if {\n\tsome n in input.names\n\tf(n)\n\tn == input.owner\n}\n\nf(x) if x != \"\"\n";
        Trace trace =
                trace(module, "data.p.allow", "{\"names\": [\"zhang\"], \"owner\": \"li\"}", TraceOptions.DEFAULT);
        Explanation explanation = Explanation.of(trace);
        assertThat(ExplanationText.of(explanation) + ExplanationJson.of(explanation) + trace)
                .doesNotContain("zhang", "\"li\"")
                .contains("n == input.owner");
    }

    @Test
    void print_andItsUndefinedParts_becomeNotes() throws RegoCompileException {
        String module = "package p\n\nallow if {\n\tprint(\"user\", input.user, input.none)\n\tinput.user\n}\n";
        Trace trace = trace(module, "data.p.allow", "{\"user\": \"a\"}", TraceOptions.DEFAULT);
        assertThat(trace.notes()).singleElement().extracting(Trace.Note::text).isEqualTo("user a <undefined>");
    }

    @Test
    void conflict_evaluationEnds_isToldUpToIt() throws RegoCompileException {
        String module = "package p\n\nx := 1 if input.a\n\nx := 2 if input.b\n";
        Trace trace = trace(module, "data.p.x", "{\"a\": 1, \"b\": 1}", TraceOptions.DEFAULT);
        assertThat(trace.error().orElse("")).contains("eval_conflict_error");
        assertThat(trace.documents())
                .singleElement()
                .extracting(d -> d.bodies().size())
                .isEqualTo(2);
    }

    @Test
    void size_whatDoesNotFit_isLeftOutAndSaid() throws RegoCompileException {
        String module = "package p\n\nx contains f(i) if some i in numbers.range(1, 5000)\n\nf(i) := i + 1 if i > 0\n";
        Trace trace = trace(module, "data.p.x", "{}", new TraceOptions(true, 100, 50));
        assertThat(trace.cut()).isTrue();
        assertThat(trace.documents()).hasSizeLessThanOrEqualTo(100);
        assertThat(trace.value()).isPresent();
    }

    @Test
    void text_longerThanItsBound_isCut() throws RegoCompileException {
        String module = "package p\n\nx if input.s == \"" + "长".repeat(500) + "\"\n";
        Trace trace = trace(module, "data.p.x", "{\"s\": 1}", new TraceOptions(false, 100, 40));
        assertThat(trace.documents()
                        .getFirst()
                        .bodies()
                        .getFirst()
                        .lines()
                        .getFirst()
                        .text())
                .hasSize(41)
                .endsWith("…");
    }

    @Test
    void json_failedRule_hasTheDocumentedMembers() throws RegoCompileException {
        var json = ExplanationJson.of(Explanation.of(
                trace("package p\n\nallow if not input.bad\n", "data.p.allow", "{\"bad\": 1}", WITH_VALUES)));
        var reason = json.at("/query/0/because/0");
        assertThat(reason.path("path").stringValue()).isEqualTo("data.p.allow");
        assertThat(reason.path("state").stringValue()).isEqualTo("undefined");
        var step = reason.at("/rules/0/steps/0");
        assertThat(step.path("held").booleanValue()).isFalse();
        assertThat(step.path("not").booleanValue()).isTrue();
        assertThat(step.path("row").intValue()).isEqualTo(3);
        assertThat(step.at("/reads/0").stringValue()).isEqualTo("input.bad");
        assertThat(step.at("/known/0/input.bad").intValue()).isEqualTo(1);
    }
}

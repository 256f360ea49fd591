package dev.hufu.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PolicyTest {
    private static final CompileOptions OPTIONS =
            CompileOptions.defaults().withClock(Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC));

    private static Optional<Value> evaluate(String text, String query, @Nullable String input) throws Exception {
        return evaluate(text, query, input, Budget.DEFAULT);
    }

    private static Optional<Value> evaluate(String text, String query, @Nullable String input, Budget budget)
            throws Exception {
        Policy policy = Policy.compile(List.of(new Source("p.rego", text)), OPTIONS);
        return policy.prepare(query).evaluate(input == null ? null : Value.fromJson(input), null, budget);
    }

    private static List<RegoError> errors(String text) {
        try {
            Policy.compile(List.of(new Source("p.rego", text)), OPTIONS);
            return List.of();
        } catch (RegoCompileException error) {
            return error.errors();
        }
    }

    @Test
    void evaluate_braceBehindIf_isReadAsOpaReadsIt() throws Exception {
        String text = """
                package p

                comprehension if {x | x := 1; false}

                body if { {1, 2} == {1} | {2} }

                orElse if {
                    false
                } else if {{1} | {2}}

                chained if { false } { true }

                member contains ({1} | {2})[_]

                called(1)
                """;

        assertThat(evaluate(text, "data.p.comprehension", "{}")).contains(Bool.TRUE);
        assertThat(evaluate(text, "data.p.body", "{}")).contains(Bool.TRUE);
        assertThat(evaluate(text, "data.p.orElse", "{}")).contains(Bool.TRUE);
        assertThat(evaluate(text, "data.p.chained", "{}")).contains(Bool.TRUE);
        assertThat(evaluate(text, "data.p.member", "{}").orElseThrow().toJson()).isEqualTo("[1,2]");
        assertThat(evaluate(text, "data.p.called(1)", "{}")).contains(Bool.TRUE);
        assertThat(errors("package p\n\nx := [y + 1 | y := 1]\n")).isNotEmpty();
    }

    @Test
    void evaluate_ordinaryPolicy_givesItsDecision() throws Exception {
        String text = """
                package example

                default allow := false

                allow if {
                    input.user == "alice"
                    some role in input.roles
                    role == "hr"
                }

                reasons contains {"code": "role"} if not allow
                """;

        assertThat(evaluate(text, "data.example", "{\"user\":\"alice\",\"roles\":[\"hr\"]}"))
                .contains(example(true));
        assertThat(evaluate(text, "data.example.allow", "{\"user\":\"bob\"}")).contains(Bool.FALSE);
        assertThat(evaluate(text, "data.example.reasons", "{}").orElseThrow().toJson())
                .isEqualTo("[{\"code\":\"role\"}]");
    }

    private static Value example(boolean allow) {
        return new ObjBuilder()
                .put("allow", Value.of(allow))
                .put("reasons", SetValue.EMPTY)
                .build();
    }

    @Test
    void evaluate_undefinedRule_isEmpty() throws Exception {
        assertThat(evaluate("package p\n\nx if input.y\n", "data.p.x", "{}")).isEmpty();
    }

    @Test
    void evaluate_conflictingValues_throwsConflict() {
        assertThatThrownBy(() -> evaluate("package p\n\nx := 1\n\nx := 2\n", "data.p.x", null))
                .isInstanceOfSatisfying(
                        EvaluationException.class,
                        error -> assertThat(error.code()).isEqualTo("eval_conflict_error"));
    }

    @Test
    void evaluate_now_isTheInjectedClocksAndOneInstant() throws Exception {
        assertThat(evaluate("package p\n\nx := time.now_ns()\n", "data.p.x", null))
                .contains(Value.of(1_767_323_045_000_000_000L));
    }

    @Test
    void evaluate_numbers_areExactAndPrintAsOpaPrintsThem() throws Exception {
        String text =
                "package p\n\nx := [0.1 + 0.2, 1 / 3, 100000000000000000000000000000001 + 1, 1.50, 0.00000001 * 1]\n";

        assertThat(evaluate(text, "data.p.x", null).orElseThrow().toJson())
                .isEqualTo("[0.3,0.33333333333333333334,100000000000000000000000000000002,1.50,1e-08]");
    }

    @Test
    void evaluate_hugeRange_endsInTheBudget() {
        Budget small = new Budget(100_000, 100, 100_000, Duration.ofSeconds(1));

        assertThatThrownBy(() -> evaluate("package p\n\nx := numbers.range(0, 1e12)\n", "data.p.x", null, small))
                .isInstanceOfSatisfying(
                        BudgetExceededException.class,
                        error -> assertThat(error.limit()).isEqualTo(BudgetExceededException.Limit.SIZE));
        String cubic = "package p\n\nxs := numbers.range(1, 1000)\n\nx := count([1 | xs[_]; xs[_]; xs[_]])\n";
        assertThatThrownBy(() -> evaluate(cubic, "data.p.x", null, small)).isInstanceOf(BudgetExceededException.class);
    }

    @Test
    void compile_severalMistakes_reportsEachAtItsPlace() {
        List<RegoError> errors = errors("package p\n\nx { true }\n\ny := \n\nz := 1\n\nq contains if\n");

        assertThat(errors).extracting(RegoError::row).containsExactly(3, 7, 9);
        assertThat(errors).extracting(RegoError::code).containsOnly("rego_parse_error");
        assertThat(errors.getFirst().message()).contains("`if` keyword is required");
    }

    @Test
    void compile_argumentTooMany_isRefusedInsideATermAndTakesTheValueInAStatement() {
        String functions = "package p\n\nf(x) := x\n";
        assertThat(errors(functions + "a := f(1, 2)\nb if f(f(1, 2)) == 1\n"))
                .extracting(RegoError::row)
                .containsExactly(4, 5);
        assertThat(errors(functions + "c if f(1, 1)\n")).isEmpty();
    }

    @Test
    void compile_unsafeVariable_isNamed() {
        assertThat(errors("package p\n\nx if not input.a[i]\n")).singleElement().satisfies(error -> {
            assertThat(error.code()).isEqualTo("rego_unsafe_var_error");
            assertThat(error.message()).isEqualTo("var i is unsafe");
            assertThat(error.row()).isEqualTo(3);
        });
    }

    @Test
    void compile_recursion_isRefusedWithItsPath() {
        List<RegoError> errors = errors("package p\n\na if b\n\nb if a\n\nc if a\n");

        assertThat(errors).extracting(RegoError::code).containsOnly("rego_recursion_error");
        assertThat(errors)
                .extracting(RegoError::message)
                .containsExactly(
                        "rule data.p.a is recursive: data.p.a -> data.p.b -> data.p.a",
                        "rule data.p.b is recursive: data.p.b -> data.p.a -> data.p.b");
    }

    @Test
    void compile_builtinOutsideCapabilities_isRefused() {
        CompileOptions options = OPTIONS.withCapabilities(Capabilities.all().without("count"));

        assertThatThrownBy(
                        () -> Policy.compile(List.of(new Source("p.rego", "package p\n\nx := count([])\n")), options))
                .isInstanceOf(RegoCompileException.class)
                .hasMessageContaining("count is not among the capabilities");
        assertThat(errors("package p\n\nx := no.such_function(1)\n").getFirst().message())
                .isEqualTo("undefined function no.such_function");
    }

    @Test
    void annotations_ofRulesAndPackages_carryCustomFields() throws Exception {
        String text = """
                # METADATA
                # title: House rules
                package p

                # METADATA
                # title: No export
                # custom:
                #   article: "38"
                #   text: { zh: 不得出境, en: no export }
                deny contains "x"
                """;
        List<Annotation> annotations =
                Policy.compile(List.of(new Source("p.rego", text)), OPTIONS).annotations();

        assertThat(annotations).extracting(Annotation::path).containsExactly("data.p", "data.p.deny");
        assertThat(annotations.getLast().title()).contains("No export");
        assertThat(annotations.getLast().row()).isEqualTo(10);
        assertThat(annotations.getLast().custom().toJson())
                .isEqualTo("{\"article\":\"38\",\"text\":{\"en\":\"no export\",\"zh\":\"不得出境\"}}");
    }

    @Test
    void evaluate_v0Module_onlyBehindItsFlag() throws Exception {
        String text = "package p\n\nx[y] { y := input.a[_] }\n";

        assertThat(errors(text)).isNotEmpty();
        Policy policy = Policy.compile(List.of(new Source("p.rego", text)), OPTIONS.withV0(true));
        assertThat(policy.prepare("data.p.x").evaluate(Value.fromJson("{\"a\":[2,1]}"), null, Budget.DEFAULT))
                .contains(SetValue.of(Value.of(1), Value.of(2)));
    }

    @Test
    void evaluate_numbersThatSquareThemselves_endInABudgetError() {
        StringBuilder text = new StringBuilder("package p\n\nm0 := 99999999999999999999999999\n");
        for (int i = 1; i < 60; i++) {
            text.append("m%d := m%d * m%d\n".formatted(i, i - 1, i - 1));
        }
        assertThatThrownBy(() -> evaluate(text.toString(), "data.p.m59", null))
                .isInstanceOf(BudgetExceededException.class)
                .hasMessageContaining("size");
    }

    @Test
    void evaluate_repeatsWithinRepeats_areRefusedAsInOpa() throws Exception {
        for (String wild : List.of("((((a{1,100}){1,100}){1,100}){1,100})b", "(a{500}){3}", "([]{}()]{20}x{60}){20}")) {
            assertThat(evaluate("package p\n\nx := regex.is_valid(`" + wild + "`)", "data.p.x", null))
                    .as(wild)
                    .contains(Bool.FALSE);
        }
        for (String tame : List.of("(a{500}){2}", "(a{999}b{999})*", "[{]{1000}", "\\Q(a{500}){3}\\E", "a{,9}{x}")) {
            assertThat(evaluate("package p\n\nx := regex.is_valid(`" + tame + "`)", "data.p.x", null))
                    .as(tame)
                    .contains(Bool.TRUE);
        }
    }
}

package dev.hufu.rego.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hufu.rego.Source;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LinterTest {
    private static final String TIGHT = "package p\n\n#tight\nallow if input.x\n";

    private static List<String> lint(LintOptions options, Source... sources) {
        return Linter.lint(List.of(sources), options).stream()
                .map(violation -> violation.place().file() + ":"
                        + violation.place().row() + ":" + violation.place().column() + " "
                        + violation.level().text() + " " + violation.rule())
                .toList();
    }

    private static List<String> lint(String config, String text) throws LintConfigException {
        return lint(LintOptions.of(LintConfig.parse(config)), new Source("p.rego", text));
    }

    @Test
    void lint_soundModule_findsNothing() {
        String text = """
                package policy.access

                default allow := false

                # People may read what is theirs.
                allow if {
                	input.action == "read"
                	some role in input.roles
                	role in {"reader", "writer"}
                }
                """;

        assertThat(lint(LintOptions.defaults(), new Source("policy/access/access.rego", text)))
                .isEmpty();
    }

    @Test
    void lint_severalRules_comeInOrderOfPlace() {
        String text = "package p\n\nallow = true if {\n\t\"a\" == input.x\n\tprint(input)\n}\n\n# todo: more\n";

        assertThat(lint(LintOptions.defaults(), new Source("b.rego", text), new Source("a.rego", TIGHT)))
                .containsExactly(
                        "a.rego:1:1 error no-defined-entrypoint",
                        "a.rego:3:1 error no-whitespace-comment",
                        "b.rego:1:1 error opa-fmt",
                        "b.rego:3:1 error use-assignment-operator",
                        "b.rego:4:2 error yoda-condition",
                        "b.rego:5:2 error print-or-trace-call",
                        "b.rego:8:1 error todo-comment");
    }

    @Test
    void lint_moduleThatDoesNotParse_isFoundAndOthersAreLinted() {
        Source broken = new Source("a.rego", "package p\n\nallow if {\n\tinput.x &&\n}\n");
        List<Violation> found = Linter.lint(List.of(broken, new Source("b.rego", TIGHT)), LintOptions.defaults());

        assertThat(found.getFirst().rule()).isEqualTo(Violation.PARSE_ERROR);
        assertThat(found.getFirst().level()).isEqualTo(Level.ERROR);
        assertThat(found.getFirst().place()).isEqualTo(new Violation.Place("a.rego", 4, 11, 4, 12));
        assertThat(found.getFirst().hint().en()).contains("there is no `and`");
        assertThat(found).extracting(Violation::rule).contains("no-whitespace-comment");
    }

    @Test
    void lint_v0Module_isToldHowToComeToV1() {
        assertThat(lint(LintOptions.defaults(), new Source("p.rego", "package p\n\nallow {\n\tinput.x\n}\n")))
                .containsExactly("p.rego:1:1 error use-rego-v1", "p.rego:3:1 error use-if");
    }

    @Test
    void violation_columns_areCodePointsAndEndBehindTheName() {
        String text = "package p\n\nx := [\"😀\", upper(\"a\")] if print(input)\n";
        Violation found = Linter.lint(
                        List.of(new Source("p.rego", text)),
                        LintOptions.defaults().only("print-or-trace-call"))
                .getFirst();

        assertThat(found.place()).isEqualTo(new Violation.Place("p.rego", 3, 27, 3, 32));
        assertThat(found.line()).isEqualTo("x := [\"😀\", upper(\"a\")] if print(input)");
        assertThat(found.title().zh()).startsWith("调用了");
    }

    @Test
    void ignoreDirective_aboveOrBehind_coversItsLineAndNamedRulesOnly() throws LintConfigException {
        String text = """
                package p

                # regal ignore:use-assignment-operator, yoda-condition
                allow = true if 1 < input.x

                deny = true if 1 < input.x # regal ignore:yoda-condition

                # regal ignore:use-assignment-operator
                # words that stand between
                other = 1
                third = 2
                """;

        assertThat(lint("", text))
                .containsExactly(
                        "p.rego:1:1 error opa-fmt",
                        "p.rego:6:1 error use-assignment-operator",
                        "p.rego:11:1 error use-assignment-operator");
    }

    @Test
    void config_levels_ruleGoesBeforeCategoryBeforeAll() throws LintConfigException {
        String config = """
                rules:
                  default:
                    level: ignore
                  style:
                    default:
                      level: warning
                    todo-comment:
                      level: error
                """;
        String text = "package p\n\n#tight\n# TODO\nallow if 1 == 1\n";

        assertThat(lint(config, text))
                .containsExactly("p.rego:3:1 warning no-whitespace-comment", "p.rego:4:1 error todo-comment");
    }

    @Test
    void config_settingsAndIgnoredFiles_areHeld() throws LintConfigException {
        LintConfig config = LintConfig.parse("""
                ignore:
                  files: ["vendor/**", "/only.rego"]
                rules:
                  style:
                    line-length: {max-line-length: 10}
                    no-whitespace-comment:
                      ignore: {files: ["*_test.rego"]}
                """);
        List<String> found = lint(
                LintOptions.of(config).only("no-whitespace-comment"),
                new Source("a.rego", TIGHT),
                new Source("a_test.rego", TIGHT),
                new Source("x/a_test.rego", TIGHT),
                new Source("vendor/deep/a.rego", TIGHT),
                new Source("only.rego", TIGHT),
                new Source("x/only.rego", TIGHT));

        assertThat(found)
                .containsExactly(
                        "a.rego:3:1 error no-whitespace-comment", "x/only.rego:3:1 error no-whitespace-comment");
        assertThat(lint(LintOptions.of(config).only("line-length"), new Source("a.rego", TIGHT)))
                .containsExactly("a.rego:4:1 error line-length");
    }

    @Test
    void config_malformed_isRefusedWithItsPlace() {
        assertThatThrownBy(() -> LintConfig.parse("rules: {style: {todo-comment: {level: loud}}}"))
                .isInstanceOf(LintConfigException.class)
                .hasMessage("rules.style.todo-comment.level is error, warning or ignore");
        assertThatThrownBy(() -> LintConfig.parse("rules: [a]")).hasMessage("rules is no mapping");
        assertThatThrownBy(() -> LintConfig.parse(
                        "rules: {bugs: {argument-always-wildcard: {except-function-name-pattern: '('}}}"))
                .hasMessageContaining("except-function-name-pattern is no pattern");
        assertThatThrownBy(() -> LintConfig.parse("a: [")).hasMessageStartingWith("not YAML");
    }

    @Test
    void config_unknownNames_areToldNotRefused() throws LintConfigException {
        LintConfig config = LintConfig.parse("rules: {style: {todo-coment: {level: ignore}}, stile: {}}\nrulez: {}\n");

        assertThat(config.unknown()).containsExactlyInAnyOrder("rulez", "rules.stile", "rules.style.todo-coment");
    }

    @Test
    void options_goBeforeTheConfigurationAndRulesBeforeCategories() throws LintConfigException {
        LintConfig config = LintConfig.parse("rules: {style: {no-whitespace-comment: {level: ignore}}}");
        String text = "package p\n\n#tight\n# TODO\nallow = true if input.x\n";
        LintOptions options = new LintOptions(
                config,
                Set.of("no-whitespace-comment", "todo-comment"),
                Set.of("todo-comment"),
                Set.of(),
                Set.of(Category.STYLE),
                false,
                false,
                List.of(),
                false);

        assertThat(lint(options, new Source("p.rego", text))).containsExactly("p.rego:3:1 error no-whitespace-comment");
    }

    @Test
    void report_formats_carryPlaceRuleAndHint() {
        List<Violation> found = Linter.lint(
                List.of(new Source("a,b.rego", TIGHT)), LintOptions.defaults().only("no-whitespace-comment"));
        LintReport report = new LintReport(found, 1);

        assertThat(report.pretty())
                .contains("no-whitespace-comment", "a,b.rego:3:1", "#tight", "Put a space behind `#`")
                .endsWith("1 file linted. 1 violation found (1 error).\n");
        assertThat(report.compact())
                .contains("a,b.rego:3:1: error: Comment should start with whitespace [style/no-whitespace-comment]");
        assertThat(report.github()).startsWith("::error file=a%2Cb.rego,line=3,col=1,");
        var violation = report.json().path("violations").path(0);
        assertThat(violation.path("title").asString()).isEqualTo("no-whitespace-comment");
        assertThat(violation.path("location").path("row").asInt()).isEqualTo(3);
        var result = report.sarif().path("runs").path(0).path("results").path(0);
        assertThat(result.path("ruleId").asString()).isEqualTo("no-whitespace-comment");
        assertThat(result.at("/locations/0/physicalLocation/region/startLine").asInt())
                .isEqualTo(3);
    }

    @Test
    void fileWithoutLinesOrWithUnusualEnds_isLinted() {
        assertThat(lint(LintOptions.defaults(), new Source("p.rego", "package p")))
                .containsExactly("p.rego:1:1 error opa-fmt");
        assertThat(lint(LintOptions.defaults(), new Source("p.rego", "package p\r\n\r\n#tight\r\nx := 1\r\n")))
                .containsExactly("p.rego:3:1 error no-whitespace-comment");
        assertThat(lint(LintOptions.defaults(), new Source("p.rego", "")))
                .containsExactly("p.rego:1:1 error parse-error");
    }
}

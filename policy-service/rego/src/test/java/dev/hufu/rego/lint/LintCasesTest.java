package dev.hufu.rego.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.rego.Source;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class LintCasesTest {
    @TestFactory
    Stream<DynamicTest> rule_badModules_findsEachPlaceAndNoOther() throws Exception {
        return LintCases.load().rules().entrySet().stream()
                .flatMap(rule -> rule.getValue().bad().stream()
                        .map(sources -> DynamicTest.dynamicTest(rule.getKey(), () -> holds(rule, sources))));
    }

    @TestFactory
    Stream<DynamicTest> rule_goodModules_findsNothing() throws Exception {
        return LintCases.load().rules().entrySet().stream()
                .flatMap(rule -> rule.getValue().good().stream()
                        .map(sources -> DynamicTest.dynamicTest(rule.getKey(), () -> holds(rule, sources))));
    }

    private static void holds(Map.Entry<String, LintCases.Rule> rule, List<Source> sources) {
        LintOptions options = LintOptions.of(rule.getValue().config()).only(rule.getKey());
        List<Violation> found = Linter.lint(LintCases.unmarked(sources), options);
        assertThat(found).allSatisfy(violation -> assertThat(violation.rule()).isEqualTo(rule.getKey()));
        assertThat(found.stream().map(LintCasesTest::place)).containsExactlyElementsOf(LintCases.marks(sources));
    }

    private static String place(Violation violation) {
        return violation.place().file() + ":" + violation.place().row() + ":"
                + violation.place().column();
    }

    @Test
    void everyRule_hasCasesAndWords() throws Exception {
        Map<String, LintCases.Rule> cases = LintCases.load().rules();
        assertThat(cases.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Linter.rules().stream().map(LintRule::name).toList());
        assertThat(cases.values()).allSatisfy(rule -> {
            assertThat(rule.bad()).isNotEmpty();
            assertThat(rule.good()).isNotEmpty();
            assertThat(rule.bad())
                    .allSatisfy(sources -> assertThat(LintCases.marks(sources)).isNotEmpty());
        });
        assertThat(Linter.rules())
                .allSatisfy(rule -> assertThat(List.of(
                                rule.title().zh(),
                                rule.title().en(),
                                rule.hint().zh(),
                                rule.hint().en()))
                        .noneMatch(String::isBlank));
    }
}

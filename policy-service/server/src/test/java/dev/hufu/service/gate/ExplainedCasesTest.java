package dev.hufu.service.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.rego.Budget;
import dev.hufu.rego.CompileOptions;
import dev.hufu.rego.Source;
import dev.hufu.rego.explain.Explained;
import dev.hufu.rego.explain.ExplainedQuery;
import dev.hufu.rego.explain.Explanation;
import dev.hufu.rego.explain.ExplanationText;
import dev.hufu.rego.explain.TraceOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every shipped denial, explained. */
class ExplainedCasesTest {
    private static final Pattern CODE =
            Pattern.compile("(\\w+) := \\{\\s*\"rule\": \"[^\"]*\",\\s*\"code\": \"([^\"]*)\"");

    @Test
    void denials_ofAllCases_nameEachRuleThatDenied() throws Exception {
        List<Source> sources = new ArrayList<>();
        Map<String, String> constants = new HashMap<>();
        ShippedBundle.BUNDLE.modules().forEach((file, text) -> {
            sources.add(new Source(file, text));
            Matcher matcher = CODE.matcher(text);
            while (matcher.find()) {
                constants.put(matcher.group(2), matcher.group(1));
            }
        });
        ExplainedQuery query =
                Explained.compile(sources, CompileOptions.defaults()).prepare("data.hufu.decision");
        Map<String, CaseDocuments> documents = new HashMap<>();
        CaseDocuments.all(ShippedBundle.BUNDLE, ShippedBundle.FACTS).forEach(one -> documents.put(one.name(), one));
        int denials = 0;
        for (PolicyCase one : CaseFile.read(ShippedBundle.BUNDLE.cases())) {
            CaseDocuments document = documents.get(one.name());
            assertThat(document).isNotNull();
            Explanation explanation = Explanation.of(
                    query.trace(document.input(), document.data(), Budget.DEFAULT, TraceOptions.DEFAULT));
            assertThat(explanation.cut()).as(one.name()).isFalse();
            if (one.outcome() == Outcome.DENY) {
                denials++;
                String text = ExplanationText.of(explanation);
                one.reasons()
                        .keySet()
                        .forEach(code -> assertThat(text)
                                .as(one.name())
                                .containsPattern("✓ [^\n]*deny contains " + constants.get(code)));
            }
        }
        assertThat(denials).isGreaterThan(50);
    }
}

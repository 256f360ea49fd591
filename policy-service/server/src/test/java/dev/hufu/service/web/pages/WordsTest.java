package dev.hufu.service.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.service.gate.Obligation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.support.ResourceBundleMessageSource;

class WordsTest {
    static Words words(Language language) {
        var messages = new ResourceBundleMessageSource();
        messages.setBasename("messages");
        messages.setDefaultEncoding(StandardCharsets.UTF_8.name());
        messages.setFallbackToSystemLocale(false);
        messages.setAlwaysUseMessageFormat(true);
        return new Words(language, messages, ZoneId.of("Asia/Shanghai"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PIPL 17             | 《个人信息保护法》第 17 条                        | PIPL Art. 17",
                "PIPL 28, 55         | 《个人信息保护法》第 28、55 条                    | PIPL Art. 28, 55",
                "PIPL 13-1-2; LCL 4  | 《个人信息保护法》第 13 条第 1 款第 2 项；《劳动合同法》第 4 条 | PIPL Art. 13(1)(2); LCL Art. 4",
                "PIPL 13-1-3, 13-1-7 | 《个人信息保护法》第 13 条第 1 款第 3 项、第 13 条第 1 款第 7 项 | PIPL Art. 13(1)(3), 13(1)(7)",
                "house rule          | house rule                                  | house rule"
            })
    void article_asRulesWriteIt_isNamedAsReadersNameIt(String article, String zh, String en) {
        assertThat(words(Language.ZH).article(article)).isEqualTo(zh);
        assertThat(words(Language.EN).article(article)).isEqualTo(en);
    }

    @Test
    void obligation_ofEveryKind_hasWords() {
        List<Obligation> all = List.of(
                new Obligation.MinGroupSize(20),
                new Obligation.Dominance(2, 85),
                new Obligation.Dp(0.5, 1e-9, "person"),
                new Obligation.Fields(List.of("a"), List.of("b"), List.of("c")),
                new Obligation.RowFilter("org_unit", List.of("x", "y")),
                new Obligation.ExpiresAt(Instant.parse("2026-11-23T16:00:00Z")),
                new Obligation.HumanReview(),
                new Obligation.Explain(),
                new Obligation.SecondApproval(),
                new Obligation.Notify(),
                new Obligation.Watermark());
        for (Language language : Language.values()) {
            for (Obligation obligation : all) {
                assertThat(words(language).obligation(obligation, Map.of()))
                        .isNotBlank()
                        .doesNotContain("{");
            }
        }
        assertThat(words(Language.ZH).obligation(all.get(0), Map.of())).isEqualTo("度量取自至少 20 人的群组，人数更少的分组不显示");
        assertThat(words(Language.EN).obligation(all.get(5), Map.of())).isEqualTo("Valid until 2026-11-24 00:00:00");
        assertThat(words(Language.EN).obligation(all.get(4), Map.of("org_unit", "Unit")))
                .isEqualTo("Only people with Unit = x, y");
    }

    @Test
    void number_anySize_separatesThousandsAndPadsNothing() {
        assertThat(words(Language.ZH).number(1_234_567)).isEqualTo("1,234,567");
        assertThat(words(Language.ZH).number(3.5, 2)).isEqualTo("3.5");
    }
}

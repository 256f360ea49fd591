package dev.hufu.service.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.service.HufuServerTest;
import dev.hufu.service.web.Caller;
import dev.hufu.service.web.ProblemType;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.MessageSource;

/** Where the {@code type} of an error leads, without any account. */
@HufuServerTest
class ProblemPagesTest {
    @LocalServerPort
    int port;

    @Autowired
    MessageSource messages;

    @ParameterizedTest
    @EnumSource
    void page_ofEachProblem_saysWhatItMeansWhoCanMendItAndWhatToDo(ProblemType type) {
        for (Language language : Language.values()) {
            var page = PageReader.nobody(port).get(type.uri() + "?lang=" + language.code());
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body())
                    .contains(
                            escaped(type.title(language == Language.ZH)),
                            said("problem." + type.slug() + ".means", language),
                            said("problem.blame." + type.blame().wire() + ".who", language),
                            said("problem." + type.slug() + ".next", language))
                    .doesNotContain("??");
        }
    }

    @Test
    void list_namesEveryProblem() {
        String page = PageReader.nobody(port).text("/problems");
        for (ProblemType type : ProblemType.values()) {
            assertThat(page).contains("href=\"" + type.uri() + "\"");
        }
    }

    @Test
    void type_ofAnErrorAsAnswered_leadsToItsPage() {
        String type =
                Caller.nobody(port).get("/api/v1/datasets").json().path("type").asString();
        assertThat(type).isEqualTo(ProblemType.UNAUTHENTICATED.uri());
        assertThat(PageReader.nobody(port).get(type).statusCode()).isEqualTo(200);
    }

    @Test
    void page_ofNoProblem_isNotFound() {
        assertThat(PageReader.nobody(port).get("/problems/none-of-that-name").statusCode())
                .isEqualTo(404);
    }

    private String said(String key, Language language) {
        return escaped(messages.getMessage(key, null, Locale.forLanguageTag(language.tag())));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}

package dev.hufu.service.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.ModelAndView;

class FrameTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,  -,  -,              ZH",
                "-,  -,  'en-GB,zh;q=0.5', EN",
                "-,  -,  'fr,zh-TW;q=0.8', ZH",
                "-,  -,  'fr,de',          ZH",
                "-,  en, 'zh-CN',          EN",
                "-,  xx, 'en',             EN",
                "zh, en, 'en',             ZH",
                "xx, en, 'zh',             EN"
            })
    void language_askedRememberedAccepted_inThisOrder(
            @Nullable String asked, @Nullable String cookie, @Nullable String accept, Language expected) {
        var request = new MockHttpServletRequest("GET", "/login");
        if (asked != null) {
            request.setQueryString("x=1&lang=" + asked);
        }
        if (cookie != null) {
            request.setCookies(new Cookie("lang", cookie));
        }
        if (accept != null) {
            request.addHeader("Accept-Language", accept);
            request.setPreferredLocales(java.util.Locale.LanguageRange.parse(accept).stream()
                    .map(r -> java.util.Locale.forLanguageTag(r.getRange()))
                    .toList());
        }
        assertThat(LanguageChoice.language(request)).isEqualTo(expected);
    }

    @Test
    void frame_ofARenderedPage_switchesLanguageOnTheSamePageAndKeepsItsParameters() {
        var request = new MockHttpServletRequest("GET", "/query");
        request.setQueryString("purpose=dpv%3APersonnelPayment&sql=a%20%26%20b&lang=zh");
        var response = new MockHttpServletResponse();
        Frame frame = framed(request, response);
        assertThat(frame.languageTag()).isEqualTo("zh-CN");
        assertThat(frame.switchHref()).isEqualTo("/query?purpose=dpv:PersonnelPayment&sql=a%20%26%20b&lang=en");
        assertThat(response.getHeader("Set-Cookie"))
                .startsWith("lang=zh;")
                .contains("HttpOnly")
                .contains("SameSite=Lax");
    }

    @Test
    void frame_ofAnyPage_letsNothingRunButOurOwnFiles() {
        var response = new MockHttpServletResponse();
        framed(new MockHttpServletRequest("GET", "/"), response);
        assertThat(response.getHeader("Content-Security-Policy"))
                .contains("default-src 'none'")
                .doesNotContain("unsafe")
                .doesNotContain("http");
        assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void switchHref_addressWithTwoSlashes_doesNotLeadToAnotherHost() {
        Frame frame = framed(new MockHttpServletRequest("GET", "//evil.example/x"), new MockHttpServletResponse());
        assertThat(frame.switchHref()).isEqualTo("/?lang=en");
    }

    @Test
    void links_byRole_areThePagesOfThatRole() {
        assertThat(hrefs("analyst")).containsExactly("/query");
        assertThat(hrefs("employee")).containsExactly("/my-data");
        assertThat(hrefs("legal")).containsExactly("/policy", "/query");
        assertThat(hrefs("auditor")).containsExactly("/policy", "/witnesses");
        assertThat(hrefs("security")).containsExactly("/policy", "/witnesses", "/query");
        assertThat(hrefs("admin")).isEmpty();
    }

    private static List<String> hrefs(String role) {
        return Navigation.links(List.of(role), "/").stream()
                .map(Frame.Link::href)
                .toList();
    }

    private static Frame framed(MockHttpServletRequest request, MockHttpServletResponse response) {
        var page = new ModelAndView("any");
        new FrameInterceptor(true).postHandle(request, response, "handler", page);
        return (Frame) Objects.requireNonNull(page.getModel().get("frame"));
    }
}

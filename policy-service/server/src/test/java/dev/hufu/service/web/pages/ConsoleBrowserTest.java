package dev.hufu.service.web.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import dev.hufu.service.HufuServerTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The console as people meet it, in a real browser. Skipped, with a word, where there is none. */
@HufuServerTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleBrowserTest {
    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    @LocalServerPort
    int port;

    private Chromium browser;

    @BeforeAll
    void start() {
        Optional<Path> installed = Chromium.installed();
        assumeTrue(installed.isPresent(), "no Chromium here; HUFU_CHROMIUM names one");
        browser = Chromium.start(installed.get(), "http://127.0.0.1:" + port);
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    static Stream<Arguments> pages() {
        return Stream.of(
                Arguments.of("", "/login"),
                Arguments.of("", "/login?error"),
                Arguments.of("analyst", "/nowhere"),
                Arguments.of("analyst", "/query"),
                Arguments.of("steward", "/query"),
                Arguments.of("employee", "/my-data"),
                Arguments.of("employee", "/my-data?month=2020-01"),
                Arguments.of("admin", "/"),
                Arguments.of("steward", "/?about"),
                Arguments.of("admin", "/logout"),
                Arguments.of("admin", "/account/password"),
                // the author's pages and the problems
                Arguments.of("legal", "/policy"),
                Arguments.of("security", "/policy?article=PIPL+17&outcome=deny"),
                Arguments.of("auditor", "/policy?article=PIPL+9999"),
                Arguments.of("legal", "/policy/files/lawpacks/cn/purpose.rego"),
                Arguments.of("legal", "/policy/cases/hr_automatedScreening_permittedWithReviewAndExplanation"),
                Arguments.of("auditor", "/witnesses"),
                Arguments.of("", "/problems"),
                Arguments.of("analyst", "/problems/sql-refused"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("pages")
    void page_inBothLanguagesWideAndNarrow_isAccessibleAndFitsAndRunsNothingForeign(String account, String path) {
        for (Language language : Language.values()) {
            for (int width : new int[] {360, 1440}) {
                try (BrowserContext window = browser.window(account, language, width, true)) {
                    Page page = window.newPage();
                    List<String> blocked = new ArrayList<>();
                    page.onConsoleMessage(m -> {
                        if (m.text().contains("Content Security Policy")
                                || m.text().contains("Refused to")) {
                            blocked.add(m.text());
                        }
                    });
                    Response response = page.navigate(path);
                    sound(page, response, language, width);
                    assertThat(blocked).isEmpty();
                }
            }
        }
    }

    /** What holds of every page. */
    static void sound(Page page, Response response, Language language, int width) {
        String where = page.url() + " " + language + " " + width;
        assertThat(page.locator("html").getAttribute("lang")).as(where).isEqualTo(language.tag());
        assertThat(page.locator("h1").count()).as(where).isEqualTo(1);
        assertThat(page.title()).as(where).isNotBlank();
        assertThat(page.content()).as(where + ": a message without words").doesNotContain("??");
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .as(where + ": scrolls sideways")
                .isLessThanOrEqualTo(width);
        assertThat(response.headerValue("content-security-policy"))
                .as(where)
                .contains("default-src 'none'")
                .doesNotContain("unsafe");
        assertThat(response.headerValue("cache-control")).as(where).contains("no-store");
        assertThat(new AxeBuilder(page)
                        .withTags(RULES).analyze().getViolations().stream()
                                .map(v -> v.getId() + " "
                                        + v.getNodes().stream()
                                                .map(n -> n.getHtml())
                                                .toList())
                                .toList())
                .as(where)
                .isEmpty();
    }

    @Test
    void signIn_byKeyboardAlone_leadsToThePageOfTheRoleAndOutAgain() {
        try (BrowserContext window = browser.window("", Language.EN, 1440, true)) {
            Page page = window.newPage();
            page.navigate("/");
            assertThat(page.url()).contains("/login");
            page.keyboard().type("employee");
            page.keyboard().press("Tab");
            page.keyboard().type(HufuServerTest.PASSWORD);
            page.keyboard().press("Enter");
            page.waitForURL("**/my-data");
            page.keyboard().press("Tab");
            assertThat(page.evaluate("document.activeElement.getAttribute('href')"))
                    .isEqualTo("#main");
            page.keyboard().press("Enter");
            assertThat(page.evaluate("document.activeElement.id")).isEqualTo("main");
            page.locator("header form button").focus();
            page.keyboard().press("Enter");
            page.waitForURL("**/login?logout");
            assertThat(page.locator("main").textContent()).contains("You are signed out.");
        }
    }

    @Test
    void signIn_wrongPassword_saysWhatToDoAndKeepsTheReaderOut() {
        try (BrowserContext window = browser.window("", Language.ZH, 360, true)) {
            Page page = window.newPage();
            page.navigate("/login");
            page.fill("#username", "nobody-of-that-name");
            page.fill("#password", "not the password");
            page.click("main button.go");
            page.waitForURL("**/login?error");
            assertThat(page.locator("[role=status]").textContent()).contains("账号与密码不匹配");
            page.navigate("/query");
            assertThat(page.url()).contains("/login");
        }
    }

    @Test
    void language_switched_isRememberedOnTheNextPage() {
        try (BrowserContext window = browser.window("analyst", Language.ZH, 1440, true)) {
            Page page = window.newPage();
            page.navigate("/logout");
            page.click("header a[hreflang=en]");
            assertThat(page.locator("h1").textContent()).isEqualTo("Sign out?");
            page.navigate("/logout");
            assertThat(page.locator("html").getAttribute("lang")).isEqualTo("en");
        }
    }

    @Test
    void pages_withoutScripts_workJustAsWell() {
        try (BrowserContext window = browser.window("", Language.EN, 360, false)) {
            Page page = window.newPage();
            page.navigate("/login");
            page.fill("#username", "employee");
            page.fill("#password", HufuServerTest.PASSWORD);
            page.click("main button.go");
            page.waitForURL("**/my-data");
            assertThat(page.locator("h1").textContent()).startsWith("In the past 30 days");
            assertThat(page.locator("nav.nav a").isVisible()).isTrue();
            page.click("header form button");
            page.waitForURL("**/login?logout");
        }
    }

    @Test
    void pageOfAnotherRole_saysSoInsteadOfABareNumber() {
        try (BrowserContext window = browser.window("analyst", Language.EN, 1440, true)) {
            Page page = window.newPage();
            Response response = page.navigate("/my-data");
            assertThat(response.status()).isEqualTo(403);
            assertThat(page.locator("h1").textContent()).isEqualTo("This page is not open to your role.");
            assertThat(page.locator("main").textContent()).contains("What to do next");
        }
    }

    @Test
    void myData_anotherPersonInTheAddress_changesNothing() {
        try (BrowserContext window = browser.window("employee", Language.EN, 1440, true)) {
            Page page = window.newPage();
            page.navigate("/my-data");
            String own = page.locator("main").textContent();
            for (String address : List.of(
                    "/my-data?employee=E000002", "/my-data?employeeId=E000002&subject=2", "/my-data?id=E000002")) {
                page.navigate(address);
                assertThat(page.locator("main").textContent()).isEqualTo(own);
            }
            assertThat(page.navigate("/my-data/E000002").status()).isEqualTo(404);
        }
    }
}

package dev.hufu.service.web.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.Cookie;
import dev.hufu.service.HufuServerTest;
import dev.hufu.service.web.Readiness;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The analyst's page in a real browser. Skipped, with a word, where there is none. */
@HufuServerTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryPageBrowserTest {
    private static final double PATIENCE_MILLIS = 60_000;

    @LocalServerPort
    int port;

    @Autowired
    Readiness readiness;

    private Chromium browser;

    @BeforeAll
    void start() throws InterruptedException {
        Optional<Path> installed = Chromium.installed();
        assumeTrue(installed.isPresent(), "no Chromium here; HUFU_CHROMIUM names one");
        for (int i = 0; i < 1200 && !(readiness.state() instanceof Readiness.State.Ready); i++) {
            Thread.sleep(200);
        }
        readiness.require();
        browser = Chromium.start(installed.get(), "http://127.0.0.1:" + port);
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void form_languageSwitched_keepsWhatWasWritten() {
        try (BrowserContext window = browser.window("analyst", Language.EN, 1440, true)) {
            Page page = window.newPage();
            page.navigate("/query");
            page.fill("#sql", "SELECT brand, count(*) FROM pay GROUP BY brand");
            page.fill("#justification", "a review");
            page.click("header a[hreflang]");
            page.waitForURL("**lang=zh**");
            assertThat(page.inputValue("#sql")).isEqualTo("SELECT brand, count(*) FROM pay GROUP BY brand");
            assertThat(page.inputValue("#justification")).isEqualTo("a review");
            page.navigate("/query");
            assertThat(page.inputValue("#justification")).isEmpty();
        }
    }

    @Test
    void form_sessionEndedAndSignedInAnew_isThereAsItWasLeft() {
        try (BrowserContext window = browser.window("", Language.EN, 1440, true)) {
            Page page = window.newPage();
            signIn(page, "analyst");
            reason(page);
            page.fill("#sql", "SELECT brand, count(*) FROM pay GROUP BY brand");
            window.clearCookies();
            page.click("button[value=run]");
            page.waitForURL("**/login**");
            window.addCookies(List.of(new Cookie("lang", "en").setUrl("http://127.0.0.1:" + port)));
            assertThat(page.url()).doesNotContain("SELECT");
            signIn(page, "analyst");
            assertThat(page.inputValue("#sql")).isEqualTo("SELECT brand, count(*) FROM pay GROUP BY brand");
            assertThat(page.inputValue("#purpose")).isEqualTo("dpv:PersonnelPayment");
            assertThat(page.locator("#restored").isVisible()).isTrue();
            page.navigate("/query");
            assertThat(page.inputValue("#sql")).startsWith("SELECT org_unit");
        }
    }

    private static void signIn(Page page, String account) {
        page.navigate(page.url().contains("/login") ? page.url() : "/login");
        page.fill("#username", account);
        page.fill("#password", HufuServerTest.PASSWORD);
        page.click("main button.go");
        page.waitForURL("**/query");
    }

    @Test
    void months_byGroup_areSmallPicturesThatMarkWhatIsCarriedOver() {
        try (BrowserContext window = browser.window("analyst", Language.EN, 1440, true)) {
            Page page = window.newPage();
            page.navigate("/query");
            ask(page, "panels", "SELECT month, gender, avg(monthly_pay) FROM pay GROUP BY month, gender");
            int rows = page.locator("table.figures tbody tr").count();
            assertThat(page.locator("svg.chart-wide .dot").count()).isEqualTo(rows);
            assertThat(page.locator("svg.chart-wide .dot-carried").count())
                    .isEqualTo(page.locator("table.figures tbody th:has-text('as of')")
                            .count());
        }
    }

    @Test
    void result_onAPhone_showsTheFiguresOfSeveralDimensionsWithoutScrolling() {
        try (BrowserContext window = browser.window("analyst", Language.EN, 360, true)) {
            Page page = window.newPage();
            page.navigate("/query");
            ask(page, "phone", "SELECT gender, grade, count(*), avg(monthly_pay) FROM pay GROUP BY gender, grade");
            assertThat((Boolean)
                            page.locator(".scroll.table").evaluate("table => table.scrollWidth <= table.clientWidth"))
                    .isTrue();
        }
    }

    @Test
    void columns_ofResultAndForm_beginAtOneHeight() {
        try (BrowserContext window = browser.window("analyst", Language.EN, 1440, true)) {
            Page page = window.newPage();
            page.navigate("/query");
            assertThat(top(page, "form .card")).isEqualTo(top(page, "aside .card"));
            ask(page, "columns", "SELECT gender, count(*) FROM pay GROUP BY gender");
            assertThat(top(page, ".cols .card")).isEqualTo(top(page, "aside .card"));
        }
    }

    private static double top(Page page, String selector) {
        return page.locator(selector).first().boundingBox().y;
    }

    @Test
    void ask_byKeyboardAlone_showsTableChartAndAReceiptThatBecomesProven() {
        try (BrowserContext window = browser.window("analyst", Language.EN, 1440, true)) {
            Page page = window.newPage();
            page.navigate("/query");
            reason(page);
            page.locator("#sql").focus();
            page.keyboard().press("Control+Enter");
            page.waitForURL("**/query/results/*");
            assertThat(page.locator("h1").textContent()).isEqualTo("Persons, average monthly pay by unit");
            assertThat(page.locator("table.figures tbody tr").count()).isGreaterThanOrEqualTo(5);
            assertThat(page.locator("svg.chart-wide .bar").count())
                    .isEqualTo(page.locator("table.figures tbody tr").count());
            assertThat(page.locator("svg.chart-wide").isVisible()).isTrue();
            assertThat(page.locator("svg.chart-narrow").isVisible()).isFalse();
            assertThat(page.locator("#receipt .tag"))
                    .containsText("proven", new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MILLIS));
            String address = page.url();
            page.reload();
            assertThat(page.url()).isEqualTo(address);
            page.getByText("Adjust and ask again").focus();
            page.keyboard().press("Enter");
            page.waitForURL("**/query?from=*");
            assertThat(page.locator("#sql").inputValue()).startsWith("SELECT org_unit");
            assertThat(page.locator(".recent a").first().textContent()).contains("average monthly pay by unit");
        }
    }

    @Test
    void deny_unstatedPurpose_saysWhyAndBringsTheFormBackFilled() {
        try (BrowserContext window = browser.window("analyst", Language.EN, 360, true)) {
            Page page = window.newPage();
            page.navigate("/query");
            reason(page);
            page.selectOption("#purpose", "dpv:PersonnelBehaviourMonitoring");
            page.click("button[value=run]");
            page.waitForURL("**/query/results/*");
            assertThat(page.locator("h1").textContent()).startsWith("Not run.");
            assertThat(page.locator(".reasons").textContent()).contains("PIPL Art. 17", "What you can do:");
            assertThat(page.locator("#receipt").isVisible()).isTrue();
            page.click("text=Change the question");
            page.waitForURL("**/query?from=*");
            assertThat(page.locator("#purpose").inputValue()).isEqualTo("dpv:PersonnelBehaviourMonitoring");
        }
    }

    @Test
    void refuse_measureInWhere_marksThePlaceAndKeepsTheText() {
        try (BrowserContext window = browser.window("analyst", Language.ZH, 1440, true)) {
            Page page = window.newPage();
            page.navigate("/query");
            String sql = "SELECT avg(monthly_pay)\nFROM pay\nWHERE monthly_pay > 1";
            reason(page);
            page.fill("#sql", sql);
            page.click("button[value=run]");
            page.waitForURL("**/query?from=*");
            assertThat(page.locator("mark").textContent()).isEqualTo("monthly_pay");
            assertThat(page.locator("#refused").textContent()).contains("第 3 行第 7 列");
            assertThat(page.locator("#sql").inputValue()).isEqualTo(sql);
            assertThat(page.evaluate("(() => { const b = document.activeElement;"
                            + " return b.value.substring(b.selectionStart, b.selectionEnd); })()"))
                    .isEqualTo("monthly_pay");
        }
    }

    @Test
    void result_inAnotherAccountsBrowser_isNotThere() {
        String address;
        try (BrowserContext window = browser.window("analyst", Language.EN, 1440, true)) {
            Page page = window.newPage();
            page.navigate("/query");
            reason(page);
            page.click("button[value=run]");
            page.waitForURL("**/query/results/*");
            address = page.url();
        }
        try (BrowserContext window = browser.window("hr", Language.EN, 1440, true)) {
            Page page = window.newPage();
            Response response = page.navigate(address);
            assertThat(response.status()).isEqualTo(404);
            assertThat(page.locator("h1").textContent()).isEqualTo("This page does not exist, or it is not yours.");
        }
    }

    @Test
    void page_withoutScripts_asksAndShowsJustAsWell() {
        try (BrowserContext window = browser.window("analyst", Language.EN, 360, false)) {
            Page page = window.newPage();
            page.navigate("/query");
            reason(page);
            page.click("button[value=check]");
            page.waitForURL("**/query?from=*");
            assertThat(page.locator("#checked").textContent()).contains("at least 20 persons");
            page.click("button[value=run]");
            page.waitForURL("**/query/results/*");
            Locator narrow = page.locator("svg.chart-narrow");
            assertThat(narrow.isVisible()).isTrue();
            assertThat(page.locator("table.figures tbody tr").count()).isGreaterThanOrEqualTo(5);
        }
    }

    @Test
    void page_inEveryState_isAccessibleAndFitsInBothLanguages() {
        Map<String, String> questions = new LinkedHashMap<>();
        questions.put("check", "SELECT org_unit, avg(monthly_pay) FROM pay GROUP BY org_unit");
        questions.put(
                "grouped", "SELECT org_unit, gender, count(*), sum(monthly_pay) FROM pay GROUP BY org_unit, gender");
        questions.put("months", "SELECT month, avg(monthly_pay) FROM pay GROUP BY month");
        questions.put("panels", "SELECT month, brand, avg(monthly_pay) FROM pay GROUP BY month, brand");
        questions.put("whole", "SELECT count(*), avg(monthly_pay) FROM pay WHERE gender = 'F'");
        questions.put("empty", "SELECT org_unit, count(*) FROM pay WHERE gender = 'none' GROUP BY org_unit");
        questions.put("refused", "SELECT * FROM pay");
        questions.put("unfit", " ");
        questions.put("denied", "SELECT count(*) FROM pay");
        List<String> addresses = new ArrayList<>(List.of("/query", "/query/values/pay/site"));
        try (BrowserContext window = browser.window("analyst", Language.EN, 1440, true)) {
            Page page = window.newPage();
            questions.forEach((kind, sql) -> {
                page.navigate("/query");
                ask(page, kind, sql);
                addresses.add(page.url());
            });
        }
        for (Language language : Language.values()) {
            for (int width : new int[] {360, 1440}) {
                try (BrowserContext window = browser.window("analyst", language, width, true)) {
                    Page page = window.newPage();
                    List<String> blocked = new ArrayList<>();
                    page.onConsoleMessage(m -> {
                        if (m.text().contains("Content Security Policy")) {
                            blocked.add(m.text());
                        }
                    });
                    for (String address : addresses) {
                        page.navigate(
                                "about:blank"); // an address that differs by its fragment only would not be loaded
                        ConsoleBrowserTest.sound(page, page.navigate(address), language, width);
                    }
                    assertThat(blocked).isEmpty();
                }
            }
        }
    }

    private static void reason(Page page) {
        page.selectOption("#purpose", "dpv:PersonnelPayment");
        page.selectOption("#legal-basis", "13-1-2");
    }

    private static void ask(Page page, String kind, String sql) {
        reason(page);
        page.fill("#sql", sql);
        if (kind.equals("unfit")) {
            page.evaluate("document.querySelectorAll('[required]').forEach((f) => { f.required = false; })");
            page.evaluate("document.querySelector('#purpose').selectedIndex = -1");
        }
        if (kind.equals("denied")) {
            page.selectOption("#purpose", "dpv:PersonnelMonitoring");
        }
        page.click("button[value=" + (kind.equals("check") ? "check" : "run") + "]");
        page.waitForURL(url -> !url.endsWith("/query"));
    }
}

package dev.hufu.service.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.service.HufuServerTest;
import dev.hufu.service.web.Caller;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What the page of a receipt says it is of, and how it says to check it. */
@HufuServerTest
class ReceiptPageTest {
    private static final String ASKED = "\"purpose\":\"dpv:PersonnelPayment\",\"legalBasis\":\"13-1-2\"}";

    @LocalServerPort
    int port;

    @BeforeEach
    void ready() throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMinutes(4).toNanos();
        while (Caller.nobody(port).get("/actuator/health").status() != 200) {
            assertThat(System.nanoTime()).as("ready within four minutes").isLessThan(end);
            Thread.sleep(200);
        }
    }

    @Test
    void receipt_ofAStatistic_namesItAndChecksTheAnswerUnderTheNameOfItsDownload() {
        var answer = Caller.account(port, "analyst")
                .post("/api/v1/queries", "{\"sql\":\"SELECT avg(monthly_pay) FROM pay\"," + ASKED)
                .json();
        String decision = answer.at("/decision/id").asString();
        String page = PageReader.signedIn(port, "analyst")
                .text("/receipts/" + answer.at("/receipt/id").asString() + "?lang=en");
        assertThat(page)
                .contains(
                        "A statistic, answered",
                        "<dd>Monthly pay</dd>",
                        "<dd>Payroll and pay analysis</dd>",
                        "<dd>" + decision + "</dd>",
                        "permitted",
                        "--result hufu-" + decision + ".json --key log.vkey");
    }

    @Test
    void receipt_ofADenial_saysWhatWasAskedAndThatItWasNotPermitted() {
        var answer = Caller.account(port, "analyst")
                .post("/api/v1/decisions", "{\"action\":\"read\",\"dataset\":\"pay\"," + ASKED)
                .json();
        String page = PageReader.signedIn(port, "analyst")
                .text("/receipts/" + answer.at("/receipt/id").asString() + "?lang=en");
        assertThat(page).contains("A decision: Read rows", "not permitted", "--result answer.json");
    }

    @Test
    void receipt_atALevel_isThatOrAProblemThatSaysWhatIsMissing() throws InterruptedException {
        String id = Caller.account(port, "analyst")
                .post("/api/v1/decisions", "{\"action\":\"read\",\"dataset\":\"pay\"," + ASKED)
                .json()
                .at("/receipt/id")
                .asString();
        Caller analyst = Caller.account(port, "analyst");
        assertThat(analyst.get("/api/v1/receipts/" + id + "?level=D1").status()).isEqualTo(200);
        assertThat(analyst.get("/api/v1/receipts/" + id + "?level=D4").status()).isEqualTo(400);
        var unwitnessed = analyst.get("/api/v1/receipts/" + id + "?level=D3");
        assertThat(unwitnessed.status()).isEqualTo(503);
        assertThat(unwitnessed.json().path("detail").asString()).contains("asks no witnesses", "HUFU_WITNESSES");
        assertThat(PageReader.signedIn(port, "security").text("/witnesses?lang=en"))
                .contains("No witnesses are configured.", "How to add one", "HUFU_WITNESSES=", "hufu witness DIR");
    }

    @Test
    void form_expired_isToldApartFromAPageOfAnotherRole() {
        Visitor analyst = Visitor.signedIn(port, "analyst");
        var expired = analyst.postAs("no-such-token", "/query?lang=en", java.util.Map.of("sql", "SELECT 1"));
        assertThat(expired.statusCode()).isEqualTo(403);
        assertThat(Visitor.text(expired))
                .contains("The form was open too long; nothing was sent.", "href=\"/query\"")
                .doesNotContain("does not include this page");
        var role = analyst.get("/my-data?lang=en");
        assertThat(role.statusCode()).isEqualTo(403);
        assertThat(Visitor.text(role)).contains("does not include this page").doesNotContain("The form was open");
    }
}

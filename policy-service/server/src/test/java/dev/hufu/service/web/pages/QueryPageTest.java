package dev.hufu.service.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.auditlog.json.CanonicalJson;
import dev.hufu.service.HufuServerTest;
import dev.hufu.service.audit.AuditTrail;
import dev.hufu.service.audit.LoggedEntry;
import dev.hufu.service.web.Caller;
import dev.hufu.service.web.Readiness;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The analyst's page over HTTP: the same path as REST, and what came of it for nobody but who asked. */
@HufuServerTest
class QueryPageTest {
    private static final String SQL = "SELECT org_unit, count(*), avg(monthly_pay) FROM pay GROUP BY org_unit";

    @LocalServerPort
    int port;

    @Autowired
    AuditTrail trail;

    @Autowired
    Readiness readiness;

    @BeforeEach
    void ready() throws InterruptedException {
        for (int i = 0; i < 1200 && !(readiness.state() instanceof Readiness.State.Ready); i++) {
            Thread.sleep(200);
        }
        readiness.require();
    }

    @Test
    void run_statedPurpose_leadsToTheResultOfOneDurableEntry() throws Exception {
        Visitor analyst = Visitor.signedIn(port, "analyst");
        analyst.get("/query");
        int before = entries("dev.hufu.decision.permit").size();
        HttpResponse<byte[]> sent = analyst.post("/query", form(SQL, "dpv:PersonnelPayment", "run"));
        assertThat(sent.statusCode()).isEqualTo(303);
        String address = Visitor.location(sent);
        String page = Visitor.text(analyst.get(address));
        assertThat(page).contains("Persons, average monthly pay by unit", "± ", "Rules that applied");
        assertThat(analyst.get(address).statusCode()).isEqualTo(200);
        assertThat(entries("dev.hufu.decision.permit")).hasSizeGreaterThan(before);

        HttpResponse<byte[]> json = analyst.get(address + "/answer.json");
        JsonNode answer = CanonicalJson.parse(json.body());
        assertThat(json.headers().firstValue("Hufu-Receipt"))
                .contains(answer.path("receipt").path("id").asString());
        assertThat(json.headers().firstValue("Hufu-Decision"))
                .contains(answer.path("decision").path("id").asString());
        assertThat(Visitor.text(analyst.get(address + "/answer.csv")))
                .startsWith("\uFEFForg_unit,count,avg_monthly_pay,count_plus_minus,avg_monthly_pay_plus_minus\r\n");
        assertThat(analyst.get(address + "/answer.csv")
                        .headers()
                        .firstValue("Content-Disposition")
                        .orElse(""))
                .containsPattern("filename=\"hufu-pay-\\d{4}-\\d{2}-.+\\.csv\"");
    }

    @Test
    void result_ofAnotherAccount_isNotFound() {
        Visitor analyst = Visitor.signedIn(port, "analyst");
        analyst.get("/query");
        String address = Visitor.location(analyst.post("/query", form(SQL, "dpv:PersonnelPayment", "run")));
        Visitor hr = Visitor.signedIn(port, "hr");
        for (String path : List.of(address, address + "/answer.json", address + "/answer.csv")) {
            assertThat(analyst.get(path).statusCode()).isEqualTo(200);
            assertThat(hr.get(path).statusCode()).isEqualTo(404);
        }
        String from = address.replace("/query/results/", "/query?from=");
        assertThat(Visitor.text(hr.get(from))).contains("What would you like to know?");
        assertThat(Visitor.signedIn(port, "employee").get(address).statusCode()).isEqualTo(403);
    }

    @Test
    void decision_onThePageAndOverRest_hasTheSameReasons() {
        Visitor analyst = Visitor.signedIn(port, "analyst");
        analyst.get("/query");
        for (String purpose : List.of("dpv:PersonnelBehaviourMonitoring", "dpv:PersonnelManagement")) {
            JsonNode rest = Caller.account(port, "analyst")
                    .post("/api/v1/queries", json(SQL, purpose))
                    .json();
            String page =
                    Visitor.text(analyst.get(Visitor.location(analyst.post("/query", form(SQL, purpose, "run")))));
            List<String> rules = rest.path("decision")
                    .path("reasons")
                    .valueStream()
                    .map(r -> r.path("rule").asString())
                    .toList();
            assertThat(rules).isNotEmpty();
            assertThat(page).contains("Not run. ").contains(rules);
            assertThat(page.split("class=\"small muted\">(law|house)\\.", -1)).hasSize(rules.size() + 1);
        }
    }

    @Test
    void preCheck_permitted_isOneEntryThatSaysNothingWasRun() {
        Visitor analyst = Visitor.signedIn(port, "analyst");
        analyst.get("/query");
        int before = preChecks();
        String sql = "SELECT gender, avg(monthly_pay) FROM pay GROUP BY gender";
        String address = Visitor.location(analyst.post("/query", form(sql, "dpv:PersonnelPayment", "check")));
        String again = Visitor.location(analyst.post("/query", form(sql, "dpv:PersonnelPayment", "check")));
        assertThat(again).isEqualTo(address);
        assertThat(preChecks()).isEqualTo(before + 1);
        String page = Visitor.text(analyst.get(address.replaceFirst("#.*", "")));
        assertThat(page)
                .contains("You may run this.", "at least 20 persons", "latest period", "Nothing was run.")
                .doesNotContain("<table class=\"figures\"");

        JsonNode rest = Caller.account(port, "analyst")
                .post("/api/v1/queries/pre-check", json(sql, "dpv:PersonnelPayment"))
                .json();
        assertThat(rest.path("preCheck").path("minGroupSize").asInt()).isEqualTo(20);
        assertThat(rest.path("preCheck").path("expectedErrors").size()).isEqualTo(1);
        assertThat(rest.has("rows")).isFalse();
        assertThat(preChecks()).isEqualTo(before + 2);
    }

    @Test
    void refusal_hostileText_isMarkedAndEscaped() {
        Visitor analyst = Visitor.signedIn(port, "analyst");
        analyst.get("/query");
        String sql = "SELECT avg(monthly_pay) FROM pay WHERE region = '</textarea><script>x</script>' ; DROP";
        String page = Visitor.text(
                analyst.get(Visitor.location(analyst.post("/query", form(sql, "dpv:PersonnelPayment", "run")))));
        assertThat(page)
                .contains("<mark>", "Not run. There is more than one statement: DROP.")
                .doesNotContain("<script>x");
    }

    @Test
    void refusal_misspeltColumn_namesTheCauseAndWhatWasNear() {
        Visitor analyst = Visitor.signedIn(port, "analyst");
        analyst.get("/query");
        String sql = "SELECT avg(montly_pay) FROM pay";
        String page = Visitor.text(
                analyst.get(Visitor.location(analyst.post("/query", form(sql, "dpv:PersonnelPayment", "run")))));
        assertThat(page).contains("Not run. There is no such column: montly_pay.", "Did you mean monthly_pay");
        JsonNode rest = Caller.account(port, "analyst")
                .post("/api/v1/queries", json(sql, "dpv:PersonnelPayment"))
                .json();
        assertThat(rest.path("detail").asString()).startsWith("There is no such column: montly_pay. ");
        assertThat(rest.path("near").get(0).asString()).isEqualTo("monthly_pay");
    }

    @Test
    void result_monthAndValueThatAreNotPublished_saysSoWithTheRangeThatIs() {
        Visitor analyst = Visitor.signedIn(port, "analyst");
        analyst.get("/query");
        String sql = "SELECT count(*) FROM pay WHERE month = '1999-01' AND gender = 'nobody'";
        String page = Visitor.text(
                analyst.get(Visitor.location(analyst.post("/query", form(sql, "dpv:PersonnelPayment", "run")))));
        assertThat(page)
                .contains("A month in the condition is not published. Published: ", "published values of “Gender”")
                .doesNotContainIgnoringCase("coarser")
                .doesNotContain("No group fits");
    }

    @Test
    void result_cutByLimit_saysSoInItsHeading() {
        Visitor analyst = Visitor.signedIn(port, "analyst");
        analyst.get("/query");
        String page = Visitor.text(analyst.get(
                Visitor.location(analyst.post("/query", form(SQL + " LIMIT 2", "dpv:PersonnelPayment", "run")))));
        assertThat(page).contains("Persons, average monthly pay by unit; the first 2 groups by LIMIT</h1>");
    }

    @Test
    void form_ofEachRole_choosesNothingAndBeginsWithWhatTheRoleMayAsk() {
        for (String role : List.of("steward", "legal", "security")) {
            String page = Visitor.text(Visitor.signedIn(port, role).get("/query"));
            assertThat(page).as(role).contains("For your role, for statistics").doesNotContain("of your last question");
            assertThat(page.split("<option value=\"\" selected", -1)).as(role).hasSize(3);
        }
        assertThat(Visitor.text(Visitor.signedIn(port, "steward").get("/query")))
                .contains("FROM attendance");
    }

    @Test
    void values_ofALongDimension_haveAPage() {
        Visitor analyst = Visitor.signedIn(port, "analyst");
        assertThat(Visitor.text(analyst.get("/query"))).contains("href=\"/query/values/pay/team\"");
        assertThat(Visitor.text(analyst.get("/query/values/pay/team"))).contains("published values");
        assertThat(analyst.get("/query/values/pay/monthly_pay").statusCode()).isEqualTo(404);
    }

    @Test
    void form_namesThatDoNotExist_areSaidAtTheirFields() {
        Visitor analyst = Visitor.signedIn(port, "analyst");
        analyst.get("/query");
        Map<String, String> form = new HashMap<>(form("", "dpv:Nothing", "run"));
        form.put("legalBasis", "14-1");
        String page = Visitor.text(analyst.get(Visitor.location(analyst.post("/query", form))));
        assertThat(page.split("aria-invalid=\"true\"", -1)).hasSize(4);
        assertThat(page).contains("Choose a purpose", "Choose a legal basis", "Write the question");
    }

    @Test
    void form_withoutItsToken_asksNothing() {
        Visitor analyst = Visitor.signedIn(port, "analyst");
        analyst.get("/query");
        assertThat(analyst.postAs("forged", "/query", form(SQL, "dpv:PersonnelPayment", "run"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void form_tooLarge_isToldAsAPage() {
        Visitor analyst = Visitor.signedIn(port, "analyst");
        analyst.get("/query");
        String longest = "x".repeat(500_000);
        assertThat(Visitor.text(analyst.get(
                        Visitor.location(analyst.post("/query", form(longest, "dpv:PersonnelPayment", "run"))))))
                .contains("Not run. The query is too long.");
        HttpResponse<byte[]> refused =
                analyst.post("/query", form(longest + longest + longest, "dpv:PersonnelPayment", "run"));
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(Visitor.text(refused)).contains("That was too much at once.");
    }

    @Test
    void run_whileTheDataIsBeingPrepared_saysSoAndKeepsTheQuestion() {
        Visitor analyst = Visitor.signedIn(port, "analyst");
        analyst.get("/query");
        readiness.preparing("a test");
        try {
            HttpResponse<byte[]> answer =
                    analyst.post("/query", form("SELECT count(*) AS kept FROM pay", "dpv:PersonnelPayment", "run"));
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(Visitor.text(answer))
                    .contains(
                            "Not yet: the data is still being prepared.", "No data was released.", "AS kept FROM pay");
        } finally {
            readiness.ready();
        }
    }

    @Test
    void words_ofEveryTrouble_areThere() {
        for (Trouble trouble : Trouble.values()) {
            for (Language language : Language.values()) {
                assertThat(WordsTest.words(language).say("query.trouble." + trouble.key() + ".head"))
                        .isNotBlank();
                assertThat(WordsTest.words(language).say("query.trouble." + trouble.key() + ".next"))
                        .isNotBlank();
            }
        }
    }

    private int preChecks() {
        return (int) entries("dev.hufu.decision.permit").stream()
                .filter(e ->
                        e.path("data").path("details").path("kind").asString("").equals("preCheck"))
                .count();
    }

    private List<JsonNode> entries(String type) {
        return trail.entries(0, 1_000_000).stream()
                .map(LoggedEntry::json)
                .filter(e -> e.path("type").asString("").equals(type))
                .toList();
    }

    private static Map<String, String> form(String sql, String purpose, String what) {
        return Map.of("sql", sql, "purpose", purpose, "legalBasis", "13-1-2", "justification", "a test", "do", what);
    }

    private static String json(String sql, String purpose) {
        return JsonMapper.shared().writeValueAsString(Map.of("sql", sql, "purpose", purpose, "legalBasis", "13-1-2"));
    }
}

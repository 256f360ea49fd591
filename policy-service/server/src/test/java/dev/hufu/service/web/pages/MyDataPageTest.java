package dev.hufu.service.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.service.HufuServerTest;
import dev.hufu.service.web.Caller;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What an employee learns of the use of their data, and what of those who used it they do not. */
@HufuServerTest
class MyDataPageTest {
    private static final String TELLING = "Zhao Liqiang of site 7 asked me to look";
    private static final String QUERY = """
            {"sql":"SELECT gender, avg(monthly_pay) FROM pay GROUP BY gender","purpose":"%s",\
            "legalBasis":"13-1-2","justification":"%s"}""";

    private static final String DECISION = """
            {"action":"%s","dataset":"pay","fields":["monthly_pay"],"purpose":"dpv:PersonnelPayment",\
            "legalBasis":"13-1-2","justification":"Zhao Liqiang of site 7 asked me to look","subjects":["%s"]}""";

    @LocalServerPort
    int port;

    @Test
    void use_inAStatistic_isShownByRoleAndUnitAndNeverByNameOrWords() throws Exception {
        String name = "zhao-liqiang-" + System.nanoTime();
        Caller analyst = analyst(name);
        ready();
        PageReader employee = PageReader.signedIn(port, "employee");
        int before = uses(employee);
        assertThat(analyst.post("/api/v1/queries", QUERY.formatted("dpv:PersonnelPayment", TELLING))
                        .status())
                .isEqualTo(200);
        String page = employee.text("/my-data?lang=en");
        assertThat(uses(employee)).isEqualTo(before + 1);
        assertThat(page)
                .contains(
                        "mailto:privacy@qinglan.example",
                        "By Analyst, Unit of the telling name",
                        "Monthly pay: Gender, Monthly pay",
                        "only group figures")
                .doesNotContain(name, TELLING, "Zhao", "site 7");
        assertThat(employee.text("/my-data?lang=zh")).doesNotContain(name, TELLING, "Zhao", "site 7");
    }

    @Test
    void decision_namingThePerson_isShownToThemWhetherPermittedOrRefusedAndToNobodyElse() throws Exception {
        String name = "zhao-liqiang-" + System.nanoTime();
        Caller analyst = analyst(name);
        ready();
        PageReader employee = PageReader.signedIn(port, "employee");
        int before = uses(employee);
        assertThat(analyst.post("/api/v1/decisions", DECISION.formatted("read", "E000002"))
                        .json()
                        .at("/decision/outcome")
                        .asString())
                .isEqualTo("deny");
        assertThat(uses(employee)).isEqualTo(before);
        analyst.post("/api/v1/decisions", DECISION.formatted("read", "E000001"));
        analyst.post("/api/v1/decisions", DECISION.formatted("read", "E000001"));
        assertThat(analyst.post("/api/v1/decisions", DECISION.formatted("query", "E000001"))
                        .json()
                        .at("/decision/outcome")
                        .asString())
                .isEqualTo("permit");
        assertThat(uses(employee)).isEqualTo(before + 3);
        assertThat(employee.text("/my-data?lang=en"))
                .contains("Asked for your record, and refused: Read rows. Nothing was used.")
                .containsPattern("2 times, (from )?\\d")
                .contains("Asked for your record, and permitted: Ask for statistics.")
                .contains("By Analyst, Unit of the telling name", "Payroll and pay analysis")
                .doesNotContain(name, TELLING);
        assertThat(employee.text("/my-data?lang=zh")).contains("已拒绝：逐条查看").doesNotContain(name, TELLING);
    }

    @Test
    void decision_forAWholeDataset_isShownToEverybodyInItWhenPermitted() throws Exception {
        ready();
        PageReader employee = PageReader.signedIn(port, "employee");
        int before = uses(employee);
        Caller analyst = Caller.account(port, "analyst");
        String whole = DECISION.replace(",\"subjects\":[\"%s\"]", "");
        analyst.post("/api/v1/decisions", whole.formatted("read"));
        assertThat(uses(employee)).as("a denial that named nobody").isEqualTo(before);
        analyst.post("/api/v1/decisions", whole.formatted("query"));
        assertThat(uses(employee)).isEqualTo(before + 1);
        assertThat(employee.text("/my-data?lang=en")).contains("Permitted for a whole dataset with about ");
    }

    @Test
    void request_denied_usedNobodysDataAndDoesNotAppear() throws Exception {
        ready();
        PageReader employee = PageReader.signedIn(port, "employee");
        int before = uses(employee);
        assertThat(Caller.account(port, "analyst")
                        .post("/api/v1/queries", QUERY.formatted("dpv:PersonnelBehaviourMonitoring", TELLING))
                        .status())
                .isEqualTo(403);
        assertThat(uses(employee)).isEqualTo(before);
    }

    private static int uses(PageReader employee) {
        return Pattern.compile("data-times=\"(\\d+)\"")
                .matcher(employee.text("/my-data?lang=en"))
                .results()
                .mapToInt(times -> Integer.parseInt(times.group(1)))
                .sum();
    }

    private Caller analyst(String name) {
        Caller admin = Caller.account(port, "admin");
        String oneTime = admin.post("/api/v1/accounts", """
                        {"name":"%s","roles":["analyst"],"orgUnit":"Unit of the telling name",\
                        "trainingValidUntil":"2099-12-31"}""".formatted(name))
                .json()
                .path("oneTimePassword")
                .asString();
        String password = "a password of their own";
        Caller.account(port, name, oneTime)
                .post("/api/v1/account/password", "{\"current\":\"" + oneTime + "\",\"new\":\"" + password + "\"}");
        return Caller.account(port, name, password);
    }

    private void ready() throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMinutes(4).toNanos();
        while (Caller.nobody(port).get("/actuator/health").status() != 200) {
            assertThat(System.nanoTime()).as("ready within four minutes").isLessThan(end);
            Thread.sleep(200);
        }
    }
}

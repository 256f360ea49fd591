package dev.hufu.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.auditlog.json.CanonicalJson;
import dev.hufu.service.HufuServerTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@HufuServerTest
class QueriesTest {
    private static final String QUERIES = "/api/v1/queries";

    @LocalServerPort
    int port;

    Calls calls;

    @BeforeEach
    void ready() {
        calls = new Calls(port).ready();
    }

    @Test
    void query_statedPurpose_releasesProtectedRowsWithAReceipt() throws Exception {
        HttpResponse<byte[]> response = calls.post("analyst", QUERIES, Calls.QUERY);
        assertThat(response.statusCode()).as(Calls.text(response)).isEqualTo(200);
        CanonicalJson.parse(response.body());
        JsonNode answer = Calls.json(response);
        assertThat(answer.path("decision").path("outcome").asString()).isEqualTo("permit");
        assertThat(answer.path("columns").path(0).path("name").asString()).isEqualTo("org_unit");
        assertThat(answer.path("rows").size()).isGreaterThanOrEqualTo(5);
        assertThat(answer.path("publication").path("minGroupSize").asInt()).isEqualTo(20);
        assertThat(answer.path("notSeparable").has("groups")).isTrue();
        assertThat(answer.path("salt").asString()).hasSize(64);
        assertThat(response.headers().firstValue("Hufu-Receipt"))
                .contains(answer.path("receipt").path("id").asString());
    }

    @Test
    void query_unstatedPurpose_isDeniedWithDecisionAndReceipt() throws Exception {
        HttpResponse<byte[]> response =
                calls.post("analyst", QUERIES, Calls.QUERY.replace("PersonnelPayment", "PersonnelBehaviourMonitoring"));
        assertThat(response.statusCode()).isEqualTo(403);
        CanonicalJson.parse(response.body());
        JsonNode problem = Calls.json(response);
        assertThat(problem.path("decision").path("reasons").valueStream())
                .anyMatch(r -> r.path("article").asString().contains("17") && r.has("remedy"));
        assertThat(problem.path("receipt").path("id").asString()).isNotBlank();
    }

    @Test
    void query_refusals_differInNoLiteral() {
        String one = refusal("SELECT * FROM pay WHERE region = 'aaaa'");
        String two = refusal("SELECT * FROM pay WHERE region = 'bbbb'");
        assertThat(one).isEqualTo(two).contains("\"line\":1").doesNotContain("aaaa");
        for (String sql : new String[] {
            "DROP TABLE pay",
            "SELECT employee_id, monthly_pay FROM pay",
            "SELECT count(*) FROM pay; SELECT 1",
            "SELECT count(*) FROM read_csv('/etc/passwd')",
            "SELECT count(*) FROM information_schema.tables",
            "SELECT count(*) /* hidden */ FROM pay",
            "SELECT max(monthly_pay) FROM pay",
            "SELECT avg(monthly_pay) FROM pay WHERE monthly_pay > 10000"
        }) {
            assertThat(refusal(sql)).contains("\"code\"").doesNotContain("Exception");
        }
    }

    private String refusal(String sql) {
        HttpResponse<byte[]> response = calls.post(
                "analyst",
                QUERIES,
                Calls.QUERY.replace("SELECT org_unit, count(*), avg(monthly_pay) FROM pay GROUP BY org_unit", sql));
        assertThat(response.statusCode()).as(sql).isEqualTo(422);
        return Calls.text(response);
    }

    @Test
    void query_asCsv_hasTheIdsInItsHeaders() {
        HttpResponse<byte[]> response = calls.post("analyst", QUERIES, Calls.QUERY, "Accept", "text/csv");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
        assertThat(response.headers().firstValue("Hufu-Decision")).isPresent();
        assertThat(response.headers().firstValue("Hufu-Receipt")).isPresent();
        assertThat(Calls.text(response)).startsWith("org_unit,");
    }

    @Test
    void query_otherModeOrUnknownMember_isRefused() {
        assertThat(calls.post("analyst", QUERIES, Calls.QUERY.replace("{\"sql\"", "{\"mode\":\"dp\",\"sql\""))
                        .statusCode())
                .isEqualTo(422);
        assertThat(calls.post("analyst", QUERIES, Calls.QUERY.replace("{\"sql\"", "{\"rows\":1,\"sql\""))
                        .statusCode())
                .isEqualTo(400);
    }
}

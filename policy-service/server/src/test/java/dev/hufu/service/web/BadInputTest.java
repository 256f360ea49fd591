package dev.hufu.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.service.HufuServerTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Whatever is sent: a clear problem that says what to do next, no stack trace, no echo, nothing lost. */
@HufuServerTest
class BadInputTest {
    private static final String DECISIONS = "/api/v1/decisions";

    @LocalServerPort
    int port;

    Calls calls;

    @BeforeEach
    void ready() {
        calls = new Calls(port).ready();
    }

    @Test
    void body_malformed_isRefusedWithItsPlace() {
        JsonNode problem = problem(calls.post("analyst", DECISIONS, "{\"action\": oops"), 400, "/problems/malformed");
        assertThat(problem.path("detail").asString()).contains("line 1");
        problem(calls.post("analyst", DECISIONS, ""), 400, "/problems/malformed");
        problem(calls.post("analyst", DECISIONS, "[]"), 400, "/problems/malformed");
        problem(calls.post("analyst", DECISIONS, "null"), 400, "/problems/malformed");
        problem(calls.post("analyst", DECISIONS, Calls.DECISION + "{}"), 400, "/problems/malformed");
        problem(calls.post("analyst", DECISIONS, new byte[] {(byte) 0xff, (byte) 0xfe}), 400, "/problems/malformed");
    }

    @Test
    void body_unknownMember_isRefusedNamingTheKnownOnes() {
        JsonNode problem = problem(
                calls.post("analyst", DECISIONS, Calls.DECISION.replace("\"action\"", "\"secret\":1,\"action\"")),
                400,
                "/problems/malformed");
        assertThat(problem.path("detail").asString()).contains("purpose").doesNotContain("secret");
    }

    @Test
    void body_wrongTypes_areRefused() {
        problem(
                calls.post("analyst", DECISIONS, Calls.DECISION.replace("[\"monthly_pay\"]", "\"monthly_pay\"")),
                400,
                "/problems/malformed");
        problem(calls.post("analyst", DECISIONS, Calls.DECISION.replace("\"query\"", "7")), 400, "/problems/malformed");
        problem(calls.post("analyst", DECISIONS, Calls.DECISION.replace("\"pay\"", "{}")), 400, "/problems/malformed");
    }

    @Test
    void body_missingMember_isNamed() {
        JsonNode problem = problem(
                calls.post("analyst", DECISIONS, Calls.DECISION.replace("\"dataset\":\"pay\",", "")),
                400,
                "/problems/malformed");
        assertThat(problem.path("member").asString()).isEqualTo("dataset");
    }

    @Test
    void words_unknown_areInvalidAndNotEchoed() {
        JsonNode problem = problem(
                calls.post("analyst", DECISIONS, Calls.DECISION.replace("PersonnelPayment", "Curiosity")),
                422,
                "/problems/invalid");
        assertThat(problem.toString()).doesNotContain("Curiosity");
        problem(calls.post("analyst", DECISIONS, Calls.DECISION.replace("13-1-2", "13-1-9")), 422, "/problems/invalid");
        problem(
                calls.post("analyst", DECISIONS, Calls.DECISION.replace("\"pay\"", "\"pg_catalog\"")),
                422,
                "/problems/invalid");
        problem(
                calls.post("analyst", DECISIONS, Calls.DECISION.replace("\"query\"", "\"drop\"")),
                422,
                "/problems/invalid");
    }

    @Test
    void field_thatTheDatasetLacks_isNamedWithThoseNearIt() {
        JsonNode problem = problem(
                calls.post(
                        "analyst",
                        DECISIONS,
                        Calls.DECISION.replace("[\"monthly_pay\"]", "[\"gender\",\"montly_pay\"]")),
                422,
                "/problems/invalid");
        assertThat(problem.path("code").asString()).isEqualTo("field.unknown");
        assertThat(problem.path("member").asString()).isEqualTo("fields[1]");
        assertThat(problem.path("identifier").asString()).isEqualTo("montly_pay");
        assertThat(problem.path("near").valueStream().map(JsonNode::asString)).contains("monthly_pay");
        JsonNode literal = problem(
                calls.post("analyst", DECISIONS, Calls.DECISION.replace("[\"monthly_pay\"]", "[\"张伟 110101\"]")),
                422,
                "/problems/invalid");
        assertThat(literal.toString()).doesNotContain("张伟", "110101");
    }

    @Test
    void token_forAPurposeOrDatasetThatIsNone_isRefusedWithThoseNearIt() {
        JsonNode purpose = problem(
                calls.post("analyst", "/api/v1/tokens", "{\"purposes\":[\"dpv:PersonelPayment\"]}"),
                422,
                "/problems/invalid");
        assertThat(purpose.path("code").asString()).isEqualTo("purpose.unknown");
        assertThat(purpose.path("detail").asString()).contains("dpv:PersonnelPayment");
        JsonNode dataset =
                problem(calls.post("analyst", "/api/v1/tokens", "{\"datasets\":[\"pays\"]}"), 422, "/problems/invalid");
        assertThat(dataset.path("near").toString()).contains("\"pay\"");
    }

    @Test
    void body_tenMegabytes_isTooLarge() {
        problem(calls.post("analyst", DECISIONS, Calls.DECISION + " ".repeat(10_000_000)), 413, "/problems/too-large");
    }

    @Test
    void mediaType_notJson_isUnsupported() {
        problem(
                calls.post("analyst", DECISIONS, Calls.DECISION, "Content-Type", "text/plain"),
                415,
                "/problems/unsupported-media-type");
    }

    @Test
    void mediaType_multipartWithoutBoundary_isUnsupportedAndDisturbsNoOtherAddress() {
        String[] multipart = {"Content-Type", "multipart/form-data"};
        assertThat(calls.post("analyst", "/api/v1/queries", Calls.QUERY, multipart)
                        .statusCode())
                .isEqualTo(415);
        assertThat(calls.post("", "/api/v1/queries", Calls.QUERY, multipart).statusCode())
                .isEqualTo(401);
        assertThat(calls.get("", "/actuator/health", multipart).statusCode()).isEqualTo(200);
    }

    @Test
    void body_memberTwice_isMalformed() {
        problem(
                calls.post("analyst", DECISIONS, "{\"action\":\"query\",\"action\":\"read\"}"),
                400,
                "/problems/malformed");
    }

    @Test
    void import_mistakeInTheFile_isToldAsSuchWithItsLine() {
        String[] csv = {"Content-Type", "text/csv"};
        String path = "/api/v1/imports?dataset=hostile&personKey=id";
        for (String line : new String[] {"p2,2,3", "NULL,2", " p2 ,2", "p1,2", "p2,\"x"}) {
            JsonNode problem = problem(
                    calls.post("steward", path, "id,a\np1,1\n" + line + "\n", csv), 422, "/problems/import-refused");
            assertThat(problem.path("line").asInt()).as(line).isEqualTo(3);
            assertThat(problem.path("detail").asString()).contains("nothing was changed");
        }
        assertThat(Calls.text(calls.get("steward", "/api/v1/datasets"))).doesNotContain("hostile");
    }

    @Test
    void import_namedAsTheStoresOwnTable_isTakenAndThenRefusedInQueriesForWantOfGrades() {
        String csv = "id,site\np1,a\np2,b\n";
        var imported =
                calls.post("steward", "/api/v1/imports?dataset=incoming&personKey=id", csv, "Content-Type", "text/csv");
        assertThat(imported.statusCode()).as(Calls.text(imported)).isEqualTo(201);
        JsonNode problem = problem(
                calls.post("analyst", "/api/v1/queries", Calls.QUERY.replace("FROM pay", "FROM incoming")),
                422,
                "/problems/sql-refused");
        assertThat(problem.path("code").asString()).isEqualTo("sql.dataset_ungraded");
        assertThat(problem.path("ungraded").valueStream().map(JsonNode::asString))
                .containsExactly("id", "site");
        assertThat(problem.path("detail").asString()).contains("id, site", "steward");
    }

    @Test
    void import_emptyPersonKey_isRefused() {
        var answer = calls.post(
                "steward", "/api/v1/imports?dataset=no_key&personKey=", "id,a\n1,2\n", "Content-Type", "text/csv");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(Calls.text(answer)).contains("personKey");
    }

    @Test
    void credentials_absentOrWrong_areRefusedAlike() {
        problem(calls.post("", DECISIONS, Calls.DECISION), 401, "/problems/unauthenticated");
        problem(
                calls.post("", DECISIONS, Calls.DECISION, "Authorization", "Bearer nonsense"),
                401,
                "/problems/token-invalid");
    }

    @Test
    void address_orMethod_thatDoesNotExist_saysSo() {
        problem(calls.get("analyst", "/api/v1/nowhere"), 404, "/problems/not-found");
        problem(calls.get("analyst", DECISIONS), 405, "/problems/method-not-allowed");
    }

    @Test
    void language_chinese_isSpoken() {
        JsonNode problem = problem(
                calls.post("analyst", DECISIONS, "[]", "Accept-Language", "zh-CN,zh;q=0.9"),
                400,
                "/problems/malformed");
        assertThat(problem.path("title").asString()).isEqualTo("无法读取该请求");
    }

    private static JsonNode problem(HttpResponse<byte[]> response, int status, String type) {
        assertThat(response.statusCode()).as(Calls.text(response)).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        JsonNode problem = Calls.json(response);
        assertThat(problem.path("type").asString()).isEqualTo(type);
        assertThat(problem.path("detail").asString()).isNotBlank();
        assertThat(problem.toString()).doesNotContain("Exception").doesNotContain("dev.hufu");
        return problem;
    }
}

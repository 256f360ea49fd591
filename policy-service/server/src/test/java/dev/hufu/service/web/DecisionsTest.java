package dev.hufu.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.auditlog.json.CanonicalJson;
import dev.hufu.auditlog.receipt.ReceiptVerifier;
import dev.hufu.auditlog.receipt.Verdict;
import dev.hufu.service.HufuServerTest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@HufuServerTest
class DecisionsTest {
    @LocalServerPort
    int port;

    Calls calls;

    @BeforeEach
    void ready() {
        calls = new Calls(port).ready();
    }

    @Test
    void decide_statedPurpose_isPermittedAtTwenty() throws Exception {
        HttpResponse<byte[]> response = calls.post("analyst", "/api/v1/decisions", Calls.DECISION);
        assertThat(response.statusCode()).isEqualTo(200);
        CanonicalJson.parse(response.body());
        JsonNode decision = Calls.json(response).path("decision");
        assertThat(decision.path("outcome").asString()).isEqualTo("permit");
        assertThat(decision.path("policyVersion").asString()).isNotBlank();
        assertThat(decision.path("lawPackVersion").asString()).isNotBlank();
        assertThat(decision.path("obligations").valueStream())
                .anyMatch(o -> o.path("type").asString().equals("minGroupSize")
                        && o.path("value").asInt() == 20);
        assertThat(response.headers().firstValue("Hufu-Receipt"))
                .contains(Calls.json(response).path("receipt").path("id").asString());
    }

    @Test
    void decide_unstatedPurpose_isDeniedUnderArticle17WithRemedy() {
        HttpResponse<byte[]> response = calls.post(
                "analyst",
                "/api/v1/decisions",
                Calls.DECISION.replace("PersonnelPayment", "PersonnelBehaviourMonitoring"));
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode decision = Calls.json(response).path("decision");
        assertThat(decision.path("outcome").asString()).isEqualTo("deny");
        assertThat(decision.path("reasons").valueStream())
                .anyMatch(r -> r.path("article").asString().contains("17") && r.has("remedy"));
    }

    @Test
    void decide_rowsWhereAStatisticServes_isDeniedUnderArticle6WithTheStatisticAsRemedy() {
        HttpResponse<byte[]> response =
                calls.post("analyst", "/api/v1/decisions", Calls.DECISION.replace("query", "read"));
        JsonNode decision = Calls.json(response).path("decision");
        assertThat(decision.path("outcome").asString()).isEqualTo("deny");
        assertThat(decision.path("reasons").valueStream())
                .anyMatch(r -> r.path("article").asString().contains("6")
                        && r.path("remedy").path("en").asString().contains("statistic"));
    }

    @Test
    void receipt_ofADecision_growsAnInclusionProofWithinTwoSecondsAndVerifiesOffline() throws Exception {
        String id = Calls.json(calls.post("analyst", "/api/v1/decisions", Calls.DECISION))
                .path("receipt")
                .path("id")
                .asString();
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        byte[] receipt = calls.get("analyst", "/api/v1/receipts/" + id).body();
        while (!new String(receipt, java.nio.charset.StandardCharsets.UTF_8).contains("checkpoint")
                && System.nanoTime() < end) {
            Thread.sleep(50);
            receipt = calls.get("analyst", "/api/v1/receipts/" + id).body();
        }
        assertThat(new ReceiptVerifier(java.util.Optional.empty()).verify(receipt) instanceof Verdict.Holds)
                .isTrue();
        for (int i = 0; i < receipt.length; i += 97) {
            byte[] altered = receipt.clone();
            altered[i] ^= 1;
            assertThat(new ReceiptVerifier(java.util.Optional.empty()).verify(altered) instanceof Verdict.Holds)
                    .as("a flip at byte " + i)
                    .isFalse();
        }
    }

    @Test
    void receipt_ofAnother_isNotThereButForAuditors() {
        String id = Calls.json(calls.post("analyst", "/api/v1/decisions", Calls.DECISION))
                .path("receipt")
                .path("id")
                .asString();
        assertThat(calls.get("hr", "/api/v1/receipts/" + id).statusCode()).isEqualTo(404);
        assertThat(calls.get("analyst", "/api/v1/receipts/no-such-id").statusCode())
                .isEqualTo(404);
        assertThat(calls.get("auditor", "/api/v1/receipts/" + id).statusCode()).isEqualTo(200);
    }

    @Test
    void decide_aboutNamedPeople_takesThoseThereAreAndEchoesNone() {
        assertThat(calls.post("analyst", "/api/v1/decisions", Calls.naming("query", "E000001"))
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<byte[]> unknown = calls.post("analyst", "/api/v1/decisions", Calls.naming("query", "E999999"));
        assertThat(unknown.statusCode()).isEqualTo(422);
        assertThat(Calls.json(unknown).path("code").asString()).isEqualTo("subject.unknown");
        assertThat(Calls.text(unknown)).doesNotContain("E999999");
        assertThat(calls.post(
                                "analyst",
                                "/api/v1/decisions",
                                Calls.naming("query", "").replace("[\"\"]", "[]"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(calls.post(
                                "analyst",
                                "/api/v1/decisions",
                                Calls.naming("query", "").replace("[\"\"]", "\"E1\""))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void decide_byWhoIsOnlyAnEmployee_namesNobodyElseNotEvenToLearnWhetherTheyExist() {
        for (String id : new String[] {"E000002", "E999999"}) {
            assertThat(calls.post("employee", "/api/v1/decisions", Calls.naming("read", id))
                            .statusCode())
                    .as(id)
                    .isEqualTo(403);
        }
        assertThat(calls.post("employee", "/api/v1/decisions", Calls.naming("read", "E000001"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void evaluate_aboutAPerson_takesThemAsResourceOrAsProperty() {
        String body = """
                {"subject":{"type":"user","id":"analyst"},"action":{"name":"read"},"resource":%s,
                 "context":{"purpose":"dpv:PersonnelPayment","legalBasis":"13-1-2"}}""";
        for (String resource : new String[] {
            "{\"type\":\"person\",\"id\":\"%s\",\"properties\":{\"dataset\":\"pay\"}}",
            "{\"type\":\"dataset\",\"id\":\"pay\",\"properties\":{\"subjects\":[\"%s\"]}}"
        }) {
            assertThat(calls.post("analyst", "/access/v1/evaluation", body.formatted(resource.formatted("E000001")))
                            .statusCode())
                    .as(resource)
                    .isEqualTo(200);
            assertThat(calls.post("analyst", "/access/v1/evaluation", body.formatted(resource.formatted("E999999")))
                            .statusCode())
                    .as(resource)
                    .isEqualTo(422);
        }
    }

    @Test
    void evaluate_asAuthZen_saysTheSame() {
        String body = """
                {"subject":{"type":"user","id":"analyst"},"action":{"name":"query"},
                 "resource":{"type":"dataset","id":"pay","properties":{"fields":["monthly_pay"]}},
                 "context":{"purpose":"%s","legalBasis":"13-1-2"}}""";
        HttpResponse<byte[]> permit = calls.post(
                "analyst", "/access/v1/evaluation", body.formatted("dpv:PersonnelPayment"), "X-Request-ID", "r-1");
        assertThat(permit.statusCode()).isEqualTo(200);
        assertThat(Calls.json(permit).path("decision").asBoolean()).isTrue();
        assertThat(permit.headers().firstValue("X-Request-ID")).contains("r-1");
        HttpResponse<byte[]> deny =
                calls.post("analyst", "/access/v1/evaluation", body.formatted("dpv:PersonnelBehaviourMonitoring"));
        assertThat(deny.statusCode()).isEqualTo(200);
        assertThat(Calls.json(deny).path("decision").asBoolean()).isFalse();
        HttpResponse<byte[]> other = calls.post(
                "hr", "/access/v1/evaluation", body.formatted("dpv:PersonnelPayment"), "X-Request-ID", "r-2");
        assertThat(other.statusCode()).isEqualTo(403);
        assertThat(other.headers().firstValue("X-Request-ID")).contains("r-2");
    }

    @Test
    void evaluate_withoutContext_namesTheMemberByItsPlace() {
        var answer = calls.post("analyst", "/access/v1/evaluation", """
                {"subject":{"type":"user","id":"analyst"},"action":{"name":"query"},
                 "resource":{"type":"dataset","id":"pay"}}""");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Calls.json(answer).path("detail").asString()).contains("context.purpose");
    }

    @Test
    void evaluate_subjectOfAnotherType_isMalformed() {
        var answer = calls.post("analyst", "/access/v1/evaluation", """
                {"subject":{"type":"device","id":"analyst"},"action":{"name":"query"},
                 "resource":{"type":"dataset","id":"pay"},
                 "context":{"purpose":"dpv:PersonnelPayment","legalBasis":"13-1-2"}}""");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Calls.json(answer).path("detail").asString()).contains("subject.type is user");
    }

    @Test
    void authzenConfiguration_namesWhatIsServed_andLeadsThere() {
        JsonNode metadata = Calls.json(calls.get("", "/.well-known/authzen-configuration"));
        String here = "http://localhost:" + port;
        assertThat(metadata.path("policy_decision_point").asString()).isEqualTo(here);
        assertThat(metadata.path("access_evaluation_endpoint").asString()).isEqualTo(here + "/access/v1/evaluation");
        assertThat(metadata.propertyNames()).hasSize(2);
    }

    @Test
    void log_checkpointAndHashTiles_areOpenAndEntriesAreNot() {
        assertThat(Calls.text(calls.get("", "/log/v1/checkpoint"))).contains("\n— ");
        assertThat(calls.get("", "/log/v1/log.vkey").statusCode()).isEqualTo(200);
        long size = Long.parseLong(Calls.text(calls.get("", "/log/v1/checkpoint"))
                .lines()
                .skip(1)
                .findFirst()
                .orElseThrow());
        String width = size % 256 == 0 ? "" : ".p/" + size % 256;
        String tile = size / 256 == 0 ? "000" + width : "000";
        assertThat(calls.get("", "/log/v1/tile/0/" + tile).statusCode()).isEqualTo(200);
        assertThat(calls.get("", "/log/v1/tile/entries/" + tile).statusCode()).isEqualTo(401);
        assertThat(calls.get("analyst", "/log/v1/tile/entries/" + tile).statusCode())
                .isEqualTo(403);
        assertThat(calls.get("auditor", "/log/v1/tile/entries/" + tile).statusCode())
                .isEqualTo(200);
        assertThat(calls.get("", "/log/v1/tile/0/..%2f..%2fhufu.lock").statusCode())
                .isIn(400, 401, 404);
    }
}

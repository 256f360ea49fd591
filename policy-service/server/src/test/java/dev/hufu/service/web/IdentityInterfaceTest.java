package dev.hufu.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.service.HufuServerTest;
import dev.hufu.service.web.Caller.Answer;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Accounts, tokens and the bounds on what may be sent, from outside. */
@HufuServerTest
class IdentityInterfaceTest {
    private static final String PASSWORD = "quite a long password";

    @LocalServerPort
    int port;

    @Test
    void account_withBasic_isItself() {
        Answer answer = Caller.account(port, "employee").get("/api/v1/account");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("name").asString()).isEqualTo("employee");
        assertThat(answer.json().path("employeeId").asString()).isEqualTo("E000001");
        assertThat(answer.header("set-cookie")).isEmpty();
    }

    @Test
    void account_withoutOrWithAWrongCredential_is401AsAProblemThatNamesBothSchemes() {
        for (Caller caller : List.of(
                Caller.nobody(port),
                Caller.account(port, "analyst", "wrong"),
                Caller.account(port, "no such account", "wrong"),
                Caller.token(port, "hufu_" + "A".repeat(43)),
                new Caller(port, "Basic %%%"),
                new Caller(port, "Digest x"))) {
            Answer answer = caller.get("/api/v1/account");
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("content-type")).startsWith("application/problem+json");
            assertThat(answer.header("www-authenticate")).contains("Basic realm=\"Hufu\"", "Bearer realm=\"Hufu\"");
            assertThat(answer.json().path("status").asInt()).isEqualTo(401);
            assertThat(answer.json().path("detail").asString()).isNotBlank();
        }
    }

    @Test
    void openAddress_withAWrongCredential_doesNotLookAtIt() {
        assertThat(Caller.account(port, "analyst", "wrong")
                        .get("/actuator/health")
                        .status())
                .isNotEqualTo(401);
    }

    @Test
    void token_overItsWholeLife_worksNarrowlyIsListedAndEnds() {
        Caller analyst = Caller.account(port, "analyst");
        Answer made = analyst.post(
                "/api/v1/tokens",
                "{\"scopes\":[\"catalogue\"],\"purposes\":[\"dpv:PersonnelPayment\"],\"expiresIn\":\"PT1H\",\"note\":\"test\"}");
        assertThat(made.status()).isEqualTo(201);
        JsonNode body = made.json();
        String id = body.path("id").asString();
        assertThat(made.header("location")).isEqualTo("/api/v1/tokens/" + id);
        Caller bearer = Caller.token(port, body.path("token").asString());
        assertThat(bearer.get("/api/v1/account").json().path("name").asString()).isEqualTo("analyst");
        for (Answer outside : List.of(
                bearer.get("/api/v1/tokens"),
                bearer.post("/api/v1/queries", "{}"),
                bearer.post("/api/v1/tokens", "{}"))) {
            assertThat(outside.status()).isEqualTo(403);
            assertThat(outside.json().path("type").asString()).isEqualTo("/problems/token-scope");
        }
        String listed = analyst.get("/api/v1/tokens").response().body();
        assertThat(listed)
                .contains(id, "\"active\"")
                .doesNotContain(body.path("token").asString());
        assertThat(Caller.account(port, "legal").delete("/api/v1/tokens/" + id).status())
                .isEqualTo(404);
        assertThat(analyst.delete("/api/v1/tokens/" + id).status()).isEqualTo(204);
        Answer after = bearer.get("/api/v1/account");
        assertThat(after.status()).isEqualTo(401);
        assertThat(after.header("www-authenticate")).contains("error=\"invalid_token\"");
        assertThat(after.json().path("type").asString()).isEqualTo("/problems/token-invalid");
    }

    @Test
    void token_askedForWithoutScopes_getsThoseOfTheRolesButNotTheLog() {
        assertThat(scopes("analyst")).containsExactly("catalogue", "decide", "query", "receipts");
        assertThat(scopes("steward")).containsExactly("catalogue", "decide", "import", "query", "receipts");
        assertThat(scopes("auditor")).containsExactly("catalogue", "decide", "query", "receipts");
    }

    private List<String> scopes(String account) {
        var scopes = new ArrayList<String>();
        Caller.account(port, account)
                .post("/api/v1/tokens", "{\"expiresIn\":\"PT1M\"}")
                .json()
                .path("scopes")
                .forEach(scope -> scopes.add(scope.asString()));
        return scopes;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"expiresIn\":\"P91D\"}|422",
                "{\"expiresIn\":\"-PT1H\"}|422",
                "{\"expiresIn\":\"soon\"}|422",
                "{\"scopes\":[]}|422",
                "{\"scopes\":[\"everything\"]}|422",
                "{\"scopes\":[\"log\"]}|403",
                "{\"purposes\":[\"no curie\"]}|422",
                "{\"datasets\":[\"Pay; DROP\"]}|422",
                "{\"unknown\":1}|400",
                "{\"scopes\":\"query\"}|400",
                "[]|400",
                "{|400"
            })
    void token_askedForWrongly_isRefusedWithAReason(String body, int status) {
        Answer answer = Caller.account(port, "analyst").post("/api/v1/tokens", body);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("content-type")).startsWith("application/problem+json");
        assertThat(answer.json().path("detail").asString()).isNotBlank();
    }

    @Test
    void accounts_byTheAdmin_areMadeChangedAndEnded() {
        Caller admin = Caller.account(port, "admin");
        String name = "made-" + System.nanoTime();
        Answer made = admin.post("/api/v1/accounts", "{\"name\":\"" + name + "\",\"roles\":[\"analyst\"]}");
        assertThat(made.status()).isEqualTo(201);
        String oneTime = made.json().path("oneTimePassword").asString();
        assertThat(admin.post("/api/v1/accounts", "{\"name\":\"" + name + "\",\"roles\":[\"analyst\"]}")
                        .status())
                .isEqualTo(409);

        Caller first = Caller.account(port, name, oneTime);
        Answer elsewhere = first.get("/api/v1/account");
        assertThat(elsewhere.status()).isEqualTo(403);
        assertThat(elsewhere.json().path("type").asString()).isEqualTo("/problems/replace-password");
        String body = "{\"current\":\"" + oneTime + "\",\"new\":\"" + PASSWORD + "\"}";
        assertThat(first.post("/api/v1/account/password", "{\"current\":\"" + oneTime + "\",\"new\":\"short\"}")
                        .status())
                .isEqualTo(422);
        assertThat(first.post("/api/v1/account/password", body).status()).isEqualTo(204);
        assertThat(first.get("/api/v1/account").status()).isEqualTo(401);

        Caller owner = Caller.account(port, name, PASSWORD);
        assertThat(owner.get("/api/v1/account").status()).isEqualTo(200);
        assertThat(owner.get("/api/v1/accounts").status()).isEqualTo(403);
        assertThat(admin.put(
                                "/api/v1/accounts/" + name,
                                "{\"roles\":[\"admin\"],\"orgUnit\":\"Digital and IT\",\"trainingValidUntil\":\"2030-01-01\"}")
                        .status())
                .isEqualTo(200);
        assertThat(owner.get("/api/v1/accounts").status()).isEqualTo(200);
        assertThat(admin.post("/api/v1/accounts/" + name + "/disable", "")
                        .json()
                        .path("disabled")
                        .asBoolean())
                .isTrue();
        assertThat(owner.get("/api/v1/account").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"Has Space\",\"roles\":[\"analyst\"]}",
                "{\"name\":\"x\",\"roles\":[]}",
                "{\"name\":\"x\"}",
                "{\"roles\":[\"analyst\"]}",
                "{\"name\":\"x\",\"roles\":[\"root\"]}",
                "{\"name\":\"x\",\"roles\":[\"analyst\"],\"orgUnit\":\"\"}"
            })
    void account_askedForWrongly_isNotMade(String body) {
        assertThat(Caller.account(port, "admin").post("/api/v1/accounts", body).status())
                .isEqualTo(422);
    }

    @Test
    void body_overOneMebibyte_is413WhetherAnnouncedOrInChunks() {
        Caller analyst = Caller.account(port, "analyst");
        byte[] large = "x".repeat(10 << 20).getBytes(StandardCharsets.US_ASCII);
        for (var publisher : List.of(
                BodyPublishers.ofByteArray(large),
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))) {
            Answer answer = analyst.send(analyst.request("/api/v1/tokens")
                    .header("Content-Type", "application/json")
                    .POST(publisher));
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.header("content-type")).startsWith("application/problem+json");
        }
    }

    @Test
    void body_inChunksBelowTheLimit_isRead() {
        Caller analyst = Caller.account(port, "analyst");
        byte[] body = "{\"note\":\"in chunks\"}".getBytes(StandardCharsets.US_ASCII);
        Answer answer = analyst.send(analyst.request("/api/v1/tokens")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().path("note").asString()).isEqualTo("in chunks");
    }

    @Test
    void body_ofAnotherType_is415() {
        Caller analyst = Caller.account(port, "analyst");
        Answer answer = analyst.send(analyst.request("/api/v1/tokens")
                .header("Content-Type", "text/xml")
                .POST(BodyPublishers.ofString("<x/>")));
        assertThat(answer.status()).isEqualTo(415);
    }

    @Test
    void headers_ofEveryAnswer_keepABrowserFromLoadingWhatIsNotOurs() {
        for (String path : List.of("/api/v1/account", "/actuator/health", "/login")) {
            Answer answer = Caller.account(port, "analyst").get(path);
            assertThat(answer.header("content-security-policy"))
                    .contains("default-src 'none'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
            assertThat(answer.header("x-frame-options")).isEqualTo("DENY");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "evil.example,421",
        "localhost.evil.example:80,421",
        "localhost,200",
        "LOCALHOST:1234,200",
        "[::1]:80,200"
    })
    void host_thatIsNotThisMachine_isRefusedInDemoMode(String host, int status) throws Exception {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write(("GET /login HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer.lines().findFirst().orElse("")).contains(" " + (status == 200 ? "" : status));
            assertThat(answer.startsWith("HTTP/1.1 421")).isEqualTo(status == 421);
        }
    }
}

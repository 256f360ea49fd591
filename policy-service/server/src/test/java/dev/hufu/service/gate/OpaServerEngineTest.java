package dev.hufu.service.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hufu.service.facts.FactsSnapshot;
import dev.hufu.service.registers.ShippedPolicies;
import dev.hufu.service.request.AccessRequest;
import dev.hufu.service.request.Action;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** An OPA server that is there, is not, and is something else. */
class OpaServerEngineTest {
    private static final Instant NOON = Instant.parse("2026-11-23T04:00:00Z");
    private static final Duration LONG = Duration.ofMinutes(1);

    private final AtomicReference<FactsSnapshot> facts = new AtomicReference<>(ShippedBundle.FACTS);
    private final CountDownLatch over = new CountDownLatch(1);
    private @Nullable OpaServerEngine engine;
    private @Nullable HttpServer fake;

    @AfterEach
    void end() {
        over.countDown();
        if (engine != null) {
            engine.close();
        }
        if (fake != null) {
            fake.stop(0);
        }
    }

    private OpaServerEngine start(URI base, Duration deadline, @Nullable String token, PolicyBundle bundle)
            throws Exception {
        var started = (OpaServerEngine) PolicyEngine.start(
                new EngineChoice.OpaServer(base, Optional.ofNullable(token), deadline),
                bundle,
                ShippedBundle.FACTS,
                new PolicyEngine.Surroundings(facts::get, new SecureRandom(), Clock.systemUTC(), _ -> {}));
        engine = started;
        return started;
    }

    private static AccessRequest pay() {
        return EmbeddedRegoEngineTest.request(Action.QUERY, "dpv:PersonnelPayment", NOON);
    }

    private static String code(PolicyEngine engine) {
        Decision decision = engine.decide(pay());
        assertThat(decision.outcome()).isEqualTo(Outcome.DENY);
        assertThat(decision.reasons())
                .singleElement()
                .satisfies(r -> assertThat(r.remedy()).isNotNull());
        return decision.reasons().getFirst().code();
    }

    private static SortedMap<String, String> withDecision(String rego) {
        var files = new TreeMap<>(ShippedPolicies.texts());
        files.put("house/decision.rego", "package hufu\n\n" + rego + "\n");
        return files;
    }

    @Test
    void decide_serverKilledAndBackBetweenDecisions_isDeniedThenServedAnew() throws Exception {
        assumeTrue(Opa.isThere(), "no opa on PATH");
        int port = Opa.freePort();
        OpaServerEngine engine;
        try (Opa.Server opa = Opa.serve(port)) {
            engine = start(opa.base(), LONG, null, ShippedBundle.BUNDLE);
            assertThat(engine.decide(pay()).permitted()).isTrue();
        }
        assertThat(code(engine)).isEqualTo("policy.unreachable");
        assertThat(engine.trouble()).isPresent();
        try (var _ = Opa.serve(port)) { // empty, as it keeps nothing on a disk
            assertThat(engine.decide(pay()).permitted()).isTrue();
            assertThat(engine.trouble()).isEmpty();
        }
        assertThat(code(engine)).isEqualTo("policy.unreachable");
        try (var _ = Opa.serve(port)) {
            engine.look();
            assertThat(engine.trouble()).isEmpty();
        }
    }

    @Test
    void start_noServerYet_deniesUntilThereIsOne() throws Exception {
        assumeTrue(Opa.isThere(), "no opa on PATH");
        int port = Opa.freePort();
        OpaServerEngine engine = start(URI.create("http://127.0.0.1:" + port), LONG, null, ShippedBundle.BUNDLE);
        assertThat(engine.trouble()).hasValueSatisfying(t -> assertThat(t).contains("cannot be connected to"));
        assertThat(code(engine)).isEqualTo("policy.unreachable");
        try (var _ = Opa.serve(port)) {
            assertThat(engine.decide(pay()).permitted()).isTrue();
        }
    }

    /** Somebody else changes what is there: no answer by that is taken, and what should be there is put back. */
    @Test
    void decide_modulesOrFactsChangedByAnother_isByOurs() throws Exception {
        assumeTrue(Opa.isThere(), "no opa on PATH");
        try (Opa.Server opa = Opa.serve(Opa.freePort());
                var http = HttpClient.newHttpClient()) {
            OpaServerEngine engine = start(opa.base(), LONG, null, ShippedBundle.BUNDLE);
            put(http, opa, "/v1/policies/hufu/house", "package house\n\ngranted := true\ndeny contains 1 if false\n");
            Decision decision = engine.decide(pay());
            assertThat(decision.obligations()).containsExactly(new Obligation.MinGroupSize(20));
            put(http, opa, "/v1/data/hufu_facts", "{\"digest\": \"sha256:0\"}");
            assertThat(engine.decide(pay()).permitted()).isTrue();
        }
    }

    private static void put(HttpClient http, Opa.Server opa, String path, String body) throws Exception {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(opa.base().resolve(path))
                        .PUT(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
        policy.undefined  ~ decision := {"outcome": "permit"} if false
        policy.malformed  ~ decision := {"outcome": "permit"}
        policy.error      ~ decision := x if some x in [1, input.subject.id]
        policy.obligation ~ decision := {"outcome": "permit", "reasons": [{"rule": "a", "code": "b", "article": "c", "text": {"zh": "甲", "en": "d"}, "remedy": null}], "obligations": []}
        """)
    void decide_policyThatFailsThere_isADenialWithItsOwnCode(String code, String rego) throws Exception {
        assumeTrue(Opa.isThere(), "no opa on PATH");
        try (Opa.Server opa = Opa.serve(Opa.freePort())) {
            assertThat(code(start(opa.base(), LONG, null, PolicyBundle.of(withDecision(rego)))))
                    .isEqualTo(code);
        }
    }

    @Test
    void decide_evaluationWithoutEnd_isADenialByTheDeadline() throws Exception {
        assumeTrue(Opa.isThere(), "no opa on PATH");
        String endless = "decision := count([1 | some a in numbers.range(1, 30000); some b in numbers.range(1, 30000);"
                + " a * b == input.never])";
        try (Opa.Server opa = Opa.serve(Opa.freePort())) {
            assertThat(code(start(opa.base(), Duration.ofSeconds(2), null, PolicyBundle.of(withDecision(endless)))))
                    .isEqualTo("policy.unreachable");
        }
    }

    @Test
    void start_serverThatWantsAToken_isRefusedWithoutAndServesWith(@TempDir Path directory) throws Exception {
        assumeTrue(Opa.isThere(), "no opa on PATH");
        Path authz = Files.writeString(directory.resolve("authz.rego"), """
                package system.authz

                default allow := false

                allow if input.identity == "a-token-of-ours"
                """);
        try (Opa.Server opa =
                Opa.serve(Opa.freePort(), "--authentication=token", "--authorization=basic", authz.toString())) {
            assertThatThrownBy(() -> start(opa.base(), LONG, null, ShippedBundle.BUNDLE))
                    .isInstanceOfSatisfying(EngineException.class, refused -> {
                        assertThat(refused).hasMessageContaining("HTTP 401");
                        assertThat(refused.action()).contains("HUFU_OPA_TOKEN");
                    });
            assertThat(start(opa.base(), LONG, "a-token-of-ours", ShippedBundle.BUNDLE)
                            .decide(pay())
                            .permitted())
                    .isTrue();
        }
    }

    /** What answers as if it had taken all, and questions as it likes. */
    private URI fake(Answer answer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> send(exchange, 200, "{\"result\": []}"));
        server.createContext("/v1/data/hufu_gate/answer", exchange -> answer.to(exchange));
        server.start();
        fake = server;
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @FunctionalInterface
    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String permit(String bundle, String factsDigest) {
        ObjectNode reason = tools.jackson.databind.json.JsonMapper.shared().createObjectNode();
        reason.put("rule", "a").put("code", "b").put("article", "c").putNull("remedy");
        reason.putObject("text").put("zh", "甲").put("en", "d");
        String packages = ("\"" + bundle + "\",").repeat(3);
        return """
                {"result": {"basis": {"bundle": "%s", "packages": [%s], "facts": "%s"}, "decisions": [{
                "outcome": "permit", "reasons": [%s], "obligations": [{"type": "minGroupSize", "value": 20}]}]}}
                """.formatted(bundle, packages.substring(0, packages.length() - 1), factsDigest, reason);
    }

    @Test
    void decide_serverThatAnswersAsItShould_isTaken() throws Exception {
        String answer = permit(ShippedBundle.BUNDLE.digest(), ShippedBundle.FACTS.digest());
        assertThat(start(fake(exchange -> send(exchange, 200, answer)), LONG, null, ShippedBundle.BUNDLE)
                        .decide(pay())
                        .permitted())
                .isTrue();
    }

    @Test
    void decide_answerByAnotherBasis_isNeverTaken() throws Exception {
        String other = "sha256:" + "0".repeat(64);
        String bundle = ShippedBundle.BUNDLE.digest();
        String digest = ShippedBundle.FACTS.digest();
        for (String answer : new String[] {
            permit(bundle, other),
            permit(other, digest),
            permit(bundle, digest).replace("\"" + bundle + "\",\"", "\"" + other + "\",\""),
            permit(bundle, digest).replace("[\"" + bundle + "\",", "["),
            "{}",
            "{\"result\": {}}",
            "{\"result\": true}",
            permit(bundle, digest).replace("basis", "bases")
        }) {
            assertThat(code(start(fake(exchange -> send(exchange, 200, answer)), LONG, null, ShippedBundle.BUNDLE)))
                    .as(answer)
                    .isEqualTo("policy.otherBasis");
            end();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "perhaps", "{\"result\": ", "[1]", "null", "{}{}", "{\"result\":{},\"result\":{}}"})
    void decide_answerThatIsNoDocument_isADenial(String answer) throws Exception {
        assertThat(code(start(fake(exchange -> send(exchange, 200, answer)), LONG, null, ShippedBundle.BUNDLE)))
                .isEqualTo("policy.unreachable");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 400, 401, 404, 429, 500, 502, 503})
    void decide_otherStatusWithAPermitInTheBody_isADenial(int status) throws Exception {
        String answer = permit(ShippedBundle.BUNDLE.digest(), ShippedBundle.FACTS.digest());
        URI base = fake(exchange -> {
            exchange.getResponseHeaders().set("Location", "/v1/data/hufu_gate/answer");
            send(exchange, status, answer);
        });
        assertThat(code(start(base, LONG, null, ShippedBundle.BUNDLE))).isEqualTo("policy.unreachable");
    }

    @Test
    void decide_answerWithoutEnd_isADenial() throws Exception {
        URI base = fake(exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, 0);
                byte[] spaces = " ".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
                for (int i = 0; i < 1_000; i++) {
                    exchange.getResponseBody().write(spaces);
                }
            }
        });
        assertThat(code(start(base, LONG, null, ShippedBundle.BUNDLE))).isEqualTo("policy.unreachable");
    }

    @Test
    void decide_serverThatNeverAnswers_isADenialByTheDeadline() throws Exception {
        URI base = fake(exchange -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(code(start(base, Duration.ofMillis(300), null, ShippedBundle.BUNDLE)))
                .isEqualTo("policy.unreachable");
    }

    @Test
    void decide_oneBadAnswer_isAskedAgain() throws Exception {
        String answer = permit(ShippedBundle.BUNDLE.digest(), ShippedBundle.FACTS.digest());
        var asked = new AtomicInteger();
        URI base = fake(exchange -> send(exchange, asked.incrementAndGet() == 1 ? 503 : 200, answer));
        assertThat(start(base, LONG, null, ShippedBundle.BUNDLE).decide(pay()).permitted())
                .isTrue();
        assertThat(asked).hasValue(2);
    }
}

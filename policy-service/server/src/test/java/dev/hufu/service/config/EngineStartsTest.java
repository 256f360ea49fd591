package dev.hufu.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hufu.service.Hufu;
import dev.hufu.service.HufuServerTest;
import dev.hufu.service.cli.CommandRun;
import dev.hufu.service.gate.EngineException;
import dev.hufu.service.gate.Opa;
import dev.hufu.service.gate.PolicyBundle;
import dev.hufu.service.registers.ShippedPolicies;
import dev.hufu.service.web.Caller;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** Whole servers with an engine that is not the usual one. */
class EngineStartsTest {
    private static final String DECISION = """
            {"action":"query","dataset":"pay","fields":["monthly_pay"],"purpose":"dpv:PersonnelPayment","legalBasis":"13-1-2"}""";

    @TempDir
    private Path root;

    @Test
    void start_withWasm_decidesByItAndSaysSo() throws Exception {
        assumeTrue(Opa.isThere(), "no opa on PATH");
        Path bundle = Opa.wasm(root, PolicyBundle.of(ShippedPolicies.texts()).modules());
        try (var server = start("--hufu.policy.engine=wasm", "--hufu.policy.wasm=" + bundle.getFileName())) {
            assertDecides(server, "wasm");
        }
    }

    @Test
    void start_withAnOpaServer_decidesByItAndIsRedWhileItIsAway() throws Exception {
        assumeTrue(Opa.isThere(), "no opa on PATH");
        int port = Opa.freePort();
        try (Opa.Server opa = Opa.serve(port);
                var server = start(
                        "--hufu.policy.engine=opa", "--hufu.opa.url=" + opa.base(), "--hufu.policy.deadline=60000")) {
            assertDecides(server, "opa-server");
            opa.close();
            JsonNode denial = decide(server, DECISION);
            assertThat(denial.at("/decision/outcome").asString()).isEqualTo("deny");
            assertThat(denial.at("/decision/reasons/0/code").asString()).isEqualTo("policy.unreachable");
            assertThat(denial.at("/decision/reasons/0/article").asString()).isEqualTo("PIPL 51");
            assertThat(Caller.nobody(port(server)).get("/actuator/health").status())
                    .isEqualTo(503);
            assertThat(policy(server).path("trouble").asString()).contains("cannot be used");
            assertThat(Caller.account(port(server), "legal")
                            .get("/api/v1/status")
                            .status())
                    .isEqualTo(403);
            try (var _ = Opa.serve(port)) {
                assertThat(decide(server, DECISION).at("/decision/outcome").asString())
                        .isEqualTo("permit");
                assertThat(policy(server).has("trouble")).isFalse();
            }
        }
    }

    @Test
    void start_withWasmOfAnotherPolicy_isRefusedInTwoSentences() throws Exception {
        assumeTrue(Opa.isThere(), "no opa on PATH");
        var modules = new TreeMap<>(PolicyBundle.of(ShippedPolicies.texts()).modules());
        modules.replaceAll((path, text) -> text.replace("group_floor := 5", "group_floor := 1"));
        Path bundle = Opa.wasm(root, modules);
        assertThatThrownBy(() -> start("--hufu.policy.engine=wasm", "--hufu.policy.wasm=" + bundle))
                .rootCause()
                .isInstanceOfSatisfying(EngineException.class, refused -> {
                    assertThat(refused).hasMessageContaining("house/grants.rego");
                    assertThat(refused.action()).contains("opa build -t wasm -e hufu/decision");
                });
    }

    private static void assertDecides(ConfigurableApplicationContext server, String engine) throws Exception {
        assertThat(decide(server, DECISION).at("/decision/outcome").asString()).isEqualTo("permit");
        JsonNode denial = decide(server, DECISION.replace("PersonnelPayment", "PersonnelBehaviourMonitoring"));
        assertThat(denial.at("/decision/reasons/0/code").asString()).isEqualTo("notice.purpose");
        JsonNode policy = policy(server);
        assertThat(policy.path("engine").asString()).isEqualTo(engine);
        assertThat(policy.path("version").asString())
                .isEqualTo(denial.at("/decision/policyVersion").asString())
                .startsWith("sha256:");
        assertThat(policy.has("trouble")).isFalse();
    }

    private static JsonNode decide(ConfigurableApplicationContext server, String request) {
        return Caller.account(port(server), "analyst")
                .post("/api/v1/decisions", request)
                .json();
    }

    private static JsonNode policy(ConfigurableApplicationContext server) {
        return Caller.account(port(server), "auditor")
                .get("/api/v1/status")
                .json()
                .path("policy");
    }

    private static void ready(ConfigurableApplicationContext server) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        while (Caller.nobody(port(server)).get("/actuator/health").status() != 200) {
            assertThat(System.nanoTime()).as("ready").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private static int port(ConfigurableApplicationContext server) {
        return server.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private ConfigurableApplicationContext start(String... more) {
        var arguments = new ArrayList<>(List.of(
                "--hufu.root=" + root,
                "--hufu.data=data",
                "--server.port=0",
                "--hufu.sample.employees=1000",
                "--hufu.demo-password=" + HufuServerTest.PASSWORD));
        arguments.addAll(List.of(more));
        var server = new SpringApplicationBuilder(Hufu.class).run(arguments.toArray(String[]::new));
        try {
            ready(server);
            return server;
        } catch (InterruptedException | AssertionError notReady) {
            server.close();
            throw new AssertionError(notReady);
        }
    }

    @Test
    void doctor_engineSettings_areLookedAt() throws Exception {
        assertThat(doctor(Map.of())).contains("embedded");
        assertThat(doctor(Map.of("HUFU_POLICY_ENGINE", "magic"))).contains("none of embedded, wasm, opa");
        assertThat(doctor(Map.of("HUFU_POLICY_ENGINE", "wasm"))).contains("HUFU_POLICY_WASM names no bundle");
        assertThat(doctor(Map.of("HUFU_POLICY_ENGINE", "wasm", "HUFU_POLICY_WASM", "nowhere.tar.gz")))
                .contains("nowhere.tar.gz cannot be read");
        String gone = "http://127.0.0.1:" + Opa.freePort();
        assertThat(doctor(Map.of("HUFU_POLICY_ENGINE", "opa", "HUFU_OPA_URL", gone)))
                .contains("does not answer: everything is denied");
        assertThat(doctor(Map.of("HUFU_POLICY_ENGINE", "opa", "HUFU_OPA_URL", "not an address")))
                .contains("HUFU_OPA_URL is no address");
        assumeTrue(Opa.isThere(), "no opa on PATH");
        try (Opa.Server opa = Opa.serve(Opa.freePort())) {
            assertThat(doctor(Map.of(
                            "HUFU_POLICY_ENGINE",
                            "opa",
                            "HUFU_OPA_URL",
                            opa.base().toString())))
                    .contains("opa, a healthy server at " + opa.base());
        }
    }

    private static String doctor(Map<String, String> environment) {
        return CommandRun.of(environment, "", "doctor").out();
    }
}

package dev.hufu.service.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hufu.rego.Value;
import dev.hufu.service.registers.ShippedPolicies;
import dev.hufu.service.request.Action;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which bundles the Wasm engine takes, and what comes of modules that fail. */
class WasmEngineTest {
    private static final PolicyEngine.Surroundings AROUND =
            new PolicyEngine.Surroundings(() -> ShippedBundle.FACTS, new SecureRandom(), Clock.systemUTC(), _ -> {});
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Value INPUT = Value.fromJson(
            CaseFile.read(ShippedBundle.BUNDLE.cases()).getFirst().input());

    @TempDir
    private static Path directory;

    private static Path shipped = Path.of("");

    @BeforeAll
    static void build() throws Exception {
        assumeTrue(Opa.isThere(), "no opa on PATH");
        shipped = Opa.wasm(directory, ShippedBundle.BUNDLE.modules());
    }

    private static void start(Path bundle) throws Exception {
        PolicyEngine.start(new EngineChoice.Wasm(bundle, LONG), ShippedBundle.BUNDLE, ShippedBundle.FACTS, AROUND)
                .close();
    }

    private static Map<String, String> withDecision(String rego) {
        var modules = new TreeMap<>(ShippedBundle.BUNDLE.modules());
        modules.put("house/decision.rego", "package hufu\n\n" + rego + "\n");
        return modules;
    }

    private static void assertRefused(Path bundle, String why) {
        assertThatThrownBy(() -> start(bundle)).isInstanceOfSatisfying(EngineException.class, refused -> {
            assertThat(refused).hasMessageContaining(why).hasMessageStartingWith("HUFU_POLICY_WASM");
            assertThat(refused.action()).isNotBlank();
        });
    }

    @Test
    void start_bundleOfAnotherPolicy_isRefusedNamingTheFile() throws Exception {
        var modules = new TreeMap<>(ShippedBundle.BUNDLE.modules());
        modules.replaceAll((path, text) -> text.replace("\"sensitive\": 20", "\"sensitive\": 2"));
        assertRefused(Opa.wasm(directory, modules), "no source like house/grants.rego");
        modules = new TreeMap<>(ShippedBundle.BUNDLE.modules());
        modules.put("house/more.rego", "package house\n\nhold contains grant_holds if false\n");
        assertRefused(Opa.wasm(directory, modules), "1 of its sources are not in use here");
    }

    /** Of the entry point a bundle keeps no source, so the cases find this. */
    @Test
    void start_entryPointThatDecidesOtherwise_isRefusedNamingACase() throws Exception {
        String decision = ShippedPolicies.texts().getOrDefault("house/decision.rego", "");
        assertRefused(
                Opa.wasm(
                        directory,
                        withDecision(decision.replace("package hufu\n", "")
                                .replace("count(denials) > 0", "count(denials) > 1"))),
                "decides otherwise than its sources");
    }

    @Test
    void start_damagedFiles_areRefusedInTheirOwnWords() throws Exception {
        byte[] whole = Files.readAllBytes(shipped);
        for (int length : new int[] {0, 1, 20, whole.length / 3, whole.length - 30, whole.length - 1}) {
            assertRefused(
                    Files.write(directory.resolve("cut-" + length), Arrays.copyOf(whole, length)), "no whole bundle");
        }
        byte[] altered = whole.clone();
        altered[altered.length / 2] ^= 0x40;
        assertRefused(Files.write(directory.resolve("altered"), altered), "no whole bundle");
        Path bare = Files.write(
                directory.resolve("policy.wasm"), WasmBundle.read(shipped).module());
        assertRefused(bare, "no whole bundle");
    }

    @Test
    void of_damagedModule_isRefusedOrTraps() throws Exception {
        byte[] module = WasmBundle.read(shipped).module();
        assertThatThrownBy(() -> WasmProgram.of(Arrays.copyOf(module, module.length / 2)))
                .isInstanceOf(EngineException.class);
        assertThatThrownBy(() -> WasmProgram.of(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0}))
                .isInstanceOf(EngineException.class);
    }

    @Test
    void start_builtinOutsideOfWasm_isRefusedByName() throws Exception {
        var modules = withDecision("decision := {\"outcome\": sprintf(\"%s\", [input.x])}");
        byte[] module = WasmBundle.read(Opa.wasm(directory, modules)).module();
        assertThatThrownBy(() -> WasmProgram.of(module))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("sprintf");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
        policy.undefined  ~ decision := {"outcome": "permit"} if input.nothing
        policy.malformed  ~ decision := {"outcome": "permit", "x": input.subject}
        policy.obligation ~ decision := {"outcome": "permit", "reasons": [{"rule": "a", "code": input.action.name, "article": "c", "text": {"zh": "甲", "en": "d"}, "remedy": null}], "obligations": []}
        policy.error      ~ decision := x if some x in [1, input.subject.id]
        """)
    void judge_moduleThatFails_isADenialWithItsOwnCode(String code, String rego) throws Exception {
        byte[] module = WasmBundle.read(Opa.wasm(directory, withDecision(rego))).module();
        try (var engine = new WasmEngine(new EngineChoice.Wasm(shipped, LONG), ShippedBundle.FACTS, AROUND)) {
            Evaluator evaluator = engine.unchecked(module);
            for (int i = 0; i < 2; i++) {
                assertThat(evaluator.judge(INPUT, ShippedBundle.FACTS, Action.QUERY))
                        .isEqualTo(Verdict.denial(reason(code)));
            }
        }
    }

    /** Far beyond any deadline; each leaves its thread free again, so that as many as there are threads harm nobody. */
    @Test
    void judge_evaluationWithoutEnd_isADenialAndHarmsNoOther() throws Exception {
        String endless = "decision := count([1 | some a in numbers.range(1, 30000); some b in numbers.range(1, 30000);"
                + " a * b == input.never])";
        byte[] module =
                WasmBundle.read(Opa.wasm(directory, withDecision(endless))).module();
        var choice = new EngineChoice.Wasm(shipped, Duration.ofMillis(300));
        try (var engine = new WasmEngine(choice, ShippedBundle.FACTS, AROUND)) {
            Evaluator evaluator = engine.unchecked(module);
            for (int i = 0; i < 6; i++) {
                assertThat(evaluator.judge(INPUT, ShippedBundle.FACTS, Action.QUERY))
                        .isEqualTo(Verdict.denial(Failure.BUDGET.reason()));
            }
            assertThat(engine.trouble()).isEmpty();
        }
    }

    @Test
    void judge_evaluationBeyondItsMemory_isADenialByBudget() throws Exception {
        String greedy =
                "decision := count([[a, b] | some a in numbers.range(1, 3000); some b in numbers.range(1, 3000)])";
        byte[] module =
                WasmBundle.read(Opa.wasm(directory, withDecision(greedy))).module();
        try (var engine = new WasmEngine(new EngineChoice.Wasm(shipped, LONG), ShippedBundle.FACTS, AROUND)) {
            assertThat(engine.unchecked(module).judge(INPUT, ShippedBundle.FACTS, Action.QUERY))
                    .isEqualTo(Verdict.denial(Failure.BUDGET.reason()));
        }
    }

    private static Reason reason(String code) {
        return Arrays.stream(Failure.values())
                .map(Failure::reason)
                .filter(reason -> reason.code().equals(code))
                .findFirst()
                .orElseThrow();
    }
}

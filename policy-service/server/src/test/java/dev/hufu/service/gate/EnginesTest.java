package dev.hufu.service.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hufu.service.facts.FactsSnapshot;
import dev.hufu.service.registers.ShippedPolicies;
import dev.hufu.service.request.AccessRequest;
import dev.hufu.service.request.Action;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

/** What holds on each engine: the same decisions, by the bundle and the facts of now. */
class EnginesTest {
    private static final Instant NOON = Instant.parse("2026-11-23T04:00:00Z");

    /** Nothing here fails for being slow. */
    private static final Duration DEADLINE = Duration.ofMinutes(1);

    @TempDir
    private static Path directory;

    private static @Nullable Path wasm;
    private static Opa.@Nullable Server opa;

    private final AtomicReference<FactsSnapshot> facts = new AtomicReference<>(ShippedBundle.FACTS);
    private final List<String> activated = new ArrayList<>();
    private @Nullable PolicyEngine engine;

    enum Kind {
        EMBEDDED,
        WASM,
        OPA_SERVER
    }

    @AfterEach
    void close() {
        if (engine != null) {
            engine.close();
        }
    }

    @AfterAll
    static void stop() {
        if (opa != null) {
            opa.close();
        }
    }

    private static EngineChoice choice(Kind kind) throws Exception {
        assumeTrue(kind == Kind.EMBEDDED || Opa.isThere(), "no opa on PATH");
        return switch (kind) {
            case EMBEDDED -> new EngineChoice.Embedded();
            case WASM -> {
                Path bundle = wasm == null ? Opa.wasm(directory, ShippedBundle.BUNDLE.modules()) : wasm;
                wasm = bundle;
                yield new EngineChoice.Wasm(bundle, DEADLINE);
            }
            case OPA_SERVER -> {
                Opa.Server server = opa == null ? Opa.serve(Opa.freePort()) : opa;
                opa = server;
                yield new EngineChoice.OpaServer(server.base(), Optional.empty(), DEADLINE);
            }
        };
    }

    private PolicyEngine start(EngineChoice choice, PolicyBundle bundle) throws Exception {
        PolicyEngine started = PolicyEngine.start(
                choice,
                bundle,
                ShippedBundle.FACTS,
                new PolicyEngine.Surroundings(
                        facts::get,
                        new SecureRandom(),
                        Clock.fixed(NOON, ZoneOffset.UTC),
                        b -> activated.add(b.digest())));
        engine = started;
        return started;
    }

    private static AccessRequest payFor(String purpose) {
        return EmbeddedRegoEngineTest.request(Action.QUERY, purpose, NOON);
    }

    @ParameterizedTest
    @EnumSource
    void cases_onEachEngine_giveTheWholeWantedDecision(Kind kind) throws Exception {
        PolicyEngine engine = start(choice(kind), ShippedBundle.BUNDLE);
        List<CaseResult> results =
                CaseRunner.run(ShippedBundle.BUNDLE, engine.active().evaluator(), ShippedBundle.FACTS);
        assertThat(results)
                .hasSizeGreaterThanOrEqualTo(60)
                .allSatisfy(one -> assertThat(one.differences())
                        .as(one.policyCase().name())
                        .isEmpty());
        assertThat(results).isEqualTo(CaseRunner.run(ShippedBundle.compiled(), ShippedBundle.FACTS));
    }

    @ParameterizedTest
    @EnumSource
    void decide_onEachEngine_permitsAndDeniesWithVersions(Kind kind) throws Exception {
        EngineChoice choice = choice(kind);
        PolicyEngine engine = start(choice, ShippedBundle.BUNDLE);
        Decision permit = engine.decide(payFor("dpv:PersonnelPayment"));
        assertThat(permit.outcome()).isEqualTo(Outcome.PERMIT);
        assertThat(permit.obligations()).containsExactly(new Obligation.MinGroupSize(20));
        assertThat(permit.policyVersion()).isEqualTo(ShippedBundle.BUNDLE.digest());
        assertThat(permit.factsDigest()).isEqualTo(ShippedBundle.FACTS.digest());
        Decision denial = engine.decide(payFor("dpv:PersonnelBehaviourMonitoring"));
        assertThat(denial.outcome()).isEqualTo(Outcome.DENY);
        assertThat(denial.reasons().getFirst().code()).isEqualTo("notice.purpose");
        assertThat(engine.engine()).isEqualTo(choice.engine());
        assertThat(engine.trouble()).isEmpty();
        assertThat(activated).containsExactly(ShippedBundle.BUNDLE.digest());
    }

    @ParameterizedTest
    @EnumSource
    void decide_factsSwapped_seesThemAtOnce(Kind kind) throws Exception {
        PolicyEngine engine = start(choice(kind), ShippedBundle.BUNDLE);
        ObjectNode empty = (ObjectNode) ShippedBundle.FACTS.document().deepCopy();
        empty.putObject("notices");
        facts.set(FactsSnapshot.of(empty, NOON));
        Decision decision = engine.decide(payFor("dpv:PersonnelPayment"));
        assertThat(decision.reasons()).extracting(Reason::code).containsExactly("notice.purpose");
        assertThat(decision.factsDigest()).isEqualTo(facts.get().digest());
        facts.set(ShippedBundle.FACTS);
        assertThat(engine.decide(payFor("dpv:PersonnelPayment")).permitted()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"EMBEDDED", "OPA_SERVER"})
    void activate_otherBundle_isJudgedByFromThenOn(Kind kind) throws Exception {
        PolicyEngine engine = start(choice(kind), ShippedBundle.BUNDLE);
        TreeMap<String, String> files = new TreeMap<>(ShippedPolicies.texts());
        files.put("house/more.rego", "package house.more\n\nkept := input.subject.id\n");
        files.replaceAll((path, text) ->
                path.equals("house/grants.rego") ? text.replace("\"sensitive\": 20", "\"sensitive\": 50") : text);
        PolicyBundle other = PolicyBundle.of(files);
        engine.activate(other);
        Decision decision = engine.decide(payFor("dpv:PersonnelPayment"));
        assertThat(decision.obligations()).containsExactly(new Obligation.MinGroupSize(50));
        assertThat(decision.policyVersion()).isEqualTo(other.digest());
        engine.activate(ShippedBundle.BUNDLE);
        assertThat(engine.decide(payFor("dpv:PersonnelPayment")).obligations())
                .containsExactly(new Obligation.MinGroupSize(20));
        assertThat(activated).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(names = {"EMBEDDED", "OPA_SERVER"})
    void activate_bundleThatDoesNotCompile_keepsThePresentOne(Kind kind) throws Exception {
        PolicyEngine engine = start(choice(kind), ShippedBundle.BUNDLE);
        TreeMap<String, String> files = new TreeMap<>(ShippedPolicies.texts());
        files.put("house/decision.rego", "package hufu\n\ndecision := x\n");
        assertThatThrownBy(() -> engine.activate(PolicyBundle.of(files))).isInstanceOf(PolicyBundleException.class);
        assertThat(engine.decide(payFor("dpv:PersonnelPayment")).permitted()).isTrue();
        assertThat(activated).hasSize(1);
    }
}

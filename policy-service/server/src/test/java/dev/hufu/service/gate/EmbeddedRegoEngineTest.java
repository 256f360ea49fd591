package dev.hufu.service.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hufu.service.facts.FactsSnapshot;
import dev.hufu.service.registers.ShippedPolicies;
import dev.hufu.service.request.AccessRequest;
import dev.hufu.service.request.AccountId;
import dev.hufu.service.request.Action;
import dev.hufu.service.request.DatasetName;
import dev.hufu.service.request.LegalBasis;
import dev.hufu.service.request.Principal;
import dev.hufu.service.request.Purpose;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class EmbeddedRegoEngineTest {
    private static final Instant NOON = Instant.parse("2026-11-23T04:00:00Z");
    private final AtomicReference<FactsSnapshot> facts = new AtomicReference<>(ShippedBundle.FACTS);
    private final List<String> activated = new ArrayList<>();

    private EmbeddedRegoEngine engine(PolicyBundle bundle) throws PolicyBundleException {
        return EmbeddedRegoEngine.start(
                bundle,
                facts::get,
                new SecureRandom(),
                Clock.fixed(NOON, ZoneOffset.UTC),
                b -> activated.add(b.digest()));
    }

    static AccessRequest request(Action action, String purpose, Instant time) {
        Principal analyst = new Principal(
                new AccountId("analyst"),
                Set.of("analyst"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(LocalDate.of(2027, 12, 31)),
                Optional.empty());
        return new AccessRequest(
                analyst,
                action,
                new DatasetName("pay"),
                List.of("org_unit", "monthly_pay"),
                new Purpose(purpose),
                new LegalBasis("13-1-2"),
                Optional.empty(),
                "a test",
                time);
    }

    private static SortedMap<String, String> withDecision(String rego) {
        TreeMap<String, String> files = new TreeMap<>(ShippedPolicies.texts());
        files.put("house/decision.rego", "package hufu\n\n" + rego + "\n");
        return files;
    }

    @Test
    void decide_payForPayroll_isPermittedInGroupsOf20WithVersions() throws Exception {
        Decision decision = engine(ShippedBundle.BUNDLE).decide(request(Action.QUERY, "dpv:PersonnelPayment", NOON));
        assertThat(decision.outcome()).isEqualTo(Outcome.PERMIT);
        assertThat(decision.obligations()).containsExactly(new Obligation.MinGroupSize(20));
        assertThat(decision.reasons()).extracting(Reason::article).contains("PIPL 6", "PIPL 13", "PIPL 17");
        assertThat(decision.policyVersion()).isEqualTo(ShippedBundle.BUNDLE.digest());
        assertThat(decision.lawPackVersion()).matches("2025-01-01\\+[0-9a-f]{12}");
        assertThat(decision.factsDigest()).isEqualTo(ShippedBundle.FACTS.digest());
        assertThat(activated).containsExactly(ShippedBundle.BUNDLE.digest());
    }

    @Test
    void decide_behaviourMonitoring_isDeniedUnderArticle17WithARemedy() throws Exception {
        Decision decision =
                engine(ShippedBundle.BUNDLE).decide(request(Action.QUERY, "dpv:PersonnelBehaviourMonitoring", NOON));
        assertThat(decision.outcome()).isEqualTo(Outcome.DENY);
        assertThat(decision.obligations()).isEmpty();
        assertThat(decision.reasons()).anySatisfy(r -> {
            assertThat(r.article()).isEqualTo("PIPL 17");
            assertThat(r.remedy()).isNotNull();
        });
    }

    @Test
    void decide_readRows_isDeniedUnderArticle6WithTheStatisticAsRemedy() throws Exception {
        Decision decision = engine(ShippedBundle.BUNDLE).decide(request(Action.READ, "dpv:PersonnelPayment", NOON));
        assertThat(decision.reasons()).anySatisfy(r -> {
            assertThat(r.article()).isEqualTo("PIPL 6");
            assertThat(r.remedy()).isNotNull().satisfies(t -> assertThat(t.en()).contains("statistic"));
        });
    }

    @Test
    void decide_aroundMidnightInChina_countsTheChineseDay() throws Exception {
        ObjectNode lapsing = (ObjectNode) ShippedBundle.FACTS.document().deepCopy();
        ((ObjectNode) lapsing.at("/pipias/PIPIA-01")).put("validTo", "2026-11-23");
        facts.set(FactsSnapshot.of(lapsing, NOON));
        EmbeddedRegoEngine engine = engine(ShippedBundle.BUNDLE);
        Instant midnight = Instant.parse("2026-11-23T16:00:00Z");
        assertThat(engine.decide(request(Action.QUERY, "dpv:PersonnelPayment", midnight.minusMillis(1)))
                        .permitted())
                .isTrue();
        assertThat(engine.decide(request(Action.QUERY, "dpv:PersonnelPayment", midnight))
                        .reasons())
                .extracting(Reason::code)
                .containsExactly("pipia.lapsed");
    }

    @Test
    void decide_factsSwapped_seesThemAtOnce() throws Exception {
        EmbeddedRegoEngine engine = engine(ShippedBundle.BUNDLE);
        ObjectNode empty = (ObjectNode) ShippedBundle.FACTS.document().deepCopy();
        empty.putObject("notices");
        facts.set(FactsSnapshot.of(empty, NOON));
        Decision decision = engine.decide(request(Action.QUERY, "dpv:PersonnelPayment", NOON));
        assertThat(decision.reasons()).extracting(Reason::code).containsExactly("notice.purpose");
        assertThat(decision.factsDigest()).isEqualTo(facts.get().digest());
    }

    @Test
    void decide_noFactsAtAll_isDenied() throws Exception {
        facts.set(
                FactsSnapshot.of(tools.jackson.databind.json.JsonMapper.shared().createObjectNode(), NOON));
        assertThat(engine(ShippedBundle.BUNDLE)
                        .decide(request(Action.QUERY, "dpv:PersonnelPayment", NOON))
                        .permitted())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
        policy.undefined  ~ decision := {"outcome": "permit"} if false
        policy.malformed  ~ decision := {"outcome": "permit"}
        policy.malformed  ~ decision := {"outcome": "perhaps", "reasons": [], "obligations": []}
        policy.malformed  ~ decision := {"outcome": "permit", "reasons": [], "obligations": []}
        policy.malformed  ~ decision := {"outcome": "permit", "reasons": [{"rule": "a", "code": "b", "article": "c", "text": {"zh": "甲", "en": "d"}, "remedy": null}], "obligations": [{"type": "askNicely"}]}
        policy.obligation ~ decision := {"outcome": "permit", "reasons": [{"rule": "a", "code": "b", "article": "c", "text": {"zh": "甲", "en": "d"}, "remedy": null}], "obligations": []}
        policy.error      ~ decision := {"outcome": "permit", "reasons": [1 / 0], "obligations": []}
        policy.error      ~ decision := x if some x in [1, 2]
        policy.budget     ~ decision := count([1 | some a in numbers.range(1, 3000); some b in numbers.range(1, 3000)])
        """)
    void decide_policyThatFails_isADenialWithItsOwnCode(String code, String rego) throws Exception {
        Decision decision =
                engine(PolicyBundle.of(withDecision(rego))).decide(request(Action.QUERY, "dpv:PersonnelPayment", NOON));
        assertThat(decision.outcome()).isEqualTo(Outcome.DENY);
        assertThat(decision.reasons()).singleElement().satisfies(r -> {
            assertThat(r.code()).isEqualTo(code);
            assertThat(r.remedy()).isNotNull();
        });
    }

    @Test
    void activate_bundleThatDoesNotCompile_keepsThePresentOne() throws Exception {
        EmbeddedRegoEngine engine = engine(ShippedBundle.BUNDLE);
        assertThatThrownBy(() -> engine.activate(PolicyBundle.of(withDecision("decision := x"))))
                .isInstanceOfSatisfying(
                        PolicyBundleException.class,
                        e -> assertThat(e.findings()).anyMatch(f -> f.startsWith("house/decision.rego:3:")));
        assertThatThrownBy(() -> engine.activate(
                        PolicyBundle.of(withDecision("decision := http.send({\"url\": \"http://localhost\"})"))))
                .isInstanceOf(PolicyBundleException.class);
        assertThat(engine.bundle().digest()).isEqualTo(ShippedBundle.BUNDLE.digest());
        assertThat(activated).hasSize(1);
    }

    @Test
    void activate_unlogged_doesNotHappen() throws Exception {
        EmbeddedRegoEngine engine = EmbeddedRegoEngine.start(
                ShippedBundle.BUNDLE, facts::get, new SecureRandom(), Clock.fixed(NOON, ZoneOffset.UTC), bundle -> {
                    if (bundle != ShippedBundle.BUNDLE) {
                        throw new IllegalStateException("log stopped");
                    }
                });
        PolicyBundle other = PolicyBundle.of(withDecision("decision := {}"));
        assertThatThrownBy(() -> engine.activate(other)).hasMessage("log stopped");
        assertThat(engine.bundle()).isSameAs(ShippedBundle.BUNDLE);
    }

    @Test
    void digest_anyByteOfARule_changesIt() {
        TreeMap<String, String> files = new TreeMap<>(ShippedPolicies.texts());
        files.merge("house/obligations.rego", "\n", String::concat);
        PolicyBundle changed = PolicyBundle.of(files);
        assertThat(changed.digest()).isNotEqualTo(ShippedBundle.BUNDLE.digest());
        assertThat(changed.lawPackVersion()).isEqualTo(ShippedBundle.BUNDLE.lawPackVersion());
        files.merge("lawpacks/cn/purpose.rego", "\n", String::concat);
        assertThat(PolicyBundle.of(files).lawPackVersion()).isNotEqualTo(changed.lawPackVersion());
    }
}

package dev.hufu.service.gate;

import dev.hufu.rego.Value;
import dev.hufu.service.facts.FactsSnapshot;
import dev.hufu.service.request.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs a bundle's cases. */
final class CaseRunner {
    private CaseRunner() {}

    /**
     * On the embedded engine.
     *
     * @throws IllegalArgumentException when a case file is malformed
     */
    static List<CaseResult> run(CompiledPolicy policy, FactsSnapshot shippedFacts) {
        return run(policy.bundle(), policy.evaluator(), shippedFacts);
    }

    /** @throws IllegalArgumentException when a case file is malformed */
    static List<CaseResult> run(PolicyBundle bundle, Evaluator evaluator, FactsSnapshot shippedFacts) {
        List<CaseResult> results = new ArrayList<>();
        for (PolicyCase one : CaseFile.read(bundle.cases())) {
            FactsSnapshot facts = one.facts().isEmpty()
                    ? shippedFacts
                    : FactsSnapshot.of(facts(one, shippedFacts.document()), shippedFacts.time());
            Action action = Action.ofWire(one.audit().action()).orElse(Action.USE);
            Verdict verdict = evaluator.judge(Value.fromJson(one.input()), facts, action);
            results.add(new CaseResult(
                    one,
                    verdict.outcome(),
                    verdict.reasons(),
                    verdict.obligations(),
                    differences(one, verdict, facts.document())));
        }
        return List.copyOf(results);
    }

    /**
     * The names of the bundle's cases in which an engine decides otherwise than the embedded one.
     *
     * @throws IllegalArgumentException when a case file is malformed, or there is no case
     */
    static List<String> differing(CompiledPolicy policy, Evaluator evaluator, FactsSnapshot shippedFacts) {
        List<CaseResult> wanted = run(policy, shippedFacts);
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("there is no case");
        }
        Set<CaseResult> came = Set.copyOf(run(policy.bundle(), evaluator, shippedFacts));
        return wanted.stream()
                .filter(one -> !came.contains(one))
                .map(one -> one.policyCase().name())
                .toList();
    }

    static JsonNode facts(PolicyCase one, JsonNode shipped) {
        return one.facts().isEmpty() ? shipped : merged(shipped, one.facts());
    }

    /** RFC 7396, into a copy. */
    private static JsonNode merged(JsonNode target, JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            return patch;
        }
        ObjectNode out = target instanceof ObjectNode object ? object.deepCopy() : changes.objectNode();
        changes.properties().forEach(change -> {
            if (change.getValue().isNull()) {
                out.remove(change.getKey());
            } else {
                out.set(change.getKey(), merged(out.path(change.getKey()), change.getValue()));
            }
        });
        return out;
    }

    static List<CaseResult.Difference> differences(PolicyCase one, Verdict verdict, JsonNode facts) {
        List<CaseResult.Difference> differences = new ArrayList<>();
        compare(differences, CaseResult.Part.OUTCOME, one.outcome(), verdict.outcome());
        compare(
                differences,
                CaseResult.Part.REASONS,
                one.reasons(),
                verdict.reasons().stream()
                        .collect(Collectors.toMap(Reason::code, Reason::article, (a, _) -> a, TreeMap::new)));
        compare(
                differences,
                CaseResult.Part.OBLIGATIONS,
                Set.copyOf(one.obligations()),
                Set.copyOf(verdict.obligations()));
        if (verdict.outcome() == Outcome.DENY && verdict.reasons().stream().anyMatch(r -> r.remedy() == null)) {
            differences.add(new CaseResult.Difference(CaseResult.Part.REMEDY, "a remedy", "none"));
        }
        String action = one.input().at("/action/name").stringValue();
        PolicyCase.AuditOutline entry = new PolicyCase.AuditOutline(
                "decision",
                facts.path("vocabulary")
                        .path("actions")
                        .path(action)
                        .path("stage")
                        .asString("processing"),
                action,
                one.input().at("/context/purpose").stringValue(),
                verdict.outcome().wire());
        compare(differences, CaseResult.Part.AUDIT, one.audit(), entry);
        return differences;
    }

    private static void compare(
            List<CaseResult.Difference> differences, CaseResult.Part part, Object wanted, Object came) {
        if (!Objects.equals(wanted, came)) {
            differences.add(new CaseResult.Difference(part, wanted.toString(), came.toString()));
        }
    }
}

package dev.hufu.service.release;

import dev.hufu.service.audit.Actor;
import dev.hufu.service.audit.Entry;
import dev.hufu.service.audit.EntryType;
import dev.hufu.service.audit.PolicyReference;
import dev.hufu.service.audit.Stage;
import dev.hufu.service.gate.Decision;
import dev.hufu.service.gate.Reason;
import dev.hufu.service.request.AccessRequest;
import dev.hufu.service.request.Action;
import java.util.LinkedHashMap;
import java.util.Map;

/** Decisions as entries of the log. */
final class Entries {
    private Entries() {}

    /** @param texts what only the acting person wrote, by name; kept only as ciphertext under their key */
    static Entry of(Decision decision, Map<String, String> texts) {
        EntryType type = decision.permitted() ? EntryType.DECISION_PERMIT : EntryType.DECISION_DENY;
        return of(type, decision.outcome().wire(), decision, texts);
    }

    /** A judgement of a query that was not run: it says so itself. */
    static Entry preCheck(Decision decision, Map<String, String> texts) {
        return of(decision, texts).withDetails(Map.of("decision", decision.id().value(), "kind", "preCheck"));
    }

    /** A permitted ask that then failed: it is an entry all the same. */
    static Entry failure(Decision decision, Map<String, String> texts) {
        return of(EntryType.QUERY_FAILURE, "failure", decision, texts);
    }

    private static Entry of(EntryType type, String outcome, Decision decision, Map<String, String> texts) {
        AccessRequest request = decision.request();
        var all = new LinkedHashMap<>(texts);
        if (!request.justification().isBlank()) {
            all.put("justification", request.justification());
        }
        var actor = new Actor(
                request.subject().account().value(),
                request.subject().roles().stream().sorted().toList(),
                request.subject().orgUnit(),
                all);
        return Entry.of(type, request.action().wire(), outcome)
                .withStage(stage(request.action()))
                .withData(
                        request.dataset().value(),
                        request.fields(),
                        request.purpose().curie(),
                        request.legalBasis().article())
                .withDecision(
                        decision.reasons().stream().map(Reason::code).distinct().toList(),
                        DecisionJson.obligations(decision.obligations()),
                        new PolicyReference(
                                decision.policyVersion(), decision.lawPackVersion(), decision.factsDigest()))
                .withActor(actor)
                .withDetails(Map.of("decision", decision.id().value()));
    }

    /** The stage of the data's life after GB/T 37988. */
    private static Stage stage(Action action) {
        return switch (action) {
            case COLLECT -> Stage.COLLECTION;
            case TRANSMIT -> Stage.TRANSMISSION;
            case STORE -> Stage.STORAGE;
            case USE, QUERY, READ, PROCESS, AUTOMATED_DECISION -> Stage.PROCESSING;
            case PROVIDE, EXPORT, DISCLOSE, PUBLISH -> Stage.EXCHANGE;
            case DESTROY -> Stage.DESTRUCTION;
        };
    }
}

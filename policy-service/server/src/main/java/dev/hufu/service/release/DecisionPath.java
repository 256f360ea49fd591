package dev.hufu.service.release;

import dev.hufu.service.analytics.PeopleConcerned;
import dev.hufu.service.audit.AuditTrail;
import dev.hufu.service.audit.Cohort;
import dev.hufu.service.audit.Entry;
import dev.hufu.service.audit.Receipt;
import dev.hufu.service.gate.Decision;
import dev.hufu.service.gate.PolicyDecisionPoint;
import dev.hufu.service.request.AccessRequest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** Decide, log, answer: for whoever enforces the decision elsewhere. Thread-safe. */
public final class DecisionPath {
    private final PolicyDecisionPoint gate;
    private final PeopleConcerned people;
    private final AuditTrail trail;
    private final SecureRandom random;

    public DecisionPath(PolicyDecisionPoint gate, PeopleConcerned people, AuditTrail trail, SecureRandom random) {
        this.gate = gate;
        this.people = people;
        this.trail = trail;
        this.random = random;
    }

    /**
     * Judges a request; permit and deny alike are durable entries before the answer exists. The entry is about the people named,
     * whatever the outcome: they learn of a refusal too. Where none are named a permit is about everybody of the dataset, and a
     * denial, which let nothing happen to anybody's data, about nobody.
     *
     * @param named the people whom the request names, if it does
     * @param shape how the answer says it, without members {@code receipt} and {@code salt}
     * @throws dev.hufu.service.audit.LogStoppedException and
     * @throws dev.hufu.service.audit.LogBusyException when the entry cannot be made durable: then there is no answer
     */
    public ProvenAnswer decide(AccessRequest request, Optional<Cohort> named, Function<Decision, ObjectNode> shape) {
        Decision decision = gate.decide(request);
        Entry entry = Entries.of(decision, Map.of());
        Optional<Cohort> concerned = decision.permitted() ? named.or(() -> people.everybody(request.dataset())) : named;
        return log(decision, concerned.map(entry::withCohort).orElse(entry), shape.apply(decision));
    }

    /** Logs the entry of a decision with a commitment to the answer that tells it. */
    ProvenAnswer log(Decision decision, Entry entry, ObjectNode body) {
        Salt salt = Salt.random(random);
        Receipt receipt = trail.append(entry.withCommitment(salt.commitTo(body)));
        return ProvenAnswer.of(decision, body, salt, receipt);
    }
}

package dev.hufu.service.release;

import dev.hufu.service.audit.AuditTrail;
import dev.hufu.service.audit.Receipt;
import dev.hufu.service.gate.Decision;
import dev.hufu.service.gate.PolicyDecisionPoint;
import dev.hufu.service.request.AccessRequest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** Decide, log, answer: for whoever enforces the decision elsewhere. Thread-safe. */
public final class DecisionPath {
    private final PolicyDecisionPoint gate;
    private final AuditTrail trail;
    private final SecureRandom random;

    public DecisionPath(PolicyDecisionPoint gate, AuditTrail trail, SecureRandom random) {
        this.gate = gate;
        this.trail = trail;
        this.random = random;
    }

    /**
     * Judges a request; permit and deny alike are durable entries before the answer exists.
     *
     * @param shape how the answer says it, without members {@code receipt} and {@code salt}
     * @throws dev.hufu.service.audit.LogStoppedException and
     * @throws dev.hufu.service.audit.LogBusyException when the entry cannot be made durable: then there is no answer
     */
    public ProvenAnswer decide(AccessRequest request, Function<Decision, ObjectNode> shape) {
        return log(gate.decide(request), Map.of(), shape);
    }

    ProvenAnswer log(Decision decision, Map<String, String> texts, Function<Decision, ObjectNode> shape) {
        ObjectNode body = shape.apply(decision);
        Salt salt = Salt.random(random);
        Receipt receipt = trail.append(Entries.of(decision, texts).withCommitment(salt.commitTo(body)));
        return ProvenAnswer.of(decision, body, salt, receipt);
    }
}

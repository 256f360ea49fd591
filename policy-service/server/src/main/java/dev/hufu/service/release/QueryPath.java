package dev.hufu.service.release;

import dev.hufu.anonymizer.query.ParsedQuery;
import dev.hufu.service.analytics.Protected;
import dev.hufu.service.analytics.Statistics;
import dev.hufu.service.audit.AuditTrail;
import dev.hufu.service.audit.Cohort;
import dev.hufu.service.audit.Receipt;
import dev.hufu.service.gate.Decision;
import dev.hufu.service.gate.PolicyDecisionPoint;
import dev.hufu.service.request.AccessRequest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * The path of a query: decide, run, log, and only then release. A crash after the entry is durable and before rows leave
 * leaves an entry and no rows. Thread-safe.
 */
public final class QueryPath {
    /** What came of a query. */
    public sealed interface Outcome {
        /** Rows may leave. */
        record Released(Release release) implements Outcome {}

        /** The policy says no; the denial is an entry too. */
        record Denied(ProvenAnswer answer) implements Outcome {}
    }

    private final PolicyDecisionPoint gate;
    private final Statistics statistics;
    private final DecisionPath decisions;
    private final AuditTrail trail;
    private final SecureRandom random;

    public QueryPath(
            PolicyDecisionPoint gate,
            Statistics statistics,
            DecisionPath decisions,
            AuditTrail trail,
            SecureRandom random) {
        this.gate = gate;
        this.statistics = statistics;
        this.decisions = decisions;
        this.trail = trail;
        this.random = random;
    }

    /**
     * @param request the ask, whose fields are those of {@code query}
     * @param sql the text of {@code query}; kept only as ciphertext under the caller's key
     * @param denial how a denial is told, without members {@code receipt} and {@code salt}
     * @throws dev.hufu.service.audit.LogStoppedException and
     * @throws dev.hufu.service.audit.LogBusyException when the entry cannot be made durable: then nothing leaves
     */
    public Outcome ask(AccessRequest request, ParsedQuery query, String sql, Function<Decision, ObjectNode> denial) {
        Map<String, String> texts = Map.of("sql", sql);
        Decision decision = gate.decide(request);
        if (!decision.permitted()) {
            return new Outcome.Denied(decisions.log(decision, texts, denial));
        }
        Protected result = run(decision, query, texts);
        Salt salt = Salt.random(random);
        Receipt receipt = trail.append(Entries.of(decision, texts)
                .withCommitment(salt.commitTo(AnswerJson.of(result)))
                .withCohort(new Cohort(Cohort.Kind.STATISTICS, result.cohort())));
        return new Outcome.Released(Release.of(result, salt, receipt));
    }

    private Protected run(Decision decision, ParsedQuery query, Map<String, String> texts) {
        try {
            return statistics.run(statistics.plan(decision, query));
        } catch (RuntimeException e) {
            trail.append(Entries.failure(decision, texts)); // permitted, and then nothing came of it: that stands too
            throw e;
        }
    }
}

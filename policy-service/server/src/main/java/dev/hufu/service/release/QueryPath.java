package dev.hufu.service.release;

import dev.hufu.anonymizer.query.ParsedQuery;
import dev.hufu.service.analytics.PreCheck;
import dev.hufu.service.analytics.Protected;
import dev.hufu.service.analytics.Statistics;
import dev.hufu.service.audit.AuditTrail;
import dev.hufu.service.audit.Cohort;
import dev.hufu.service.audit.Entry;
import dev.hufu.service.audit.Receipt;
import dev.hufu.service.gate.Decision;
import dev.hufu.service.gate.PolicyDecisionPoint;
import dev.hufu.service.request.AccessRequest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
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
        record Denied(ProvenAnswer answer) implements Outcome, Checked {}
    }

    /** What came of a pre-check. */
    public sealed interface Checked {
        /** It may run now; nothing was run. */
        record Permitted(PreCheck check, ProvenAnswer answer) implements Checked {}
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
            return new Outcome.Denied(decisions.log(decision, Entries.of(decision, texts), denial.apply(decision)));
        }
        Protected result = orFailure(decision, texts, () -> statistics.run(statistics.plan(decision, query)));
        Salt salt = Salt.random(random);
        Receipt receipt = trail.append(Entries.of(decision, texts)
                .withCommitment(salt.commitTo(AnswerJson.of(result)))
                .withCohort(new Cohort(Cohort.Kind.STATISTICS, result.cohort())));
        return new Outcome.Released(Release.of(result, salt, receipt));
    }

    /**
     * Judges a query without running it: the gate decides, the decision is an entry that says that nothing was run, and what a
     * permit is told beside it follows from text, policy and figures of the whole publication. Parameters and exceptions are
     * those of {@link #ask}.
     */
    public Checked preCheck(
            AccessRequest request, ParsedQuery query, String sql, Function<Decision, ObjectNode> denial) {
        Map<String, String> texts = Map.of("sql", sql);
        Decision decision = gate.decide(request);
        Entry entry = Entries.preCheck(decision, texts);
        if (!decision.permitted()) {
            return new Outcome.Denied(decisions.log(decision, entry, denial.apply(decision)));
        }
        PreCheck check = orFailure(decision, texts, () -> statistics.preCheck(statistics.plan(decision, query)));
        return new Checked.Permitted(check, decisions.log(decision, entry, AnswerJson.of(decision, check)));
    }

    private <T> T orFailure(Decision decision, Map<String, String> texts, Supplier<T> step) {
        try {
            return step.get();
        } catch (RuntimeException e) {
            trail.append(Entries.failure(decision, texts)); // permitted, and then nothing came of it: that stands too
            throw e;
        }
    }
}

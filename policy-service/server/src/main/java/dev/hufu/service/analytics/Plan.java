package dev.hufu.service.analytics;

import dev.hufu.anonymizer.publication.Publication;
import dev.hufu.anonymizer.query.Condition;
import dev.hufu.anonymizer.query.ParsedQuery;
import dev.hufu.service.gate.Decision;

/**
 * A query as the policy allows it to run: the decision, the query it was taken for, and what its obligations came to. Made only by
 * {@link Statistics#plan}. Immutable.
 */
public final class Plan {
    private final Decision decision;
    private final ParsedQuery query;
    private final Publication publication;
    private final Condition restriction;
    private final int minGroupSize;

    Plan(Decision decision, ParsedQuery query, Publication publication, Condition restriction, int minGroupSize) {
        this.decision = decision;
        this.query = query;
        this.publication = publication;
        this.restriction = restriction;
        this.minGroupSize = minGroupSize;
    }

    /** The permit that the plan stands on. */
    public Decision decision() {
        return decision;
    }

    /** The query that was decided on. */
    public ParsedQuery query() {
        return query;
    }

    /** The threshold that applies. */
    public int minGroupSize() {
        return minGroupSize;
    }

    Publication publication() {
        return publication;
    }

    Condition restriction() {
        return restriction;
    }
}

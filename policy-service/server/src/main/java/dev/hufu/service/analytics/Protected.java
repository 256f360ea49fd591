package dev.hufu.service.analytics;

import dev.hufu.anonymizer.publication.Answer;
import dev.hufu.anonymizer.publication.ExpectedError;
import dev.hufu.service.gate.Decision;
import java.util.List;
import org.roaringbitmap.RoaringBitmap;

/**
 * A protected result, held until its entry is durable. Made only by running a {@link Plan}. Immutable.
 *
 * <p>{@link #toString()} shows no figure.
 */
public final class Protected {
    private final Decision decision;
    private final Answer answer;
    private final List<ExpectedError> expectedErrors;

    Protected(Decision decision, Answer answer, List<ExpectedError> expectedErrors) {
        this.decision = decision;
        this.answer = answer;
        this.expectedErrors = List.copyOf(expectedErrors);
    }

    /** The permit that it stands on. */
    public Decision decision() {
        return decision;
    }

    /** What the answer rests on: publication, periods, rebases, threshold, persons, straddling. */
    public Answer.Basis publication() {
        return answer.basis();
    }

    /** Names and types of the columns. */
    public List<Answer.Column> columns() {
        return answer.columns();
    }

    /** The rows: a String, Long, Double or null a column, and half-widths of error bands. */
    public List<Answer.Row> rows() {
        return answer.rows();
    }

    /** What is not shown. */
    public Answer.NotSeparable notSeparable() {
        return answer.notSeparable();
    }

    /** Subject numbers of the people within WHERE; a copy. For receipts, never part of what is released. */
    public RoaringBitmap cohort() {
        return answer.cohort().clone();
    }

    /** The range of error that the query's class has, for each measure. */
    public List<ExpectedError> expectedErrors() {
        return expectedErrors;
    }

    @Override
    public String toString() {
        return "Protected[" + decision.id() + "]";
    }
}

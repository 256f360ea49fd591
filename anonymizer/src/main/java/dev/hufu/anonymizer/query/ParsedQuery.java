package dev.hufu.anonymizer.query;

import dev.hufu.anonymizer.catalogue.Dataset;
import java.util.List;
import java.util.OptionalInt;

/**
 * A query that is in the language. Only {@link QueryLanguage} makes one.
 *
 * <p>Immutable. {@link #toString()} holds no literal.
 */
public final class ParsedQuery {
    /** One column of the answer. */
    public record Output(String name, Term term) {}

    /** One key of ORDER BY; SQL NULL sorts last if {@code nullsLast}. */
    public record Order(Term term, boolean descending, boolean nullsLast) {}

    private final Dataset dataset;
    private final List<String> fields;
    private final List<Output> outputs;
    private final Condition where;
    private final PeriodScope periods;
    private final List<Term> groupBy;
    private final Condition having;
    private final List<Order> orderBy;
    private final OptionalInt limit;

    ParsedQuery(
            Dataset dataset,
            List<String> fields,
            List<Output> outputs,
            Condition where,
            PeriodScope periods,
            List<Term> groupBy,
            Condition having,
            List<Order> orderBy,
            OptionalInt limit) {
        this.dataset = dataset;
        this.fields = List.copyOf(fields);
        this.outputs = List.copyOf(outputs);
        this.where = where;
        this.periods = periods;
        this.groupBy = List.copyOf(groupBy);
        this.having = having;
        this.orderBy = List.copyOf(orderBy);
        this.limit = limit;
    }

    /** The dataset asked about. */
    public Dataset dataset() {
        return dataset;
    }

    /** Names of all columns that the text mentions, as declared, each once, in order of mention. */
    public List<String> fields() {
        return fields;
    }

    /** The columns of the answer. */
    public List<Output> outputs() {
        return outputs;
    }

    /** The condition over dimensions and the period. */
    public Condition where() {
        return where;
    }

    /** The periods asked about. */
    public PeriodScope periods() {
        return periods;
    }

    /** Dimensions and the period grouped by, each once. */
    public List<Term> groupBy() {
        return groupBy;
    }

    /** The condition over the protected table. */
    public Condition having() {
        return having;
    }

    /** The order of the protected table. */
    public List<Order> orderBy() {
        return orderBy;
    }

    /** Most rows of the protected table. */
    public OptionalInt limit() {
        return limit;
    }

    @Override
    public String toString() {
        return "ParsedQuery[" + dataset.name() + ", fields " + fields + "]";
    }
}

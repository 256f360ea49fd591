package dev.hufu.anonymizer.query;

import dev.hufu.anonymizer.catalogue.Column;

/** What may be selected, compared or ordered by. */
public sealed interface Term {
    /** A dimension. */
    record OfDimension(Column.Dimension dimension) implements Term {}

    /** The period column. */
    record OfPeriod(Column.Period period) implements Term {}

    /** Persons of the cell in the period: {@code count(*)} and {@code count(DISTINCT key)} alike. */
    record Persons() implements Term {}

    /** The protected mean over persons who have the measure. */
    record Mean(Column.Measure measure) implements Term {}

    /** The protected mean per head times the published headcount. */
    record Sum(Column.Measure measure) implements Term {}
}

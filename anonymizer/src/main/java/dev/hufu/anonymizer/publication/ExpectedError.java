package dev.hufu.anonymizer.publication;

import dev.hufu.anonymizer.catalogue.Column;
import dev.hufu.anonymizer.query.Condition;
import dev.hufu.anonymizer.query.ParsedQuery;
import dev.hufu.anonymizer.query.Term;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What error an answer of a query's class may be expected to have, before it is run: the range that the error bands of most of its
 * cells will have. Depends on the form of the query, the catalogue and figures of the whole publication; never on a cell.
 *
 * @param measure the measure
 * @param low half-width of the band of a good cell, as a share of the measure's overall mean
 * @param high half-width of the band of a small cell, likewise
 */
public record ExpectedError(String measure, double low, double high) {
    /** A good cell has this many times the persons of an even share, a small one this part of it. */
    private static final double LARGE = 3;

    private static final double SMALL = 0.2;
    /** Share of the publication's straddling that a good cell has, and how often a bad one has it. */
    private static final double LITTLE = 0.8;

    private static final double MUCH = 2.2;

    /** One for each measure that the query selects and the publication has figures of, that are not nothing for everybody. */
    public static List<ExpectedError> of(Publication publication, ParsedQuery query, int minGroupSize) {
        int k = Math.max(minGroupSize, publication.parameters().k());
        Set<String> used = new LinkedHashSet<>();
        query.groupBy().forEach(t -> add(t, used));
        double cells = new Grouping(publication, indices(publication, used)).size();
        dimensions(query.where(), used);
        int[] mixed = indices(publication, used);
        Set<Column.Measure> measures = new LinkedHashSet<>();
        for (ParsedQuery.Output o : query.outputs()) {
            switch (o.term()) {
                case Term.Mean(var m) -> measures.add(m);
                case Term.Sum(var m) -> measures.add(m);
                case Term.OfDimension _, Term.OfPeriod _, Term.Persons _ -> {}
            }
        }
        List<ExpectedError> expected = new ArrayList<>();
        for (Column.Measure m : measures) {
            String dataset = query.dataset().name();
            publication.lastMeasured(dataset, m).stream()
                    .mapToObj(last -> publication.figures(dataset, m, last))
                    .flatMap(Optional::stream)
                    .map(f -> publication.atLeast(f, k))
                    .filter(f -> f.overall() != 0)
                    .forEach(f -> expected.add(of(m, f, mixed, k, cells, publication.mixed(f, mixed))));
        }
        return expected;
    }

    private static int[] indices(Publication publication, Set<String> dimensions) {
        return dimensions.stream().mapToInt(publication::dimension).toArray();
    }

    private static ExpectedError of(
            Column.Measure m, Figures f, int[] dimensions, int k, double cells, double straddling) {
        double mean = Math.max(Math.abs(f.overall()), Double.MIN_NORMAL);
        double typical = Math.max(k, Arrays.stream(f.persons()).asLongStream().sum() / cells);
        double low = CellSums.expected(m, f, dimensions, typical * LARGE, straddling * LITTLE);
        double high = CellSums.expected(m, f, dimensions, Math.max(k, typical * SMALL), Math.min(1, straddling * MUCH));
        return new ExpectedError(
                m.name(), share(low / mean + Microaggregate.ROUNDING), share(high / mean + Microaggregate.ROUNDING));
    }

    /** Indices of the dimensions that a query's cells are made by. */
    static int[] dimensions(Publication publication, List<Term> groupBy, Condition condition) {
        Set<String> used = new LinkedHashSet<>();
        groupBy.forEach(t -> add(t, used));
        dimensions(condition, used);
        return indices(publication, used);
    }

    private static void dimensions(Condition c, Set<String> into) {
        switch (c) {
            case Condition.And(var all) -> all.forEach(x -> dimensions(x, into));
            case Condition.Or(var any) -> any.forEach(x -> dimensions(x, into));
            case Condition.Not(var inner) -> dimensions(inner, into);
            case Condition.Compare compare -> add(compare.term(), into);
            case Condition.In in -> add(in.term(), into);
            case Condition.IsNull(var term) -> add(term, into);
        }
    }

    private static void add(Term term, Set<String> into) {
        if (term instanceof Term.OfDimension(var d)) {
            into.add(d.name());
        }
    }

    private static double share(double share) {
        return Math.max(0.005, Math.round(share * 1000) / 1000.0);
    }
}

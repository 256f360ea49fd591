package dev.hufu.anonymizer.publication;

import dev.hufu.anonymizer.catalogue.Column;
import dev.hufu.anonymizer.query.Condition;
import dev.hufu.anonymizer.query.ParsedQuery;
import dev.hufu.anonymizer.query.Term;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What error an answer of a query's class may be expected to have, before it is run. Depends on the form of the query, the
 * catalogue and figures of the whole publication; never on a cell.
 *
 * @param measure the measure
 * @param low half-width of the band of a good cell, as a share of the measure's overall mean
 * @param high half-width of the band of a small cell, likewise
 */
public record ExpectedError(String measure, double low, double high) {
    private static final double CORE_STRADDLING = 0.2;
    private static final double OTHER_STRADDLING = 0.8;

    /** One for each measure that the query selects and the publication has. */
    public static List<ExpectedError> of(Publication publication, ParsedQuery query, int minGroupSize) {
        int k = Math.max(minGroupSize, publication.parameters().k());
        Set<String> used = new LinkedHashSet<>();
        query.groupBy().forEach(t -> add(t, used));
        double cells = new Grouping(
                        publication,
                        used.stream().mapToInt(publication::dimension).toArray())
                .size();
        dimensions(query.where(), used);
        double straddling = used.stream().allMatch(d -> core(publication, d)) ? CORE_STRADDLING : OTHER_STRADDLING;
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
                    .forEach(f -> expected.add(of(m, f, k, cells, straddling)));
        }
        return expected;
    }

    private static ExpectedError of(Column.Measure m, Figures f, int k, double cells, double straddling) {
        double persons = 0;
        double total = 0;
        for (int i = 0; i < f.persons().length; i++) {
            persons += f.persons()[i];
            total += f.persons()[i] * f.mean()[i];
        }
        double mean = Math.max(Math.abs(total / Math.max(1, persons)), Double.MIN_NORMAL);
        double noise = Microaggregate.noise(m, mean);
        double typical = Math.max(k, persons / cells);
        double low = Microaggregate.spread(noise, k, typical * 3, f.within(), straddling / 2) / mean;
        double high = Microaggregate.spread(noise, k, Math.max(k, typical / 5), f.within(), straddling) / mean;
        return new ExpectedError(m.name(), twoDigits(low), twoDigits(high));
    }

    private static boolean core(Publication p, String dimension) {
        return p.parameters().core().stream()
                .anyMatch(c ->
                        c.equalsIgnoreCase(dimension) || p.hierarchies().above(p.dimension(dimension), p.dimension(c)));
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

    private static double twoDigits(double share) {
        return Math.max(0.005, Math.round(share * 1000) / 1000.0);
    }
}

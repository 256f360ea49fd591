package dev.hufu.anonymizer.publication;

import dev.hufu.anonymizer.catalogue.Column;
import dev.hufu.anonymizer.publication.Microaggregate.Estimate;
import dev.hufu.anonymizer.query.Condition;
import dev.hufu.anonymizer.query.ParsedQuery;
import dev.hufu.anonymizer.query.PeriodScope;
import dev.hufu.anonymizer.query.Term;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.roaringbitmap.RoaringBitmap;

/**
 * Answers one query from one publication. Reads memberships, dimension values and protected figures; there is no raw value it
 * could read. One use an instance, by one thread.
 */
public final class Statistic {
    private static final int UNPUBLISHED = -1;

    private final Publication publication;
    private final ParsedQuery query;
    private final Condition condition;
    private final int k;
    private final Grouping grouping;
    private final int[] dimensions;
    private final Set<Term> terms;
    private final Map<String, Column.Measure> measures = new LinkedHashMap<>();
    private final Map<String, Microaggregate> measured = new HashMap<>();
    private final RoaringBitmap cohort = new RoaringBitmap();
    private final BitCollector scopePeople;
    private final Set<String> rebases = new TreeSet<>();
    private final Tally hidden = new Tally();
    private boolean measureMissing;

    private static final class Tally {
        long groups;
        long persons;
        long key;
        boolean few;
        long weighed;
        long straddling;
    }

    /** A period asked about: its label and its index, or {@link #UNPUBLISHED}. */
    private record Asked(String label, int index) {}

    /**
     * @param restriction a further condition that every person must meet, {@link Condition#TRUE} for none
     * @param minGroupSize the threshold asked for; what is used is never under that of the publication
     * @throws IllegalArgumentException if the query is about another population
     */
    public Statistic(Publication publication, ParsedQuery query, Condition restriction, int minGroupSize) {
        if (!query.dataset().population().equals(publication.population())) {
            throw new IllegalArgumentException("the publication is not about the query's population");
        }
        this.publication = publication;
        this.query = query;
        condition = new Condition.And(List.of(query.where(), restriction));
        k = Math.max(minGroupSize, publication.parameters().k());
        grouping = new Grouping(
                publication,
                query.groupBy().stream()
                        .flatMap(t -> t instanceof Term.OfDimension(var d) ? Stream.of(d) : Stream.empty())
                        .mapToInt(d -> publication.dimension(d.name()))
                        .toArray());
        dimensions = ExpectedError.dimensions(publication, query.groupBy(), condition);
        scopePeople = new BitCollector(publication.personNumbers());
        terms = terms(query);
        for (Term t : terms) {
            switch (t) {
                case Term.Mean(var m) -> measures.putIfAbsent(m.name(), m);
                case Term.Sum(var m) -> measures.putIfAbsent(m.name(), m);
                case Term.OfDimension _, Term.OfPeriod _, Term.Persons _ -> {}
            }
        }
    }

    private static Set<Term> terms(ParsedQuery query) {
        Set<Term> terms = new LinkedHashSet<>();
        query.outputs().forEach(o -> terms.add(o.term()));
        query.orderBy().forEach(o -> terms.add(o.term()));
        collect(query.having(), terms);
        return terms;
    }

    private static void collect(Condition c, Set<Term> into) {
        switch (c) {
            case Condition.And(var all) -> all.forEach(x -> collect(x, into));
            case Condition.Or(var any) -> any.forEach(x -> collect(x, into));
            case Condition.Not(var inner) -> collect(inner, into);
            case Condition.Compare compare -> into.add(compare.term());
            case Condition.In in -> into.add(in.term());
            case Condition.IsNull(var term) -> into.add(term);
        }
    }

    /** The protected answer. */
    public Answer answer() {
        List<Asked> asked = asked();
        List<ProtectedTable.Cell> cells = new ArrayList<>();
        Filter shared = null;
        for (Asked a : asked) {
            Filter filter = shared != null ? shared : Filter.of(condition, publication, a.label());
            shared = Filter.mentionsPeriod(condition) ? null : filter;
            cells.addAll(period(a, filter));
        }
        ProtectedTable table = new ProtectedTable(query, terms);
        return new Answer(basis(asked), table.columns(), table.rows(cells), notSeparable(asked), cohort);
    }

    private List<Asked> asked() {
        List<String> labels = publication.periods();
        int latest = labels.size() - 1;
        return switch (query.periods()) {
            case PeriodScope.Latest _ -> List.of(new Asked(labels.get(latestAsked()), latestAsked()));
            case PeriodScope.One(var label) -> List.of(new Asked(label, labels.indexOf(label)));
            case PeriodScope.Each _ ->
                IntStream.rangeClosed(0, latest)
                        .mapToObj(p -> new Asked(labels.get(p), p))
                        .filter(a -> !(Filter.of(condition, publication, a.label()) instanceof Filter.Fixed(var value))
                                || value)
                        .toList();
        };
    }

    /** The latest period; where an event measure is asked for that not every period has, the latest that has it. */
    private int latestAsked() {
        return measures.values().stream()
                .filter(m -> m.kind().everyPeriod())
                .flatMapToInt(m -> publication.lastMeasured(query.dataset().name(), m).stream())
                .min()
                .orElse(publication.periods().size() - 1);
    }

    private List<ProtectedTable.Cell> period(Asked asked, Filter filter) {
        Headcounts heads = headcounts(asked, filter);
        Map<String, Microaggregate> of = new HashMap<>();
        if (asked.index() != UNPUBLISHED) {
            measures.forEach((name, m) -> microaggregate(m, asked, filter).ifPresent(a -> of.put(name, a)));
        }
        List<ProtectedTable.Cell> cells = new ArrayList<>();
        boolean whole = grouping.size() == 1;
        long persons = 0;
        long key = 0;
        for (int cell : grouping.inOrder()) {
            long published = heads.published(cell);
            if (published >= k) {
                cells.add(cell(asked, cell, published, of));
            } else {
                persons += heads.persons[cell];
                key += heads.keys[cell];
                int[] codes = grouping.codes(cell);
                hidden.groups += whole || (grouping.consistent(codes) && filter.possible(grouping, codes)) ? 1 : 0;
            }
        }
        hidden.persons += persons;
        hidden.key += key;
        // The same few people hidden in each of many periods would add up to a number that gives them away when
        // divided.
        hidden.few |= persons > 0 && heads.published(persons, key) < k;
        return cells;
    }

    private Headcounts headcounts(Asked asked, Filter filter) {
        Headcounts heads = new Headcounts(publication, grouping.size(), asked.label());
        if (asked.index() == UNPUBLISHED) {
            return heads;
        }
        Generation g = publication.generation(asked.index());
        long[] keys = publication.rowKeys(g);
        Selection in = new Selection(g, asked.index(), filter, grouping);
        for (int i = 0; i < in.size(); i++) {
            int row = in.row(i);
            heads.add(in.cell(i), keys[row]);
            scopePeople.add(g.person()[row]);
        }
        return heads;
    }

    /** A slow measure of a month comes from the rebase at or before it, with the dimension values of that rebase. */
    @SuppressWarnings("ReferenceEquality")
    private Optional<Microaggregate> microaggregate(Column.Measure measure, Asked asked, Filter filter) {
        Optional<Figures> figures = publication.figures(query.dataset().name(), measure, asked.index());
        if (figures.isEmpty()) {
            return Optional.empty();
        }
        int measuredIn = figures.get().period();
        if (!measure.kind().everyPeriod()) {
            rebases.add(publication.periods().get(measuredIn));
        }
        // Months that share a rebase share its cells, as long as WHERE treats them alike.
        Microaggregate known = measured.get(measure.name());
        if (known == null || known.period() != measuredIn || known.filter() != filter) {
            Figures united = publication.atLeast(figures.get(), k);
            known = new Microaggregate(publication, measure, united, filter, grouping, dimensions, cohort);
            measured.put(measure.name(), known);
        }
        return Optional.of(known);
    }

    private ProtectedTable.Cell cell(Asked asked, int cell, long published, Map<String, Microaggregate> of) {
        int[] codes = grouping.codes(cell);
        Map<Term, Object> values = new HashMap<>();
        Map<Term, Double> errors = new HashMap<>();
        for (Term t : terms) {
            switch (t) {
                case Term.OfDimension(var d) -> {
                    String value = grouping.value(codes, publication.dimension(d.name()));
                    if (value != null) {
                        values.put(t, ProtectedTable.typed(d, value));
                    }
                }
                case Term.OfPeriod _ -> values.put(t, asked.label());
                case Term.Persons _ -> {
                    values.put(t, published);
                    errors.put(t, 2 * Headcounts.SD);
                }
                case Term.Mean(var m) ->
                    put(
                            t,
                            Optional.ofNullable(of.get(m.name())).flatMap(a -> a.mean(cell, k, published)),
                            values,
                            errors);
                case Term.Sum(var m) ->
                    put(
                            t,
                            Optional.ofNullable(of.get(m.name()))
                                    .flatMap(a -> a.perHead(cell, k))
                                    .map(e -> total(e, published)),
                            values,
                            errors);
            }
        }
        for (Microaggregate a : of.values()) {
            hidden.weighed += a.weight(cell);
            hidden.straddling += a.straddling(cell);
        }
        return new ProtectedTable.Cell(values, errors);
    }

    private static Estimate total(Estimate perHead, long published) {
        double sum = perHead.value() * published;
        double byMean = perHead.error() * published;
        double byCount = perHead.value() * 2 * Headcounts.SD;
        return new Estimate(Microaggregate.round(sum), Microaggregate.round(Math.hypot(byMean, byCount)));
    }

    private void put(Term t, Optional<Estimate> estimate, Map<Term, Object> values, Map<Term, Double> errors) {
        if (estimate.isPresent()) {
            values.put(t, estimate.get().value());
            errors.put(t, estimate.get().error());
        } else {
            measureMissing = true;
        }
    }

    private Answer.Basis basis(List<Asked> asked) {
        RoaringBitmap people = scopePeople.bitmap();
        cohort.or(people);
        long key = 0;
        for (int person : people) {
            key += publication.cellKey(person);
        }
        long persons = new Headcounts(publication, 0, span(asked)).published(people.getLongCardinality(), key);
        return new Answer.Basis(
                publication.id(),
                query.dataset().name(),
                asked.stream().map(Asked::label).toList(),
                List.copyOf(rebases),
                k,
                persons < k ? null : persons,
                hidden.weighed == 0 ? 0 : Math.round(100.0 * hidden.straddling / hidden.weighed) / 100.0);
    }

    /** What the noise of a total is keyed by: for one period the same as for a cell of it. */
    private static String span(List<Asked> asked) {
        if (asked.isEmpty()) {
            return "";
        }
        String first = asked.getFirst().label();
        return asked.size() == 1 ? first : first + ".." + asked.getLast().label();
    }

    private Answer.NotSeparable notSeparable(List<Asked> asked) {
        long persons = new Headcounts(publication, 0, span(asked)).published(hidden.persons, hidden.key);
        List<Answer.Why> why = new ArrayList<>();
        if (hidden.groups > 0) {
            why.add(Answer.Why.UNDER_THRESHOLD);
        }
        if (measureMissing) {
            why.add(Answer.Why.MEASURE);
        }
        return new Answer.NotSeparable(
                hidden.groups, hidden.few || persons < k ? null : Math.round(persons / 10.0) * 10, why);
    }
}

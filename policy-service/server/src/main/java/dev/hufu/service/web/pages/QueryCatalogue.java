package dev.hufu.service.web.pages;

import dev.hufu.anonymizer.catalogue.Catalogue;
import dev.hufu.anonymizer.catalogue.Column;
import dev.hufu.service.analytics.PublicationsNotReadyException;
import dev.hufu.service.analytics.Statistics;
import dev.hufu.service.gate.PolicyBook;
import dev.hufu.service.identity.Role;
import dev.hufu.service.notices.NoticeBook;
import dev.hufu.service.registers.ColumnRole;
import dev.hufu.service.registers.DatasetColumn;
import dev.hufu.service.registers.Register;
import dev.hufu.service.registers.RegisterRecord;
import dev.hufu.service.registers.RegisteredDataset;
import dev.hufu.service.registers.Registers;
import dev.hufu.service.registers.Term;
import dev.hufu.service.registers.Title;
import dev.hufu.service.registers.VocabularyKind;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What an analyst may choose from, as the registers have it at this moment: purposes, legal bases, datasets. */
public final class QueryCatalogue {
    /** The dataset that is offered first, by name. */
    static final String MAIN = "pay";

    private final Registers registers;
    private final NoticeBook notices;
    private final PolicyBook policy;
    private final Statistics statistics;
    private final Clock clock;
    private final ZoneId zone;

    public QueryCatalogue(
            Registers registers,
            NoticeBook notices,
            PolicyBook policy,
            Statistics statistics,
            Clock clock,
            ZoneId zone) {
        this.registers = registers;
        this.notices = notices;
        this.policy = policy;
        this.statistics = statistics;
        this.clock = clock;
        this.zone = zone;
    }

    /**
     * @param notice title of the notice in force that states the purpose, empty when none does
     * @param bases legal bases on which an activity for it is registered, as {@code 13-1-2}
     * @param askable whether the activity registered for it lets one of the reader's roles ask for statistics
     * @param classes kinds of data that the activity names
     */
    record PurposeChoice(
            String curie, String title, String notice, List<String> bases, boolean askable, Set<String> classes) {
        public boolean stated() {
            return !notice.isEmpty();
        }
    }

    /** @param place where it stands in the PIPL, for a reader */
    record BasisChoice(String article, String place, String title) {}

    /**
     * @param threshold smallest group that a figure may stand for, empty where policy has no table of them
     * @param groups columns by what they are for, none empty
     */
    record DatasetEntry(
            String name, String title, String grade, boolean sensitive, String threshold, List<ColumnGroup> groups) {}

    record ColumnGroup(String role, List<ColumnEntry> columns) {}

    /**
     * @param values what a dimension may be compared with, all of them; for the period the published range and how a month is
     *     written; empty for any other column
     */
    record ColumnEntry(
            String name, String title, String dataClass, String grade, boolean sensitive, List<String> values) {
        /** Whether there are so many values that they have a page of their own. */
        public boolean paged() {
            return values.size() > MOST_FOLDED;
        }

        /** Whether there are too many values to stand there unasked. */
        public boolean folded() {
            return values.size() > ALL_VALUES && !paged();
        }
    }

    /** Values of a dimension that are shown without being asked for. */
    private static final int ALL_VALUES = 6;
    /** Values of a dimension that stand folded beside the form. */
    private static final int MOST_FOLDED = 60;

    /** What the reader's roles may ask first, then what else is stated, then the rest of the vocabulary, each by title. */
    List<PurposeChoice> purposes(Set<Role> roles, Words words) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        Map<String, Title> stated = notices.statedOn(today);
        Map<String, JsonNode> activities = registers.records(Register.ACTIVITIES).stream()
                .filter(a -> NoticeBook.inForce(a.body(), today))
                .collect(Collectors.toMap(RegisterRecord::id, RegisterRecord::body));
        return registers.vocabulary(VocabularyKind.PURPOSES).stream()
                .map(term -> purpose(term, stated.get(term.id()), activities.get(term.id()), roles, words))
                .sorted(Comparator.comparingInt((PurposeChoice p) -> p.stated() && p.askable() ? 0 : p.stated() ? 1 : 2)
                        .thenComparing(PurposeChoice::title))
                .toList();
    }

    private static PurposeChoice purpose(
            Term term, @Nullable Title notice, @Nullable JsonNode activity, Set<Role> roles, Words words) {
        return new PurposeChoice(
                term.id(),
                title(term.title(), words),
                notice == null ? "" : title(notice, words),
                activity == null
                        ? List.of()
                        : activity.path("legalBases").propertyNames().stream()
                                .map(words::legalBasis)
                                .toList(),
                texts(activity, "/actions/query")
                        .anyMatch(
                                r -> roles.stream().anyMatch(role -> role.wire().equals(r))),
                texts(activity, "/classes").collect(Collectors.toSet()));
    }

    private static Stream<String> texts(@Nullable JsonNode record, String at) {
        return record == null ? Stream.of() : record.at(at).valueStream().map(JsonNode::asString);
    }

    List<BasisChoice> bases(Words words) {
        return registers.vocabulary(VocabularyKind.LEGAL_BASES).stream()
                .map(term -> new BasisChoice(term.id(), words.item(term.id()), title(term.title(), words)))
                .toList();
    }

    /** All datasets, the one that is asked about first. */
    List<DatasetEntry> datasets(String asked, Words words) {
        Map<String, Term> classes = terms(VocabularyKind.DATA_CLASSES);
        Map<String, Term> grades = terms(VocabularyKind.GRADES);
        Map<String, Integer> sizes = policy.groupSizes();
        Optional<Catalogue> published = published();
        return registers.datasets().stream()
                .sorted(Comparator.comparingInt(d -> d.name().equals(asked) ? 0 : 1))
                .map(d -> entry(
                        d,
                        column -> column(column, classes, grades, values(published, d, column, words), words),
                        term(grades, Optional.of(d.grade()), words),
                        threshold(d, sizes),
                        words))
                .toList();
    }

    /** A dimension of a dataset with all its values; empty where there is none of that name. */
    Optional<ColumnEntry> dimension(String dataset, String column, Words words) {
        return datasets(dataset, words).stream()
                .filter(d -> d.name().equals(dataset))
                .flatMap(d -> d.groups().stream())
                .filter(g -> g.role().equals(ColumnRole.DIMENSION.wire()))
                .flatMap(g -> g.columns().stream())
                .filter(c -> c.name().equals(column))
                .findFirst();
    }

    private Map<String, Term> terms(VocabularyKind kind) {
        return registers.vocabulary(kind).stream().collect(Collectors.toMap(Term::id, Function.identity()));
    }

    private Optional<Catalogue> published() {
        try {
            return Optional.of(statistics.catalogue());
        } catch (PublicationsNotReadyException e) {
            return Optional.empty(); // the register is there already; values come with the publication
        }
    }

    private List<String> values(
            Optional<Catalogue> published, RegisteredDataset dataset, DatasetColumn column, Words words) {
        return switch (published
                .flatMap(catalogue -> catalogue.dataset(dataset.name()))
                .flatMap(d -> d.column(column.name()))
                .orElse(null)) {
            case Column.Dimension d -> d.values();
            case Column.Period _ -> periodRange(dataset.name(), words).stream().toList();
            case Column.Measure _, Column.PersonKey _, Column.Withheld _ -> List.of();
            case null -> List.of();
        };
    }

    /** The months that a dataset is published for and how one is written; empty where there are none. */
    Optional<String> periodRange(String dataset, Words words) {
        try {
            List<String> periods = statistics.periods(dataset);
            return periods.isEmpty()
                    ? Optional.empty()
                    : Optional.of(words.say(
                            "catalogue.period", periods.getFirst(), periods.getLast(), words.number(periods.size())));
        } catch (PublicationsNotReadyException e) {
            return Optional.empty();
        }
    }

    /** Whether a month is published for a dataset; so say all while nothing can be told. */
    boolean published(String dataset, String period) {
        try {
            return statistics.periods(dataset).contains(period);
        } catch (PublicationsNotReadyException e) {
            return true;
        }
    }

    private static DatasetEntry entry(
            RegisteredDataset dataset,
            Function<DatasetColumn, ColumnEntry> columnEntry,
            String grade,
            String threshold,
            Words words) {
        var groups = new ArrayList<ColumnGroup>();
        for (ColumnRole role : List.of(
                ColumnRole.MEASURE, ColumnRole.DIMENSION, ColumnRole.PERIOD, ColumnRole.PERSON_KEY, ColumnRole.NONE)) {
            List<ColumnEntry> columns = dataset.columns().stream()
                    .filter(c -> c.role() == role)
                    .map(columnEntry)
                    .toList();
            if (!columns.isEmpty()) {
                groups.add(new ColumnGroup(role.wire(), columns));
            }
        }
        return new DatasetEntry(
                dataset.name(),
                title(dataset.title(), words),
                grade,
                !dataset.grade().equals("internal"),
                threshold,
                groups);
    }

    /** The steward's value can only raise the policy's. */
    private static String threshold(RegisteredDataset dataset, Map<String, Integer> sizes) {
        int size = Math.max(
                sizes.getOrDefault(dataset.grade(), 0), dataset.minGroupSize().orElse(0));
        return size == 0 ? "" : Integer.toString(size);
    }

    /** A question that the reader's roles have a purpose for, about pay where they may; empty where there is none. */
    String firstQuestion(Set<Role> roles, Words words) {
        return firstOffer(roles, words)
                .map(o -> question(o.dataset(), o.measure()))
                .orElse("");
    }

    /** The dataset of {@link #firstQuestion}. */
    String firstDataset(Set<Role> roles, Words words) {
        return firstOffer(roles, words).map(o -> o.dataset().name()).orElse(MAIN);
    }

    private Optional<Offer> firstOffer(Set<Role> roles, Words words) {
        List<PurposeChoice> purposes = purposes(roles, words).stream()
                .filter(p -> p.stated() && p.askable())
                .toList();
        return registers.datasets().stream()
                .flatMap(d -> measure(d, purposes).stream().map(m -> new Offer(d, m)))
                .min(Comparator.comparingInt(o -> o.dataset().name().equals(MAIN) ? 0 : 1));
    }

    private record Offer(RegisteredDataset dataset, String measure) {}

    /** A measure of a kind of data that one of the purposes is about. */
    private static Optional<String> measure(RegisteredDataset dataset, List<PurposeChoice> purposes) {
        return dataset.columns().stream()
                .filter(c -> c.role() == ColumnRole.MEASURE && c.graded())
                .filter(c -> c.dataClass()
                        .filter(k -> purposes.stream().anyMatch(p -> p.classes().contains(k)))
                        .isPresent())
                .map(DatasetColumn::name)
                .findFirst();
    }

    private static String question(RegisteredDataset dataset, String measure) {
        Optional<String> group = dataset.scopeColumn().or(() -> column(dataset, ColumnRole.DIMENSION));
        return group.map(g ->
                        "SELECT " + g + ", count(*), avg(" + measure + ")\nFROM " + dataset.name() + "\nGROUP BY " + g)
                .orElse("SELECT count(*), avg(" + measure + ")\nFROM " + dataset.name());
    }

    private static Optional<String> column(RegisteredDataset dataset, ColumnRole role) {
        return dataset.columns().stream()
                .filter(c -> c.role() == role && c.graded())
                .map(DatasetColumn::name)
                .findFirst();
    }

    private static ColumnEntry column(
            DatasetColumn column,
            Map<String, Term> classes,
            Map<String, Term> grades,
            List<String> values,
            Words words) {
        return new ColumnEntry(
                column.name(),
                title(column.title(), words),
                term(classes, column.dataClass(), words),
                term(grades, column.grade(), words),
                column.grade().filter(g -> !g.equals("internal")).isPresent(),
                values);
    }

    private static String term(Map<String, Term> terms, Optional<String> id, Words words) {
        if (id.isEmpty()) {
            return "";
        }
        Term term = terms.get(id.get());
        return term == null ? id.get() : title(term.title(), words);
    }

    /** Titles of a dataset's columns by name, and of the dataset itself under the empty name. */
    Map<String, String> titles(String dataset, Words words) {
        Map<String, String> titles = new HashMap<>();
        registers.dataset(dataset).ifPresent(d -> {
            titles.put("", title(d.title(), words));
            d.columns().forEach(c -> titles.put(c.name(), title(c.title(), words)));
        });
        return titles;
    }

    String purposeTitle(String curie, Words words) {
        return titles(VocabularyKind.PURPOSES, words).getOrDefault(curie, curie);
    }

    /** Titles of the terms of one list by id. */
    Map<String, String> titles(VocabularyKind kind, Words words) {
        return registers.vocabulary(kind).stream().collect(Collectors.toMap(Term::id, t -> title(t.title(), words)));
    }

    private static String title(Title title, Words words) {
        return words.pick(title.zh(), title.en());
    }
}

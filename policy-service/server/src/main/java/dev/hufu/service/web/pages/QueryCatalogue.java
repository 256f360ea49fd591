package dev.hufu.service.web.pages;

import dev.hufu.anonymizer.catalogue.Catalogue;
import dev.hufu.anonymizer.catalogue.Column;
import dev.hufu.service.analytics.PublicationsNotReadyException;
import dev.hufu.service.analytics.Statistics;
import dev.hufu.service.gate.PolicyBook;
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
import java.util.function.Function;
import java.util.stream.Collectors;
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
     * @param askable whether an activity registered for it lets anybody ask for statistics
     */
    record PurposeChoice(String curie, String title, String notice, List<String> bases, boolean askable) {
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

    /** @param values what a dimension may be compared with, the first of them; empty for any other column */
    record ColumnEntry(String name, String title, String dataClass, String grade, boolean sensitive, String values) {}

    /** Values of a dimension that are all shown, and how many of more. */
    private static final int ALL_VALUES = 6;

    private static final int SOME_VALUES = 4;

    /** Stated purposes first, then the rest of the vocabulary, each by title. */
    List<PurposeChoice> purposes(Words words) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        Map<String, Title> stated = notices.statedOn(today);
        Map<String, JsonNode> activities = registers.records(Register.ACTIVITIES).stream()
                .filter(a -> NoticeBook.inForce(a.body(), today))
                .collect(Collectors.toMap(RegisterRecord::id, RegisterRecord::body));
        return registers.vocabulary(VocabularyKind.PURPOSES).stream()
                .map(term -> purpose(term, stated.get(term.id()), activities.get(term.id()), words))
                .sorted(Comparator.comparingInt((PurposeChoice p) -> p.stated() && p.askable() ? 0 : p.stated() ? 1 : 2)
                        .thenComparingInt(p -> p.curie().equals("dpv:PersonnelPayment") ? 0 : 1)
                        .thenComparing(PurposeChoice::title))
                .toList();
    }

    private static PurposeChoice purpose(Term term, @Nullable Title notice, @Nullable JsonNode activity, Words words) {
        return new PurposeChoice(
                term.id(),
                title(term.title(), words),
                notice == null ? "" : title(notice, words),
                activity == null
                        ? List.of()
                        : activity.path("legalBases").propertyNames().stream()
                                .map(words::legalBasis)
                                .toList(),
                activity != null && activity.path("actions").has("query"));
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

    private static String values(
            Optional<Catalogue> published, RegisteredDataset dataset, DatasetColumn column, Words words) {
        List<String> values = published
                .flatMap(catalogue -> catalogue.dataset(dataset.name()))
                .flatMap(d -> d.column(column.name()))
                .filter(Column.Dimension.class::isInstance)
                .map(c -> ((Column.Dimension) c).values())
                .orElse(List.of());
        if (values.size() <= ALL_VALUES) {
            return words.list(values);
        }
        return words.list(values.subList(0, SOME_VALUES))
                + words.say("query.where.more", words.number(values.size() - SOME_VALUES));
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

    /** A question that works as it stands, about pay where there is pay; empty where no dataset has a measure. */
    String firstQuestion() {
        return registers.datasets().stream()
                .filter(d -> column(d, ColumnRole.MEASURE).isPresent())
                .min(Comparator.comparingInt(d -> d.name().equals(MAIN) ? 0 : 1))
                .map(d -> question(d, column(d, ColumnRole.MEASURE).orElseThrow()))
                .orElse("");
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
            DatasetColumn column, Map<String, Term> classes, Map<String, Term> grades, String values, Words words) {
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

package dev.hufu.service.analytics;

import dev.hufu.anonymizer.catalogue.Aggregate;
import dev.hufu.anonymizer.catalogue.Column;
import dev.hufu.anonymizer.catalogue.Coverage;
import dev.hufu.anonymizer.catalogue.Dataset;
import dev.hufu.anonymizer.catalogue.MeasureKind;
import dev.hufu.anonymizer.catalogue.ValueType;
import dev.hufu.anonymizer.publication.Contributions;
import dev.hufu.anonymizer.publication.NoiseKey;
import dev.hufu.anonymizer.publication.Publication;
import dev.hufu.anonymizer.publication.PublicationBuilder;
import dev.hufu.anonymizer.publication.PublicationParameters;
import dev.hufu.anonymizer.publication.Roster;
import dev.hufu.service.analytics.store.TableInfo;
import dev.hufu.service.registers.ColumnRole;
import dev.hufu.service.registers.DatasetColumn;
import dev.hufu.service.registers.Measurement;
import dev.hufu.service.registers.RegisteredDataset;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Builds the publication of one population from a snapshot. Its roster is the dataset with the most dimensions, then periods,
 * then rows: whoever stands there in a month is a person of that month. One use an instance, by one thread.
 */
final class PopulationBuild {
    /** A registered dataset with the table that holds it. */
    record Source(RegisteredDataset dataset, TableInfo table) {
        List<String> columns(ColumnRole role) {
            return dataset.columns().stream()
                    .filter(c -> c.role() == role && c.graded() && held(c.name()))
                    .map(DatasetColumn::name)
                    .toList();
        }

        boolean held(String column) {
            return table.columns().stream().anyMatch(c -> c.name().equals(column));
        }

        String key() {
            return columns(ColumnRole.PERSON_KEY).getFirst();
        }

        /** The period column, empty for none. */
        String period() {
            return columns(ColumnRole.PERIOD).stream().findFirst().orElse("");
        }
    }

    private record Base(Source source, List<String> periods) {}

    private final PeopleScan scan;
    private final PublicationSettings settings;
    private final NoiseKey key;
    private final Function<Collection<String>, int[]> numbering;
    private final PublicationBuilder.Progress progress;

    PopulationBuild(
            PeopleScan scan,
            PublicationSettings settings,
            NoiseKey key,
            Function<Collection<String>, int[]> numbering,
            PublicationBuilder.Progress progress) {
        this.scan = scan;
        this.settings = settings;
        this.key = key;
        this.numbering = numbering;
        this.progress = progress;
    }

    Publication build(String population, String fingerprint, List<Source> sources) throws SQLException {
        Base base = base(sources);
        Map<String, Integer> numbers = new HashMap<>();
        Roster roster = roster(population, base, numbers);
        Map<String, Map<String, Contributions[]>> values = new HashMap<>();
        List<Dataset> datasets = new ArrayList<>();
        PublicationParameters parameters =
                PublicationParameters.of(settings.k(), core(roster.dimensions()), settings.weights());
        for (Source s : sources) {
            Map<String, Measurement.Kind> kinds = new LinkedHashMap<>();
            List<Column> columns = new ArrayList<>(List.of(new Column.PersonKey(s.key())));
            if (s.period().isEmpty() == base.source().period().isEmpty()) {
                for (DatasetColumn c : s.dataset().columns()) {
                    c.measurement().filter(_ -> c.graded() && s.held(c.name())).ifPresent(m -> {
                        kinds.put(c.name(), m.kind());
                        columns.add(measure(c.name(), m));
                    });
                }
            }
            datasets.add(new Dataset(s.dataset().name(), population, columns));
            values.put(s.dataset().name(), contributions(s, base.periods(), kinds, parameters, numbers));
        }
        return new PublicationBuilder(key, parameters, progress)
                .build(
                        fingerprint,
                        roster,
                        datasets,
                        (dataset, measure, period) -> values.getOrDefault(dataset, Map.of())
                                .getOrDefault(measure, none(roster.periods().size()))[period]);
    }

    private Base base(List<Source> sources) throws SQLException {
        List<Base> candidates = new ArrayList<>();
        for (Source s : sources) {
            candidates.add(new Base(
                    s,
                    s.period().isEmpty() ? List.of("") : scan.periods(s.table().name(), s.period())));
        }
        return candidates.stream()
                .filter(b -> !b.periods().isEmpty())
                .max(Comparator.comparing((Base b) -> !b.source().period().isEmpty())
                        .thenComparingInt(
                                b -> b.source().columns(ColumnRole.DIMENSION).size())
                        .thenComparingInt(b -> b.periods().size())
                        .thenComparingLong(b -> b.source().table().rows())
                        .thenComparing(b -> b.source().dataset().name()))
                .orElseThrow(Unpublished.NoPeriodException::new);
    }

    static Column.Measure measure(String name, Measurement m) {
        MeasureKind kind = switch (m.kind()) {
            case SLOW -> MeasureKind.SLOW;
            case EVENT -> MeasureKind.EVENT;
            case FLAG -> MeasureKind.FLAG;
        };
        Coverage coverage = switch (m.coverage()) {
            case EVERYBODY -> Coverage.EVERYBODY;
            case SOME -> Coverage.SOME;
        };
        return new Column.Measure(name, kind, m.lower(), m.upper(), m.step(), coverage, EnumSet.allOf(Aggregate.class));
    }

    private List<String> core(List<Column.Dimension> dimensions) {
        List<String> names = dimensions.stream().map(Column.Dimension::name).toList();
        List<String> named = settings.core().stream().filter(names::contains).toList();
        return !named.isEmpty()
                ? named
                : dimensions.stream()
                        .filter(d -> d.codes() > 1)
                        .sorted(Comparator.comparingInt(Column.Dimension::codes))
                        .limit(PublicationSettings.OWN_CORE)
                        .map(Column.Dimension::name)
                        .toList();
    }

    private Map<String, Contributions[]> contributions(
            Source s,
            List<String> periods,
            Map<String, Measurement.Kind> kinds,
            PublicationParameters parameters,
            Map<String, Integer> numbers)
            throws SQLException {
        Map<String, Contributions[]> all = new HashMap<>();
        if (kinds.isEmpty()) {
            return all;
        }
        List<Integer> present = s.period().isEmpty()
                ? List.of(0)
                : scan.periods(s.table().name(), s.period()).stream()
                        .map(periods::indexOf)
                        .filter(p -> p >= 0)
                        .toList();
        List<Integer> rebases = atRebases(present, periods.size(), parameters);
        for (var kind : kinds.entrySet()) {
            List<Integer> wanted = kind.getValue() == Measurement.Kind.EVENT ? present : rebases;
            Contributions[] found = wanted.isEmpty()
                    ? none(periods.size())
                    : scan.contributions(
                            s.table().name(),
                            s.key(),
                            s.period(),
                            periods,
                            wanted,
                            kind.getKey(),
                            kind.getValue(),
                            numbers);
            all.put(kind.getKey(), found);
        }
        return all;
    }

    private static Contributions[] none(int periods) {
        return IntStream.range(0, periods).mapToObj(_ -> Contributions.NONE).toArray(Contributions[]::new);
    }

    /** The periods that a state is measured from: each rebase, or the latest period since the one before that has data. */
    private static List<Integer> atRebases(List<Integer> present, int periods, PublicationParameters parameters) {
        List<Integer> wanted = new ArrayList<>();
        for (int rebase = 0; rebase < periods; rebase += parameters.rebaseEvery()) {
            int at = rebase;
            present.stream()
                    .filter(p -> p <= at && p > at - parameters.rebaseEvery())
                    .max(Comparator.naturalOrder())
                    .ifPresent(wanted::add);
        }
        return wanted;
    }

    private Roster roster(String population, Base base, Map<String, Integer> numbers) throws SQLException {
        Source s = base.source();
        List<String> names = s.columns(ColumnRole.DIMENSION);
        List<PeopleScan.Run> runs = scan.runs(s.table().name(), s.key(), s.period(), base.periods(), names);
        List<String> keys = runs.stream().map(PeopleScan.Run::key).distinct().toList();
        boolean employees = population.equals(settings.workforce());
        int[] given = numbering.apply(
                employees ? keys : keys.stream().map(k -> population + ":" + k).toList());
        for (int i = 0; i < given.length; i++) {
            numbers.put(keys.get(i), given[i]);
        }
        RosterAssembly assembly = new RosterAssembly(names, type(s, names), runs, numbers);
        return assembly.roster(population, base.periods());
    }

    private static List<ValueType> type(Source s, List<String> names) {
        return names.stream()
                .map(n -> s.table().columns().stream()
                                .anyMatch(c -> c.name().equals(n) && c.type() == TableInfo.Type.INTEGER)
                        ? ValueType.INTEGER
                        : ValueType.TEXT)
                .toList();
    }
}

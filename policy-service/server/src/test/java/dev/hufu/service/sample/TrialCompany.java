package dev.hufu.service.sample;

import dev.hufu.anonymizer.catalogue.Aggregate;
import dev.hufu.anonymizer.catalogue.Catalogue;
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
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A company that bands are tried on: its roster, its measures and all their true values.
 *
 * @param values by measure, period and person; NaN where there is none
 */
record TrialCompany(
        String name, Roster roster, Dataset dataset, PublicationParameters parameters, Map<String, double[][]> values) {

    /** The sample company, its pay alone, as the product publishes it. */
    static TrialCompany sample(long seed, int employees) {
        Population population = Population.of(new SampleSpec(seed, employees, YearMonth.of(2026, 10)));
        Person[] people = population.people();
        List<String[]> rows = new ArrayList<>();
        int[] first = new int[people.length];
        for (int p = 0; p < people.length; p++) {
            first[p] = rows.size();
            people[p].spells().forEach(s -> rows.add(null));
            for (int s = 0; s < people[p].spells().size(); s++) {
                rows.set(first[p] + s, dimensions(people[p], people[p].spells().get(s)));
            }
        }
        List<Column.Dimension> dimensions = dimensions(
                SampleTables.DIMENSIONS,
                Map.of("country", "region", "site", "country", "unit2", "org_unit", "team", "unit2"),
                rows);
        short[][] codes = codes(dimensions, rows);
        List<Roster.Slice> slices = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        double[][] pay = new double[SampleSpec.MONTHS][people.length];
        for (int month = 0; month < SampleSpec.MONTHS; month++) {
            int[] spells = population.spellsIn(month);
            int at = month;
            int[] here = IntStream.range(0, people.length)
                    .filter(p -> spells[p] >= 0)
                    .toArray();
            Arrays.setAll(
                    pay[month],
                    p -> spells[p] < 0 ? Double.NaN : people[p].pay().in(at));
            short[][] slice = new short[codes.length][here.length];
            for (int d = 0; d < codes.length; d++) {
                for (int i = 0; i < here.length; i++) {
                    slice[d][i] = codes[d][spells[here[i]]];
                }
            }
            slices.add(new Roster.Slice(here, slice));
            labels.add(population.spec().month(month).toString());
        }
        return new TrialCompany(
                "sample %,d seed %d".formatted(employees, seed),
                new Roster("staff", labels, dimensions, slices),
                dataset(dimensions, List.of(measure("pay", MeasureKind.SLOW, 0, 600_000))),
                PublicationParameters.of(
                        10,
                        List.of("country", "grade", "gender", "org_unit"),
                        Map.of("unit2", 0.6, "team", 0.3, "contract_type", 0.7)),
                Map.of("pay", pay));
    }

    private static String[] dimensions(Person person, Person.Spell spell) {
        Position place = spell.place();
        return new String[] {
            Company.BRANDS[place.brand()],
            place.site().country().region(),
            place.site().country().code(),
            place.site().name(),
            place.orgUnit().name(),
            place.unit2(),
            place.team(),
            Character.toString(person.gender()),
            "G%02d".formatted(spell.grade()),
            spell.ageBand(),
            spell.tenureBand(),
            spell.contractType()
        };
    }

    /** A company without time: one row a person. */
    static TrialCompany once(
            String name,
            List<String> names,
            List<String> core,
            List<String[]> rows,
            List<Column.Measure> measures,
            double[][] values) {
        List<Column.Dimension> dimensions = dimensions(names, Map.of(), rows);
        int[] everybody = IntStream.range(0, rows.size()).toArray();
        Map<String, double[][]> periods = new HashMap<>();
        for (int m = 0; m < values.length; m++) {
            periods.put(measures.get(m).name(), new double[][] {values[m]});
        }
        return new TrialCompany(
                name,
                new Roster(
                        "staff",
                        List.of("2026-01"),
                        dimensions,
                        List.of(new Roster.Slice(everybody, codes(dimensions, rows)))),
                dataset(dimensions, measures),
                PublicationParameters.of(10, core, Map.of()),
                periods);
    }

    /** A dimension of a generated company. */
    record Dim(String name, int values) {}

    /** A measure and how a person with these codes, in the order of the shape's dimensions, comes by a value. */
    record Measured(Column.Measure measure, Draw draw) {}

    /** One value of a person with these codes. */
    @FunctionalInterface
    interface Draw {
        double of(int[] codes, Random random);
    }

    /**
     * The shape of a generated company.
     *
     * @param skew 1 for dimension values that are all as frequent, more for some frequent and many rare ones
     */
    record Shape(String name, List<String> core, List<Dim> dimensions, double skew, List<Measured> measures) {
        TrialCompany company(long seed, int employees) {
            Random random = new Random(seed);
            List<String[]> rows = new ArrayList<>();
            double[][] values = new double[measures.size()][employees];
            for (int p = 0; p < employees; p++) {
                int[] codes = dimensions.stream()
                        .mapToInt(d -> (int) (d.values() * Math.pow(random.nextDouble(), skew)))
                        .toArray();
                rows.add(IntStream.range(0, codes.length)
                        .mapToObj(d -> "%s-%03d".formatted(dimensions.get(d).name(), codes[d]))
                        .toArray(String[]::new));
                for (int m = 0; m < values.length; m++) {
                    Column.Measure declared = measures.get(m).measure();
                    values[m][p] =
                            Math.clamp(measures.get(m).draw().of(codes, random), declared.lower(), declared.upper());
                }
            }
            return once(
                    "%s %,d seed %d".formatted(name, employees, seed),
                    dimensions.stream().map(Dim::name).toList(),
                    core,
                    rows,
                    measures.stream().map(Measured::measure).toList(),
                    values);
        }
    }

    static Column.Measure measure(String name, MeasureKind kind, double lower, double upper) {
        return new Column.Measure(name, kind, lower, upper, 1, Coverage.EVERYBODY, EnumSet.allOf(Aggregate.class));
    }

    private static Dataset dataset(List<Column.Dimension> dimensions, List<Column.Measure> measures) {
        List<Column> columns =
                new ArrayList<>(List.of(new Column.PersonKey("employee_id"), new Column.Period("month")));
        columns.addAll(dimensions);
        columns.addAll(measures);
        return new Dataset("data", "staff", columns);
    }

    private static List<Column.Dimension> dimensions(
            List<String> names, Map<String, String> parents, List<String[]> rows) {
        List<Column.Dimension> dimensions = new ArrayList<>();
        for (int d = 0; d < names.size(); d++) {
            int at = d;
            String parent = parents.get(names.get(d));
            Map<String, String> link = new HashMap<>();
            if (parent != null) {
                int up = names.indexOf(parent);
                rows.forEach(r -> link.put(r[at], r[up]));
            }
            List<String> values =
                    List.copyOf(new TreeSet<>(rows.stream().map(r -> r[at]).toList()));
            dimensions.add(new Column.Dimension(
                    names.get(d),
                    ValueType.TEXT,
                    values,
                    false,
                    parent == null ? Optional.empty() : Optional.of(new Column.Dimension.Parent(parent, link))));
        }
        return dimensions;
    }

    private static short[][] codes(List<Column.Dimension> dimensions, List<String[]> rows) {
        short[][] codes = new short[dimensions.size()][rows.size()];
        for (int d = 0; d < codes.length; d++) {
            Map<String, Short> code = codesOf(dimensions.get(d));
            for (int r = 0; r < rows.size(); r++) {
                codes[d][r] = code.get(rows.get(r)[d]);
            }
        }
        return codes;
    }

    static Map<String, Short> codesOf(Column.Dimension dimension) {
        Map<String, Short> code = new HashMap<>();
        for (String v : dimension.values()) {
            code.put(v, (short) code.size());
        }
        return code;
    }

    Publication publish(long key) {
        byte[] secret = new byte[32];
        new Random(key).nextBytes(secret);
        Function<String, double[][]> of = m -> values.getOrDefault(m, new double[0][]);
        return new PublicationBuilder(new NoiseKey(secret), parameters, (_, _) -> {})
                .build(
                        "trial",
                        roster,
                        List.of(dataset),
                        (_, measure, period) -> contributions(of.apply(measure)[period]));
    }

    private static Contributions contributions(double[] values) {
        int[] who = IntStream.range(0, values.length)
                .filter(p -> !Double.isNaN(values[p]))
                .toArray();
        return new Contributions(
                who, Arrays.stream(who).mapToDouble(p -> values[p]).toArray());
    }

    Catalogue catalogue() {
        return Catalogue.of(List.of(dataset));
    }
}

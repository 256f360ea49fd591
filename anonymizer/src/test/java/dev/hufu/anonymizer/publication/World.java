package dev.hufu.anonymizer.publication;

import dev.hufu.anonymizer.catalogue.Aggregate;
import dev.hufu.anonymizer.catalogue.Catalogue;
import dev.hufu.anonymizer.catalogue.Column;
import dev.hufu.anonymizer.catalogue.Coverage;
import dev.hufu.anonymizer.catalogue.Dataset;
import dev.hufu.anonymizer.catalogue.MeasureKind;
import dev.hufu.anonymizer.catalogue.ValueType;
import dev.hufu.anonymizer.query.Condition;
import dev.hufu.anonymizer.query.ParsedQuery;
import dev.hufu.anonymizer.query.QueryLanguage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A generated company: people join, leave, return, move and get raises; pay goes with grade, tenure, country and unit, hours and
 * courses with unit and chance. Everything a naive model needs is public here.
 */
final class World {
    static final List<String> DIMENSIONS = List.of(
            "region", "country", "site", "org_unit", "gender", "grade", "age_band", "tenure_band", "contract_type");
    private static final int[] CODES = {3, 6, 24, 12, 2, 10, 5, 5, 3};

    final int months;
    final List<Column.Dimension> dimensions = new ArrayList<>();
    final Roster roster;
    final Catalogue catalogue;
    final QueryLanguage language;
    /** By period, then person; NaN for who is not there or has none. */
    final double[][] pay;

    final double[][] hours;
    final double[][] courses;
    final double[][] flag;
    /** By period, person and dimension; null for who is not there. */
    final short[][][] values;

    World(long seed, int people, int months) {
        this.months = months;
        Random random = new Random(seed);
        int persons = people + people * months * 14 / 1000 + 20;
        values = new short[months][persons][];
        pay = nan(months, persons);
        hours = nan(months, persons);
        courses = nan(months, persons);
        flag = nan(months, persons);
        declare();
        live(random, people, persons);
        roster = roster();
        Dataset dataset = new Dataset("pay", "staff", columns());
        catalogue = Catalogue.of(List.of(dataset));
        language = new QueryLanguage(catalogue);
    }

    private static double[][] nan(int months, int persons) {
        double[][] all = new double[months][persons];
        for (double[] row : all) {
            Arrays.fill(row, Double.NaN);
        }
        return all;
    }

    private void declare() {
        for (int d = 0; d < CODES.length; d++) {
            String name = DIMENSIONS.get(d);
            List<String> names = IntStream.range(0, CODES[d])
                    .mapToObj(c -> name + "-" + (char) ('A' + c))
                    .toList();
            Optional<Column.Dimension.Parent> parent = Optional.empty();
            if (d == 1 || d == 2) {
                Map<String, String> link = new HashMap<>();
                int per = CODES[d] / CODES[d - 1];
                for (int c = 0; c < CODES[d]; c++) {
                    link.put(names.get(c), dimensions.get(d - 1).values().get(c / per));
                }
                parent = Optional.of(new Column.Dimension.Parent(DIMENSIONS.get(d - 1), link));
            }
            dimensions.add(new Column.Dimension(name, ValueType.TEXT, names, false, parent));
        }
    }

    private void live(Random random, int people, int persons) {
        double[] talent = new double[persons];
        int[] leaves = new int[persons];
        int[] joins = new int[persons];
        int joined = people;
        for (int p = 0; p < persons; p++) {
            talent[p] = random.nextGaussian();
            joins[p] = p < people ? 0 : months;
            leaves[p] = months;
        }
        for (int m = 0; m < months; m++) {
            for (int p = 0; p < joined; p++) {
                if (joins[p] <= m && leaves[p] >= months && m > 0 && random.nextDouble() < 0.012) {
                    leaves[p] = random.nextInt(20) == 0 ? -m : m;
                }
            }
            for (int j = 0; m > 0 && j < people * 12 / 1000 && joined < persons; j++) {
                joins[joined++] = m;
            }
            for (int p = 0; p < joined; p++) {
                boolean away =
                        leaves[p] < months && (leaves[p] >= 0 ? m >= leaves[p] : m >= -leaves[p] && m < 4 - leaves[p]);
                if (joins[p] <= m && !away) {
                    live(random, m, p, talent[p]);
                }
            }
        }
    }

    private void live(Random random, int m, int p, double talent) {
        short[] before = m > 0 ? values[m - 1][p] : null;
        short[] now = before == null ? person(random) : before;
        if (before != null && random.nextInt(150) == 0) {
            now = before.clone();
            now[3] = (short) random.nextInt(CODES[3]);
        }
        values[m][p] = now;
        double base = 6000
                * Math.pow(1.28, now[5])
                * (1 + 0.05 * now[7])
                * (1 - 0.08 * now[1] / 6)
                * (now[4] == 0 ? 0.95 : 1);
        double raised = 1 + 0.05 * (m / 12) + 0.02 * ((m + p) % 5 == 0 ? m / 4 : 0);
        pay[m][p] = Math.round(base * Math.exp(0.12 * talent) * raised);
        hours[m][p] = Math.clamp(168 + 6 * now[3] + 22 * random.nextGaussian(), 0, 300);
        courses[m][p] = random.nextInt(10) < 3 ? 1 + random.nextInt(3) : Double.NaN;
        flag[m][p] = (p * 31 + now[5]) % 10 < 2 ? 1 : 0;
    }

    private static short[] person(Random random) {
        short[] v = new short[CODES.length];
        v[2] = (short) (Math.min(random.nextInt(24), random.nextInt(24)));
        v[1] = (short) (v[2] / 4);
        v[0] = (short) (v[1] / 2);
        v[3] = (short) Math.min(random.nextInt(12), random.nextInt(14));
        v[4] = (short) random.nextInt(2);
        v[5] = (short) Math.min(9, (int) Math.abs(random.nextGaussian() * 3));
        v[6] = (short) Math.clamp(Math.round(v[5] / 3.0 + random.nextGaussian()), 0, 4);
        v[7] = (short) Math.clamp(Math.round(v[6] * 0.7 + random.nextGaussian()), 0, 4);
        v[8] = (short) (random.nextInt(10) == 0 ? 1 : random.nextInt(30) == 0 ? 2 : 0);
        return v;
    }

    private Roster roster() {
        List<Roster.Slice> slices = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (int m = 0; m < months; m++) {
            short[][] at = values[m];
            int[] here =
                    IntStream.range(0, at.length).filter(p -> at[p] != null).toArray();
            short[][] codes = new short[CODES.length][here.length];
            for (int i = 0; i < here.length; i++) {
                for (int d = 0; d < CODES.length; d++) {
                    codes[d][i] = at[here[i]][d];
                }
            }
            slices.add(new Roster.Slice(here, codes));
            labels.add(String.format("%04d-%02d", 2025 + m / 12, 1 + m % 12));
        }
        return new Roster("staff", labels, dimensions, slices);
    }

    private List<Column> columns() {
        List<Column> columns = new ArrayList<>(List.of(
                new Column.PersonKey("employee_id"),
                new Column.Period("month"),
                measure("monthly_pay", MeasureKind.SLOW, 250_000, 1, Coverage.EVERYBODY),
                measure("hours", MeasureKind.EVENT, 300, 0, Coverage.EVERYBODY),
                measure("courses", MeasureKind.EVENT, 5, 1, Coverage.SOME),
                measure("flag", MeasureKind.FLAG, 1, 1, Coverage.EVERYBODY)));
        columns.addAll(dimensions);
        return columns;
    }

    private static Column.Measure measure(String name, MeasureKind kind, double upper, double step, Coverage coverage) {
        return new Column.Measure(name, kind, 0, upper, step, coverage, EnumSet.allOf(Aggregate.class));
    }

    double[][] of(String measure) {
        return switch (measure) {
            case "monthly_pay" -> pay;
            case "hours" -> hours;
            case "courses" -> courses;
            case "flag" -> flag;
            default -> throw new IllegalArgumentException(measure);
        };
    }

    Contributions contributions(String measure, int period) {
        double[] v = of(measure)[period];
        int[] who =
                IntStream.range(0, v.length).filter(p -> !Double.isNaN(v[p])).toArray();
        return new Contributions(who, Arrays.stream(who).mapToDouble(p -> v[p]).toArray());
    }

    static PublicationParameters parameters(int k) {
        return PublicationParameters.of(k, List.of("country", "grade", "gender", "org_unit"), Map.of());
    }

    static NoiseKey key(int seed) {
        byte[] secret = new byte[32];
        new Random(seed).nextBytes(secret);
        return new NoiseKey(secret);
    }

    Publication publish(int k, NoiseKey key) {
        return new PublicationBuilder(key, parameters(k), (_, _) -> {})
                .build("test", roster, catalogue.datasets(), (_, measure, period) -> contributions(measure, period));
    }

    ParsedQuery parse(String sql) {
        return language.parse(sql);
    }

    Answer ask(Publication publication, String sql) {
        return ask(publication, sql, 0);
    }

    Answer ask(Publication publication, String sql, int k) {
        return new Statistic(publication, parse(sql), Condition.TRUE, k).answer();
    }

    int dimension(String name) {
        return DIMENSIONS.indexOf(name);
    }

    String value(int dimension, int code) {
        return dimensions.get(dimension).values().get(code);
    }
}

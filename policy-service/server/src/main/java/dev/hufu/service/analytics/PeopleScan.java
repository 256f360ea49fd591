package dev.hufu.service.analytics;

import dev.hufu.anonymizer.publication.Contributions;
import dev.hufu.service.analytics.store.PeopleStore;
import dev.hufu.service.registers.Measurement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads people from one snapshot of the store, each table by one aggregate scan: memberships as a presence mask a run of equal
 * dimensions, contributions as one value a person and period. Not thread safe.
 */
final class PeopleScan {
    private static final String PERIOD_FORM = "[0-9]{4}-(0[1-9]|1[0-2])";

    private final Connection snapshot;

    PeopleScan(Connection snapshot) {
        this.snapshot = snapshot;
    }

    /** A run of equal dimension values: bit i of {@code present} stands for period i. */
    @SuppressWarnings("ArrayRecordComponent") // a row of the scan, compared by nobody
    record Run(String key, @Nullable String[] values, long present) {}

    /** Well-formed periods of a table, ascending, the latest ones if there are more than can be published. */
    List<String> periods(String table, String period) throws SQLException {
        String sql = """
                SELECT p FROM (SELECT DISTINCT CAST(%2$s AS VARCHAR) AS p FROM main.%1$s)
                WHERE regexp_full_match(p, ?) ORDER BY p DESC LIMIT ?""".formatted(quoted(table), quoted(period));
        List<String> periods = new ArrayList<>();
        try (PreparedStatement s = snapshot.prepareStatement(sql)) {
            s.setString(1, PERIOD_FORM);
            s.setInt(2, PublicationSettings.MAX_PERIODS);
            try (ResultSet rows = s.executeQuery()) {
                while (rows.next()) {
                    periods.addFirst(rows.getString(1));
                }
            }
        }
        return periods;
    }

    /** All runs of a table; rows without a person key or a known period are left out. */
    List<Run> runs(String table, String key, String period, List<String> periods, List<String> dimensions)
            throws SQLException {
        String columns = dimensions.stream().map(d -> ", " + quoted(d)).collect(Collectors.joining());
        String texts = dimensions.stream()
                .map(d -> ", CAST(" + quoted(d) + " AS VARCHAR)")
                .collect(Collectors.joining());
        String sql = """
                SELECT CAST(%2$s AS VARCHAR)%4$s, present FROM (
                  SELECT %2$s%3$s, bit_or(1::BIGINT << (%5$s)) AS present FROM main.%1$s
                  WHERE %2$s IS NOT NULL AND (%5$s) IS NOT NULL GROUP BY ALL)
                ORDER BY ALL""".formatted(quoted(table), quoted(key), columns, texts, index(period, periods));
        List<Run> runs = new ArrayList<>();
        try (PreparedStatement s = snapshot.prepareStatement(sql);
                ResultSet rows = s.executeQuery()) {
            while (rows.next()) {
                @Nullable String[] values = new String[dimensions.size()];
                for (int d = 0; d < values.length; d++) {
                    values[d] = rows.getString(d + 2);
                }
                runs.add(new Run(rows.getString(1), values, rows.getLong(dimensions.size() + 2)));
            }
        }
        return runs;
    }

    /**
     * Contributions to one measure by period: the sum over a person's rows for events, the mean for states. One row a person with
     * a column a period comes over, which is several times faster than a row a person and period.
     *
     * @param wanted indices into {@code periods}
     * @param numbers person numbers of the roster; others are left out
     */
    Contributions[] contributions(
            String table,
            String key,
            String period,
            List<String> periods,
            List<Integer> wanted,
            String measure,
            Measurement.Kind kind,
            Map<String, Integer> numbers)
            throws SQLException {
        String aggregate = kind == Measurement.Kind.EVENT ? "sum" : "avg";
        String columns = wanted.stream()
                .map(p -> period.isEmpty()
                        ? ", %s(v)".formatted(aggregate)
                        : ", %s(v) FILTER (WHERE p = '%s')".formatted(aggregate, periods.get(p)))
                .collect(Collectors.joining());
        String in = wanted.stream().map(p -> "'" + periods.get(p) + "'").collect(Collectors.joining(", "));
        String where = period.isEmpty() ? "" : " AND CAST(%s AS VARCHAR) IN (%s)".formatted(quoted(period), in);
        String sql = """
                SELECT CAST(k AS VARCHAR)%4$s FROM (
                  SELECT %2$s AS k, CAST(%3$s AS VARCHAR) AS p, TRY_CAST(%5$s AS DOUBLE) AS v FROM main.%1$s
                  WHERE %2$s IS NOT NULL%6$s)
                GROUP BY k""".formatted(
                quoted(table), quoted(key), period.isEmpty() ? "''" : quoted(period), columns, quoted(measure), where);
        Gathered[] gathered =
                IntStream.range(0, periods.size()).mapToObj(_ -> new Gathered()).toArray(Gathered[]::new);
        try (PreparedStatement s = snapshot.prepareStatement(sql);
                ResultSet rows = s.executeQuery()) {
            while (rows.next()) {
                Integer number = numbers.get(rows.getString(1));
                for (int i = 0; number != null && i < wanted.size(); i++) {
                    double value = rows.getDouble(i + 2);
                    if (!rows.wasNull()) {
                        gathered[wanted.get(i)].add(number, value);
                    }
                }
            }
        }
        return Arrays.stream(gathered).map(Gathered::contributions).toArray(Contributions[]::new);
    }

    /** Changes with any change of the columns' content. */
    String fingerprint(String table, List<String> columns) throws SQLException {
        String list = columns.stream().map(PeopleScan::quoted).collect(Collectors.joining(", "));
        String sql = "SELECT count(*) || ':' || coalesce(sum(hash(%2$s)::HUGEINT), 0) FROM main.%1$s"
                .formatted(quoted(table), list);
        try (PreparedStatement s = snapshot.prepareStatement(sql);
                ResultSet rows = s.executeQuery()) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** SQL for the index of a row's period, NULL if it is none of them; 0 where there is no period. */
    private static String index(String period, List<String> periods) {
        if (period.isEmpty()) {
            return "0";
        }
        // Periods have matched a pattern of digits and a hyphen, so that they can stand in the text.
        String list = periods.stream().map(p -> "'" + p + "'").collect(Collectors.joining(", "));
        return "nullif(list_position([%s], CAST(%s AS VARCHAR)), 0) - 1".formatted(list, quoted(period));
    }

    private static String quoted(String name) {
        return PeopleStore.quoted(name);
    }

    /** Values of one measure and period in any order of persons. */
    private static final class Gathered {
        private int[] persons = new int[64];
        private double[] values = new double[64];
        private int size;

        void add(int person, double value) {
            if (size == persons.length) {
                persons = Arrays.copyOf(persons, size * 2);
                values = Arrays.copyOf(values, size * 2);
            }
            persons[size] = person;
            values[size++] = value;
        }

        /** By person; of a person that comes twice, which one key in two spellings could make, the first row counts. */
        Contributions contributions() {
            long[] order = new long[size];
            for (int i = 0; i < size; i++) {
                order[i] = (long) persons[i] << 32 | i;
            }
            Arrays.sort(order);
            int[] who = new int[size];
            double[] what = new double[size];
            int n = 0;
            for (long packed : order) {
                int i = (int) packed;
                if (n == 0 || who[n - 1] != persons[i]) {
                    who[n] = persons[i];
                    what[n++] = values[i];
                }
            }
            return new Contributions(Arrays.copyOf(who, n), Arrays.copyOf(what, n));
        }
    }
}

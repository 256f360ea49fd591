package dev.hufu.service.analytics.imports;

import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * A CSV file as text in a temporary table of one connection, beside the line each row began on: {@code "incoming csv" (line,
 * c0, c1, …)}, a name that no dataset can have. The table goes with the connection, whatever happens.
 */
final class StagedFile {
    private static final int MAX_NAME = 63;

    /** What databases and spreadsheets write where there is nothing; as a key it would be one person made of many. */
    private static final Set<String> NOBODY = Set.of("NULL", "\\N", "NAN", "NONE", "N/A", "#N/A", "NA", "NIL");

    private final List<ColumnProfile> columns;
    private final int personKey;
    private final long rows;

    private StagedFile(List<ColumnProfile> columns, int personKey, long rows) {
        this.columns = columns;
        this.personKey = personKey;
        this.rows = rows;
    }

    List<ColumnProfile> columns() {
        return columns;
    }

    /** Index of the column that names the person. */
    int personKey() {
        return personKey;
    }

    long rows() {
        return rows;
    }

    /**
     * Reads the whole file into the connection's temporary table.
     *
     * @throws CsvException naming the line
     */
    static StagedFile read(InputStream csv, String personKey, CsvLimits limits, DuckDBConnection connection)
            throws IOException, SQLException {
        var reader = new CsvReader(csv, limits);
        List<ColumnProfile> columns = header(reader);
        int key = keyOf(columns, personKey);
        try (Statement s = connection.createStatement()) {
            s.execute(IntStream.range(0, columns.size())
                    .mapToObj(i -> "c" + i + " VARCHAR")
                    .collect(Collectors.joining(", ", "CREATE TEMP TABLE \"incoming csv\" (line BIGINT, ", ")")));
        }
        long rows = 0;
        try (DuckDBAppender appender = connection.createAppender("temp", "main", "incoming csv")) {
            for (List<String> row = reader.next(); row != null; row = reader.next()) {
                check(row, columns, key, reader.line());
                rows++;
                if (rows > limits.rows()) {
                    throw new CsvException(reader.line(), "more than " + limits.rows() + " rows");
                }
                appender.beginRow().append(reader.line());
                for (int i = 0; i < row.size(); i++) {
                    String value = row.get(i);
                    columns.get(i).see(value);
                    if (value.isEmpty()) {
                        appender.appendNull();
                    } else {
                        appender.append(value);
                    }
                }
                appender.endRow();
            }
        }
        return new StagedFile(columns, key, rows);
    }

    /**
     * Looks at the first rows only and keeps none of them.
     *
     * @param cut whether the file goes on, so that the last row may be half of one
     */
    static List<ColumnProfile> look(InputStream head, boolean cut, String personKey, CsvLimits limits)
            throws IOException {
        var reader = new CsvReader(head, limits);
        List<ColumnProfile> columns = header(reader);
        int key = keyOf(columns, personKey);
        try {
            for (List<String> row = reader.next(); row != null; row = reader.next()) {
                check(row, columns, key, reader.line());
                for (int i = 0; i < row.size(); i++) {
                    columns.get(i).see(row.get(i));
                }
            }
        } catch (CsvException e) {
            if (!cut) {
                throw e;
            }
        }
        return columns;
    }

    private static void check(List<String> row, List<ColumnProfile> columns, int key, long line) {
        if (row.size() != columns.size()) {
            throw new CsvException(line, row.size() + " fields where the header has " + columns.size());
        }
        String person = row.get(key);
        if (person.isBlank() || NOBODY.contains(person.toUpperCase(Locale.ROOT))) {
            throw new CsvException(
                    line,
                    "the person key " + columns.get(key).name() + " is empty, or is a word that stands for nothing");
        }
        if (!person.equals(person.strip())) {
            throw new CsvException(
                    line, "the person key " + columns.get(key).name() + " has blanks around it; take them away");
        }
    }

    private static List<ColumnProfile> header(CsvReader reader) throws IOException {
        List<String> names = reader.next();
        if (names == null) {
            throw new CsvException(1, "the file is empty; its first line names the columns");
        }
        if (names.size() == 1
                && (names.getFirst().contains(";") || names.getFirst().contains("\t"))) {
            throw new CsvException(1, "the columns are not separated by commas");
        }
        Set<String> seen = new HashSet<>();
        List<ColumnProfile> columns = new ArrayList<>(names.size());
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (name.isEmpty()
                    || name.length() > MAX_NAME
                    || !name.equals(name.strip())
                    || !name.codePoints().allMatch(StagedFile::printable)) {
                throw new CsvException(
                        1,
                        "the name of column " + (i + 1) + " must be 1 to " + MAX_NAME
                                + " printable characters without quotes or spaces around them");
            }
            if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                throw new CsvException(1, "two columns are named " + name + " (upper and lower case are the same)");
            }
            columns.add(new ColumnProfile(name));
        }
        return List.copyOf(columns);
    }

    private static boolean printable(int c) {
        return c >= ' ' && c != '"' && c != 0x7f && Character.isDefined(c) && !Character.isISOControl(c);
    }

    private static int keyOf(List<ColumnProfile> columns, String personKey) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(personKey)) {
                return i;
            }
        }
        String names = columns.stream().map(ColumnProfile::name).collect(Collectors.joining(", "));
        throw new CsvException(
                1, "no column has the name of the person key that was given; there are " + shortened(names));
    }

    private static String shortened(String names) {
        return names.length() <= 500 ? names : names.substring(0, 500) + " …";
    }
}

package dev.hufu.service.analytics.imports;

import java.util.List;

/**
 * What an import did.
 *
 * @param dataset its name
 * @param rows how many were loaded
 * @param persons how many different person keys
 * @param period the period column, which is the import's month where the file has none
 * @param ungraded columns that queries cannot touch until somebody grades them
 * @param replaced whether an earlier dataset of that name gave way
 */
public record ImportReport(
        String dataset,
        long rows,
        long persons,
        String period,
        List<Column> columns,
        List<String> ungraded,
        boolean replaced) {
    public ImportReport {
        columns = List.copyOf(columns);
        ungraded = List.copyOf(ungraded);
    }

    /** A column as it was loaded. */
    public record Column(String name, ColumnType type, String role) {}
}

package dev.hufu.service.registers;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A dataset in the asset register.
 *
 * @param name its name in SQL
 * @param grade the highest grade among its columns
 * @param population whose people the rows are about; datasets of one population share one partition
 * @param scopeColumn the dimension that a role bound to its own unit is held to
 * @param minGroupSize the steward's own threshold; it can only raise the policy's
 * @throws IllegalArgumentException naming the dataset and what is wrong with it
 */
public record RegisteredDataset(
        String name,
        Title title,
        String grade,
        String population,
        Optional<String> scopeColumn,
        OptionalInt minGroupSize,
        List<DatasetColumn> columns) {
    public static final int MAX_COLUMNS = 1_000;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    public RegisteredDataset {
        columns = List.copyOf(columns);
        if (!NAME.matcher(name).matches() || !NAME.matcher(population).matches()) {
            throw new IllegalArgumentException(
                    "names of datasets and populations are 1 to 63 characters of a-z 0-9 _ and start with a letter");
        }
        if (columns.size() > MAX_COLUMNS) {
            throw new IllegalArgumentException("dataset " + name + " has more than " + MAX_COLUMNS + " columns");
        }
        Set<String> names = new HashSet<>();
        for (DatasetColumn column : columns) {
            if (!names.add(column.name().toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("dataset " + name + " has two columns named " + column.name());
            }
        }
        if (count(columns, ColumnRole.PERSON_KEY) != 1 || count(columns, ColumnRole.PERIOD) > 1) {
            throw new IllegalArgumentException(
                    "dataset " + name + " needs exactly one person key and at most one period column");
        }
        String scope = scopeColumn.orElse("");
        if (scopeColumn.isPresent()
                && columns.stream().noneMatch(c -> c.name().equals(scope) && c.role() == ColumnRole.DIMENSION)) {
            throw new IllegalArgumentException("dataset " + name + ": the scope column is one of its dimensions");
        }
        if (minGroupSize.isPresent() && minGroupSize.getAsInt() < 2) {
            throw new IllegalArgumentException("dataset " + name + ": minGroupSize is at least 2");
        }
    }

    public Optional<DatasetColumn> column(String columnName) {
        return columns.stream().filter(c -> c.name().equals(columnName)).findFirst();
    }

    private static long count(List<DatasetColumn> columns, ColumnRole role) {
        return columns.stream().filter(c -> c.role() == role).count();
    }
}

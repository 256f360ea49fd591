package dev.hufu.service.analytics.imports;

import dev.hufu.service.analytics.imports.ImportRefusedException.Reason;
import dev.hufu.service.analytics.store.PeopleStore;
import dev.hufu.service.registers.ColumnRole;
import dev.hufu.service.registers.DatasetColumn;
import dev.hufu.service.registers.Measurement;
import dev.hufu.service.registers.RegisteredDataset;
import dev.hufu.service.registers.Title;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What becomes of a file's columns: the register row with every column in it, graded or not, and the SQL that turns text into
 * types.
 *
 * <p>The person key is text. A dimension is a whole number or text; a measure is a number, where true is 1. A dataset without a
 * period column gets one, the month of the import.
 */
final class ImportedColumns {
    private final RegisteredDataset row;
    private final List<ImportReport.Column> columns = new ArrayList<>();
    private final List<String> expressions = new ArrayList<>();
    private final String period;
    private final Optional<String> stagedPeriod;

    /**
     * @param declared the classification, or a row without columns but the person key
     * @throws ImportRefusedException when the classification and the file do not fit
     */
    ImportedColumns(RegisteredDataset declared, StagedFile file, String importMonth) {
        List<String> problems = new ArrayList<>(unknown(declared, file));
        List<DatasetColumn> all = new ArrayList<>();
        Optional<String> periodColumn = Optional.empty();
        String staged = null;
        for (int i = 0; i < file.columns().size(); i++) {
            ColumnProfile seen = file.columns().get(i);
            DatasetColumn column = declared.column(seen.name()).orElseGet(() -> ungraded(seen.name()));
            all.add(column);
            String sql = expression(column, seen.type(), "c" + i, problems);
            if (seen.gaps() && everybodyHas(column)) {
                problems.add("the column " + column.name() + " is classified as a measure that everybody has, and rows"
                        + " lack a value; write coverage: some for it, or fill the gaps");
            }
            expressions.add(sql + " AS " + PeopleStore.quoted(seen.name()));
            columns.add(new ImportReport.Column(
                    seen.name(), seen.type(), column.role().wire()));
            if (column.role() == ColumnRole.PERIOD) {
                periodColumn = Optional.of(seen.name());
                staged = "c" + i;
            }
        }
        if (periodColumn.isEmpty()) {
            String name = free(file, "month", "import_month", "import_period");
            all.add(new DatasetColumn(
                    name,
                    Optional.of("calendar"),
                    Optional.of(lowestGrade(declared)),
                    ColumnRole.PERIOD,
                    Optional.empty(),
                    new Title("导入月份", "Month of the import")));
            expressions.add("'" + importMonth + "' AS " + PeopleStore.quoted(name));
            columns.add(new ImportReport.Column(name, ColumnType.TEXT, ColumnRole.PERIOD.wire()));
            periodColumn = Optional.of(name);
        }
        if (!problems.isEmpty()) {
            throw new ImportRefusedException(Reason.CONTENT, problems);
        }
        this.period = periodColumn.orElseThrow();
        this.stagedPeriod = Optional.ofNullable(staged);
        this.row = new RegisteredDataset(
                declared.name(),
                declared.title(),
                declared.grade(),
                declared.population(),
                declared.scopeColumn(),
                declared.minGroupSize(),
                all);
    }

    /** The period says little by itself, so it takes the lowest grade that the steward gave to any column. */
    private static String lowestGrade(RegisteredDataset declared) {
        return declared.columns().stream()
                .filter(c -> c.role() == ColumnRole.PERSON_KEY || c.role() == ColumnRole.DIMENSION)
                .flatMap(c -> c.grade().stream())
                .findFirst()
                .orElse(declared.grade());
    }

    private static DatasetColumn ungraded(String name) {
        return new DatasetColumn(
                name, Optional.empty(), Optional.empty(), ColumnRole.NONE, Optional.empty(), new Title(name, name));
    }

    /** Sums take the mean of those who have it for the few who lack it; with gaps that would be wrong, and silently so. */
    private static boolean everybodyHas(DatasetColumn column) {
        return column.measurement()
                .filter(m -> m.coverage() == Measurement.Coverage.EVERYBODY)
                .isPresent();
    }

    private static List<String> unknown(RegisteredDataset declared, StagedFile file) {
        Set<String> names =
                file.columns().stream().map(ColumnProfile::name).collect(Collectors.toCollection(TreeSet::new));
        return declared.columns().stream()
                .map(DatasetColumn::name)
                .filter(n -> !names.contains(n))
                .map(n -> "the classification names the column " + n + ", which the file does not have")
                .toList();
    }

    private static String free(StagedFile file, String... candidates) {
        for (String candidate : candidates) {
            if (file.columns().stream().noneMatch(c -> c.name().equalsIgnoreCase(candidate))) {
                return candidate;
            }
        }
        throw new ImportRefusedException(
                Reason.CONTENT,
                "the file has no period column and uses every name for one: " + String.join(", ", candidates));
    }

    private static String expression(DatasetColumn column, ColumnType type, String staged, List<String> problems) {
        return switch (column.role()) {
            case PERSON_KEY, PERIOD -> staged;
            case DIMENSION -> type == ColumnType.INTEGER ? "CAST(" + staged + " AS BIGINT)" : staged;
            case NONE -> "CAST(" + staged + " AS " + type.sql() + ")";
            case MEASURE ->
                switch (type) {
                    case INTEGER, DECIMAL -> "CAST(" + staged + " AS " + type.sql() + ")";
                    case BOOLEAN -> "CAST(CAST(" + staged + " AS BOOLEAN) AS TINYINT)";
                    case DATE, TEXT -> {
                        problems.add("the column " + column.name()
                                + " is classified as a measure, and not all of its values are numbers");
                        yield staged;
                    }
                };
        };
    }

    RegisteredDataset row() {
        return row;
    }

    List<ImportReport.Column> columns() {
        return columns;
    }

    /** Name of the period column. */
    String period() {
        return period;
    }

    /** The period's column of the staged file, if it came with the file. */
    Optional<String> stagedPeriod() {
        return stagedPeriod;
    }

    /** What fills the table from the staged file. */
    String select() {
        return "SELECT " + String.join(", ", expressions) + " FROM \"incoming csv\" ORDER BY line";
    }

    List<String> ungradedNames() {
        return row.columns().stream()
                .filter(c -> !c.graded())
                .map(DatasetColumn::name)
                .toList();
    }
}

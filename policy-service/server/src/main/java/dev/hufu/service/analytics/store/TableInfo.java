package dev.hufu.service.analytics.store;

import java.util.List;

/**
 * A table or view of people data as it stands in a snapshot.
 *
 * @param name as in SQL
 * @param columns in order
 * @param rows how many rows it has
 */
public record TableInfo(String name, List<Column> columns, long rows) {
    public TableInfo {
        columns = List.copyOf(columns);
    }

    /**
     * @param type what a reader may treat it as
     * @param sqlType DuckDB's own name of the type; an enumerated dimension is {@code ENUM(…)}
     */
    public record Column(String name, Type type, String sqlType) {}

    /** Types by what can be done with them; enumerations and text are both {@code TEXT}. */
    public enum Type {
        TEXT,
        INTEGER,
        DECIMAL,
        BOOLEAN,
        DATE,
        TIMESTAMP,
        OTHER;

        static Type of(String sqlType) {
            int bracket = sqlType.indexOf('(');
            return switch (bracket < 0 ? sqlType : sqlType.substring(0, bracket)) {
                case "VARCHAR", "ENUM", "UUID" -> TEXT;
                case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER" ->
                    INTEGER;
                case "DECIMAL", "DOUBLE", "FLOAT" -> DECIMAL;
                case "BOOLEAN" -> BOOLEAN;
                case "DATE" -> DATE;
                case "TIMESTAMP" -> TIMESTAMP;
                default -> OTHER;
            };
        }
    }
}

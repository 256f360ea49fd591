package dev.hufu.service.analytics.imports;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/** Types that a column's values can have, from the narrowest; text takes everything. */
public enum ColumnType {
    /** {@code true} or {@code false}, in any case. */
    BOOLEAN("BOOLEAN"),
    /** Up to 18 digits without leading zeros: {@code 007} is text, since the zeros mean something. */
    INTEGER("BIGINT"),
    /** Digits, a point, digits; and whole numbers among them. */
    DECIMAL("DOUBLE"),
    /** {@code YYYY-MM-DD}. */
    DATE("DATE"),
    TEXT("VARCHAR");

    private static final int MAX_DIGITS = 18;

    private final String sql;

    ColumnType(String sql) {
        this.sql = sql;
    }

    /** DuckDB's type. */
    String sql() {
        return sql;
    }

    boolean numeric() {
        return this == INTEGER || this == DECIMAL;
    }

    /** The narrowest type of one value that is not empty. */
    static ColumnType of(String value) {
        if (value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false")) {
            return BOOLEAN;
        }
        int from = value.startsWith("-") ? 1 : 0;
        int point = value.indexOf('.');
        int whole = (point < 0 ? value.length() : point) - from;
        boolean number = whole >= 1
                && digits(value, from, from + whole)
                && (whole == 1 || value.charAt(from) != '0')
                && (point < 0 || (point < value.length() - 1 && digits(value, point + 1, value.length())));
        if (number && whole <= MAX_DIGITS && value.length() <= 2 * MAX_DIGITS) {
            return point < 0 ? INTEGER : DECIMAL;
        }
        return isDate(value) ? DATE : TEXT;
    }

    private static boolean digits(String value, int from, int to) {
        for (int i = from; i < to; i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean isDate(String value) {
        if (value.length() != 10 || value.charAt(4) != '-' || value.charAt(7) != '-' || value.charAt(0) == '-') {
            return false;
        }
        try {
            return LocalDate.parse(value).getYear() > 0;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    /** The narrowest type that holds values of both. */
    ColumnType with(ColumnType other) {
        if (this == other) {
            return this;
        }
        return numeric() && other.numeric() ? DECIMAL : TEXT;
    }
}

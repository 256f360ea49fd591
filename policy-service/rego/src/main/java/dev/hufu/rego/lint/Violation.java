package dev.hufu.rego.lint;

import java.util.Comparator;

/**
 * A finding.
 *
 * @param rule Regal's name of the rule, {@code parse-error} where the module does not parse
 * @param title what was found, in a few words
 * @param hint what to write instead; empty only for a parse error that has none
 * @param place where it is
 * @param line the source line, without its end
 */
public record Violation(
        String rule, Category category, Level level, Words title, Words hint, Place place, String line) {
    /** The rule of a module that does not parse. */
    public static final String PARSE_ERROR = "parse-error";

    /** By file, place and rule. */
    public static final Comparator<Violation> ORDER = Comparator.comparing(
                    (Violation violation) -> violation.place().file())
            .thenComparingInt(violation -> violation.place().row())
            .thenComparingInt(violation -> violation.place().column())
            .thenComparing(Violation::rule)
            .thenComparing(violation -> violation.title().en());

    /** In Chinese and in English. */
    public record Words(String zh, String en) {}

    /**
     * Rows and columns from 1, columns in code points; the end is just behind what was found.
     *
     * @param row 1 where the file as a whole is meant
     */
    public record Place(String file, int row, int column, int endRow, int endColumn) {}
}

package dev.hufu.anonymizer.publication;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * A protected table and what it rests on.
 *
 * @param basis what it rests on
 * @param columns of the table
 * @param rows the cells that may be shown, after HAVING, ORDER BY and LIMIT
 * @param notSeparable the combinations within WHERE that are not shown
 * @param cohort numbers of the persons within WHERE, for receipts; never part of what is released
 */
public record Answer(
        Basis basis, List<Column> columns, List<Row> rows, NotSeparable notSeparable, RoaringBitmap cohort) {
    public Answer {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /**
     * What an answer rests on.
     *
     * @param publication the publication's id
     * @param periods labels of the periods answered for
     * @param rebases labels of the periods that slow measures in the answer were measured in
     * @param k least persons of a cell and of every union of atoms that a measure comes from
     * @param persons published number of persons within WHERE, null under k
     * @param straddling share of the shown cells' persons who are in unions that reach beyond their cell, two decimals
     */
    public record Basis(
            String publication,
            String dataset,
            List<String> periods,
            List<String> rebases,
            int k,
            @Nullable Long persons,
            double straddling) {
        public Basis {
            periods = List.copyOf(periods);
            rebases = List.copyOf(rebases);
        }
    }

    /** A column: its name and SQL type ({@code VARCHAR}, {@code BIGINT}, {@code DOUBLE}). */
    public record Column(String name, String type) {}

    /**
     * A shown cell.
     *
     * @param values a String, Long, Double or null for each column
     * @param errors half-width of the error band for each column, null where a value is exact or absent; from protected figures
     */
    public record Row(List<@Nullable Object> values, List<@Nullable Double> errors) {
        public Row {
            values = Collections.unmodifiableList(new ArrayList<>(values));
            errors = Collections.unmodifiableList(new ArrayList<>(errors));
        }
    }

    /**
     * What is not shown.
     *
     * @param groups combinations of catalogue values within WHERE that are not shown, empty ones included
     * @param persons published number of persons in them (counted in each period answered for) rounded to 10, null where they are under k in any of these periods
     * @param why reasons that apply; follows from what is shown
     */
    public record NotSeparable(long groups, @Nullable Long persons, List<Why> why) {
        public NotSeparable {
            why = List.copyOf(why);
        }
    }

    /** Why something is not shown. */
    public enum Why {
        /** A cell is under k or empty; the two are one and the same here. */
        UNDER_THRESHOLD("threshold", "人数少于门槛，或没有人", "Fewer persons than the threshold, or none"),
        /** A measure of a shown cell cannot be told. */
        MEASURE(
                "measure",
                "该组在此期间有这项度量的人数不足，或者其中一人所占过大",
                "Too few of the group have the measure in this period, or one of them outweighs the rest");

        private final String code;
        private final String zh;
        private final String en;

        Why(String code, String zh, String en) {
            this.code = code;
            this.zh = zh;
            this.en = en;
        }

        /** The stable word for it. */
        public String code() {
            return code;
        }

        /** For people, in Chinese. */
        public String zh() {
            return zh;
        }

        /** For people, in English. */
        public String en() {
            return en;
        }
    }
}

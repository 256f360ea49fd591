package dev.hufu.service.analytics.imports;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What has been seen of a column so far: its type, whether values are missing, its range, how many different ones. */
final class ColumnProfile {
    /** Beyond this many different values a column is no dimension by proposal, and counting stops. */
    static final int FEW = 60;

    private final String name;
    private @Nullable ColumnType type;
    private boolean gaps;
    private double least = Double.POSITIVE_INFINITY;
    private double most = Double.NEGATIVE_INFINITY;
    private final Set<String> values = new HashSet<>();

    ColumnProfile(String name) {
        this.name = name;
    }

    void see(String value) {
        if (value.isEmpty()) {
            gaps = true;
            return;
        }
        if (type != ColumnType.TEXT) {
            ColumnType of = ColumnType.of(value);
            type = type == null ? of : type.with(of);
            if (of.numeric()) {
                double number = Double.parseDouble(value);
                least = Math.min(least, number);
                most = Math.max(most, number);
            }
        }
        if (values.size() <= FEW) {
            values.add(value);
        }
    }

    String name() {
        return name;
    }

    /** Text where there was no value at all. */
    ColumnType type() {
        return type == null ? ColumnType.TEXT : type;
    }

    boolean gaps() {
        return gaps;
    }

    boolean few() {
        return values.size() <= FEW;
    }

    boolean constant() {
        return values.size() <= 1;
    }

    /** Of a numeric column. */
    double least() {
        return least;
    }

    /** Of a numeric column. */
    double most() {
        return most;
    }
}

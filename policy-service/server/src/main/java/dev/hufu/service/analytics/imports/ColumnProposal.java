package dev.hufu.service.analytics.imports;

import dev.hufu.service.registers.ColumnRole;
import java.util.Optional;

/**
 * What a column looks like, for a person to confirm. Never a grade: that is a decision, and nobody's default.
 *
 * @param bounds of a measure: the range seen, widened to round numbers
 * @param everybody whether no value was missing
 */
public record ColumnProposal(
        String name, ColumnType type, ColumnRole role, Optional<Bounds> bounds, boolean everybody) {
    /** @param lower the least and {@code upper} the most that one person contributes */
    public record Bounds(double lower, double upper) {
        /** Outwards to one significant digit, so that the bounds tell nothing exact of the file. */
        static Bounds around(double least, double most) {
            double lower = least >= 0 ? 0 : -roundUp(-least);
            double upper = Math.max(roundUp(most), lower + 1);
            return new Bounds(lower, upper);
        }

        private static double roundUp(double value) {
            if (value <= 0) {
                return 0;
            }
            double magnitude = Math.pow(10, Math.floor(Math.log10(value)));
            return Math.ceil(value / magnitude) * magnitude;
        }
    }

    static ColumnProposal of(ColumnProfile seen, String personKey) {
        ColumnRole role = role(seen, personKey);
        return new ColumnProposal(
                seen.name(),
                seen.type(),
                role,
                role == ColumnRole.MEASURE ? Optional.of(bounds(seen)) : Optional.empty(),
                !seen.gaps());
    }

    private static ColumnRole role(ColumnProfile seen, String personKey) {
        if (seen.name().equals(personKey)) {
            return ColumnRole.PERSON_KEY;
        }
        if (seen.constant() || (!seen.few() && !seen.type().numeric())) {
            return ColumnRole.NONE;
        }
        return seen.few() && seen.type() != ColumnType.DECIMAL ? ColumnRole.DIMENSION : ColumnRole.MEASURE;
    }

    private static Bounds bounds(ColumnProfile seen) {
        return seen.type().numeric() ? Bounds.around(seen.least(), seen.most()) : new Bounds(0, 1);
    }
}

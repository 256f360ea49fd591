package dev.hufu.anonymizer.publication;

import dev.hufu.anonymizer.catalogue.Column;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;

/**
 * Cells of one measure in one period: Σ over persons of (protected mean of their group) × (their share of its level), over Σ
 * persons. Every number that leaves follows from protected means, from who is in which group and from {@link Likeness}; a cell's
 * own values are nowhere.
 */
final class Microaggregate {
    /** Most that three digits round away, as a share of the value. */
    static final double ROUNDING = 0.005;

    private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_EVEN);

    private final Column.Measure measure;
    private final Figures figures;
    private final Filter filter;
    private final CellSums sums;

    /**
     * Sums up the people of each cell, in the period of measurement.
     *
     * @param dimensions that cells are made by: those grouped by and those in conditions
     */
    Microaggregate(
            Publication publication,
            Column.Measure measure,
            Figures figures,
            Filter filter,
            Grouping grouping,
            int[] dimensions,
            RoaringBitmap cohort) {
        this.measure = measure;
        this.figures = figures;
        this.filter = filter;
        Generation g = publication.generation(figures.period());
        Selection in = new Selection(g, figures.period(), filter, grouping);
        float[] shares = publication.shares(figures);
        sums = new CellSums(measure, figures, g, shares, dimensions, in.rows(), in.cells(), in.size(), grouping.size());
        BitCollector people = new BitCollector(publication.personNumbers());
        for (int i = 0; i < in.size(); i++) {
            if (shares[in.row(i)] > 0) {
                people.add(g.person()[in.row(i)]);
            }
        }
        people.into(cohort);
    }

    int period() {
        return figures.period();
    }

    Filter filter() {
        return filter;
    }

    int weight(int cell) {
        return sums.weight[cell];
    }

    int straddling(int cell) {
        return sums.straddling[cell];
    }

    /** Protected mean per head of the cell, three digits within the declared bounds; empty if fewer than k are covered. */
    Optional<Estimate> perHead(int cell, int k) {
        if (sums.weight[cell] < k) {
            return Optional.empty();
        }
        boolean everybody = figures.everybody();
        double lower = everybody ? measure.lower() : Math.min(0, measure.lower());
        double upper = everybody ? measure.upper() : Math.max(0, measure.upper());
        return Optional.of(estimate(sums.sum[cell] / sums.weight[cell], sums.band(cell), lower, upper));
    }

    /** Protected mean of those in the cell who have the measure; empty if they are estimated at fewer than k. */
    Optional<Estimate> mean(int cell, int k, long published) {
        if (figures.everybody()) {
            return perHead(cell, k);
        }
        if (sums.weight[cell] < k) {
            return Optional.empty();
        }
        double share = sums.listed[cell] / sums.weight[cell];
        if (share * published < k) {
            return Optional.empty();
        }
        double value = sums.sum[cell] / Math.max(sums.listed[cell], Double.MIN_NORMAL);
        return Optional.of(estimate(value, sums.band(cell) / share, measure.lower(), measure.upper()));
    }

    private static Estimate estimate(double value, double error, double lower, double upper) {
        double shown = round(Math.clamp(value, lower, upper));
        return new Estimate(shown, round(error + Math.abs(shown) * ROUNDING));
    }

    static double round(double value) {
        return value == 0 || !Double.isFinite(value)
                ? 0
                : new BigDecimal(value).round(THREE_DIGITS).doubleValue();
    }

    /** A protected value and the half-width of its error band. */
    record Estimate(double value, double error) {}
}

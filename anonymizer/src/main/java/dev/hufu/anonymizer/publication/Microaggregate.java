package dev.hufu.anonymizer.publication;

import dev.hufu.anonymizer.catalogue.Column;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;

/**
 * Cells of one measure in one period: Σ over groups of (persons of the group in the cell) × (protected mean of the group),
 * over Σ persons. Every number that leaves is a weighted mean of protected means; a cell's own values are nowhere.
 *
 * <p>The error band adds what the noise does to the mean (its scale is told from the declared bound, or else from the protected
 * mean itself), what is unknown about which members of a straddling group are in the cell, and a share of the spread within
 * groups for the bias that straddling has where the measure goes with the cell's own dimension. The spread is one figure for all;
 * where the measure is high it spreads in proportion, as pay does.
 */
final class Microaggregate {
    /** Standard deviations that the random part of the band spans. */
    private static final double Z = 2.0;

    /**
     * Share of the spread within groups by which a wholly straddling cell may be biased. Chosen on one month of the sample; how far
     * bands hold elsewhere, and where they do not, stands in ADR 0060.
     */
    private static final double BIAS = 0.6;

    /** Most that three digits round away, as a share of the value. */
    static final double ROUNDING = 0.005;

    private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_EVEN);

    private final Column.Measure measure;
    private final Figures figures;
    private final Filter filter;
    private final double overall;
    private final int[] weight;
    private final double[] sum;
    private final double[] listed;
    private final double[] variance;
    private final int[] straddling;

    /** Counts the people of each cell in each group, in the period of measurement. */
    Microaggregate(
            Publication publication,
            Column.Measure measure,
            Figures figures,
            Filter filter,
            Grouping grouping,
            RoaringBitmap cohort) {
        this.measure = measure;
        this.figures = figures;
        this.filter = filter;
        this.overall = Math.abs(figures.overall());
        int cells = grouping.size();
        weight = new int[cells];
        sum = new double[cells];
        listed = new double[figures.everybody() ? 0 : cells];
        variance = new double[cells];
        straddling = new int[cells];
        Generation g = publication.generation(figures.period());
        int[] inCell = new int[cells];
        int[] touched = new int[Math.min(cells, g.rows())];
        BitCollector people = new BitCollector(publication.personNumbers());
        Selection in = new Selection(g, figures.period(), filter, grouping);
        int at = 0;
        for (int group = 0; group < figures.starts().length; group++) {
            int end = g.rowEnd(figures.starts(), group);
            int cellsTouched = 0;
            for (; at < in.size() && in.row(at) < end; at++) {
                int cell = in.cell(at);
                if (inCell[cell]++ == 0) {
                    touched[cellsTouched++] = cell;
                }
                people.add(g.person()[in.row(at)]);
            }
            for (int t = 0; t < cellsTouched; t++) {
                add(touched[t], inCell[touched[t]], group);
                inCell[touched[t]] = 0;
            }
        }
        people.into(cohort);
    }

    private void add(int cell, int persons, int group) {
        int n = figures.persons()[group];
        double mean = figures.mean()[group];
        weight[cell] += persons;
        sum[cell] += persons * mean;
        if (!figures.everybody()) {
            listed[cell] += persons * figures.listed()[group];
        }
        double noise = noise(measure, mean);
        double share = (double) persons / n;
        variance[cell] += share * share * noise * noise;
        if (persons < n) {
            straddling[cell] += persons;
            variance[cell] += persons * (1 - share) * figures.within() * figures.within();
        }
    }

    /** Standard deviation of the noise on a group's sum, as far as protected figures tell: the largest is taken for twice the mean. */
    static double noise(Column.Measure measure, double mean) {
        return measure.kind().noiseAtLeastBound()
                ? measure.bound()
                : Math.max(measure.step(), measure.kind().scale() * 2 * Math.abs(mean));
    }

    /** Half-width of the band of a cell of {@code persons} in groups of {@code k}. */
    static double spread(double noise, int k, double persons, double within, double straddling) {
        double variance = noise * noise / k / persons + straddling / 2 * within * within / persons;
        return Z * Math.sqrt(variance) + BIAS * within * straddling;
    }

    int period() {
        return figures.period();
    }

    Filter filter() {
        return filter;
    }

    int weight(int cell) {
        return weight[cell];
    }

    int straddling(int cell) {
        return straddling[cell];
    }

    /** Protected mean per head of the cell, three digits within the declared bounds; empty if fewer than k are covered. */
    Optional<Estimate> perHead(int cell, int k) {
        if (weight[cell] < k) {
            return Optional.empty();
        }
        boolean everybody = figures.everybody();
        double lower = everybody ? measure.lower() : Math.min(0, measure.lower());
        double upper = everybody ? measure.upper() : Math.max(0, measure.upper());
        return Optional.of(estimate(sum[cell] / weight[cell], spread(cell), lower, upper));
    }

    /** Protected mean of those in the cell who have the measure; empty if they are estimated at fewer than k. */
    Optional<Estimate> mean(int cell, int k, long published) {
        if (figures.everybody()) {
            return perHead(cell, k);
        }
        if (weight[cell] < k) {
            return Optional.empty();
        }
        double share = listed[cell] / weight[cell];
        if (share * published < k) {
            return Optional.empty();
        }
        double value = sum[cell] / Math.max(listed[cell], Double.MIN_NORMAL);
        return Optional.of(estimate(value, spread(cell) / share, measure.lower(), measure.upper()));
    }

    private double spread(int cell) {
        double high = overall == 0 ? 1 : Math.max(1, Math.abs(sum[cell] / weight[cell]) / overall);
        double bias = BIAS * figures.within() * high * straddling[cell] / weight[cell];
        return Z * Math.sqrt(variance[cell]) / weight[cell] + bias;
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

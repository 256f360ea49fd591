package dev.hufu.anonymizer.publication;

import dev.hufu.anonymizer.catalogue.Column;
import java.util.Arrays;

/**
 * Sums over the cells of one measure in one period, with what their bands are made of. A person stands for the protected mean of
 * their group times their share of its level; the shares of a group's members come to their number, so that totals are those of
 * the groups.
 *
 * <p>The variance of a cell's sum has three parts: the noise on its groups; chance, which decides who of a group that reaches
 * beyond the cell is in it; and doubt of the factors by which such a group is shared out. On top of them comes the bias.
 */
final class CellSums {
    /** Standard deviations that the random part of a band spans. */
    private static final double Z = 2;
    /** By how much doubt of factors is multiplied, since groups are no independent draws. */
    private static final double DOUBT = 1.5;

    private final Column.Measure measure;
    private final Figures figures;
    private final int[] dimensions;
    final int[] weight;
    final double[] sum;
    final double[] listed;
    /** Persons in groups that reach beyond the cell. */
    final int[] straddling;

    private final double[] variance;
    private final double[] doubt;
    private final double[] foreign;

    /**
     * @param shares by row, from {@link Levels#shares}
     * @param dimensions that cells are made by
     * @param rows ascending, each in a group or behind all of them
     * @param cells the cell of each row
     * @param size number of rows
     */
    CellSums(
            Column.Measure measure,
            Figures figures,
            Generation g,
            float[] shares,
            int[] dimensions,
            int[] rows,
            int[] cells,
            int size,
            int cellCount) {
        this.measure = measure;
        this.figures = figures;
        this.dimensions = dimensions;
        weight = new int[cellCount];
        sum = new double[cellCount];
        listed = new double[figures.everybody() ? 0 : cellCount];
        straddling = new int[cellCount];
        variance = new double[cellCount];
        doubt = new double[cellCount];
        foreign = new double[cellCount];
        int[] persons = new int[cellCount];
        double[] share = new double[cellCount];
        double[] doubted = new double[cellCount];
        int[] touched = new int[Math.min(cellCount, g.rows())];
        int at = 0;
        for (int group = 0; group < figures.starts().length; group++) {
            int end = g.rowEnd(figures.starts(), group);
            int n = 0;
            for (; at < size && rows[at] < end; at++) {
                int cell = cells[at];
                if (persons[cell]++ == 0) {
                    touched[n++] = cell;
                }
                double of = shares[rows[at]];
                share[cell] += of;
                doubted[cell] += of * Math.sqrt(figures.likeness().levels().doubt(g, rows[at], dimensions));
            }
            for (int t = 0; t < n; t++) {
                int cell = touched[t];
                add(cell, group, persons[cell], share[cell], doubted[cell]);
                persons[cell] = 0;
                share[cell] = 0;
                doubted[cell] = 0;
            }
        }
    }

    private void add(int cell, int group, int persons, double share, double doubted) {
        int n = figures.persons()[group];
        double base = Figures.base(measure);
        double over = figures.mean()[group] - base;
        weight[cell] += persons;
        sum[cell] += persons * base + share * over;
        if (!figures.everybody()) {
            listed[cell] += share * figures.listed()[group];
        }
        double noise = share / n * noise(measure, figures.likeness(), over);
        variance[cell] += figures.parts()[group] * noise * noise;
        if (persons < n) {
            double others = 1 - (double) persons / n;
            double spread = figures.likeness().residual() * over * share / persons;
            straddling[cell] += persons;
            variance[cell] += persons * others * spread * spread;
            doubt[cell] += others * Math.abs(over) * doubted;
            foreign[cell] += others * Math.abs(over) * share;
        }
    }

    /** Standard deviation of the noise on the sum of a group whose mean is {@code over} its base. */
    static double noise(Column.Measure measure, Likeness likeness, double over) {
        return measure.kind().noiseAtLeastBound()
                ? measure.bound()
                : Math.max(measure.step(), likeness.noise() * Math.abs(over));
    }

    /** Half-width of the random part of a cell's band, per head. */
    double random(int cell) {
        return Z * Math.sqrt(variance[cell] + DOUBT * DOUBT * doubt[cell] * doubt[cell]) / weight[cell];
    }

    /** What bias is a share of: the mean, as far as it comes from groups that others are in, per head. */
    double foreign(int cell) {
        return foreign[cell] / weight[cell];
    }

    /** Half-width of a cell's band, per head. */
    double band(int cell) {
        Likeness likeness = figures.likeness();
        return likeness.stretch() * (random(cell) + likeness.bias(dimensions) * foreign(cell));
    }

    /** Half-width of the band to expect of a cell of {@code persons}, a share of them in groups that others are in, per head. */
    static double expected(Column.Measure measure, Figures figures, int[] dimensions, double persons, double foreign) {
        Likeness likeness = figures.likeness();
        double over = figures.overall() - Figures.base(measure);
        double noise = noise(measure, likeness, over);
        double spread = likeness.residual() * over;
        double part = (double) Arrays.stream(figures.persons()).sum()
                / Math.max(1, Arrays.stream(figures.parts()).sum());
        double variance = noise * noise / part / persons + foreign / 2 * spread * spread / persons;
        return likeness.stretch() * (Z * Math.sqrt(variance) + likeness.bias(dimensions) * foreign * Math.abs(over));
    }
}

package dev.hufu.anonymizer.publication;

import dev.hufu.anonymizer.catalogue.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds at a build, while values are still known, how far answers are from the truth, and so how wide bands must be.
 *
 * <p>Answers to all groupings by one dimension and by two are compared with the truth, over unions of twice the publication's k: mixtures are worse there. What remains over the random part of a band, as a
 * share of what comes from groups that others are in, is the bias of the cell; a dimension's bias is the value that 95 % of cells
 * made by it stay under, one half of the weight being that of the cells by that dimension alone; a cross has one of its own. Bands so made are then stretched
 * until they hold in 98 % of all cells.
 *
 * <p>Figures of errors are figures of values. So that nobody's value is told: what leaves are quantiles over a dimension's cells and
 * over all, rounded up to few steps, which are wider than what one person moves, since a cell speaks only if it has {@value #FEW} k persons (or,
 * for the stretch, if it is one of {@value #MANY}). Bands are upper bounds of errors in any case; a step under tells no more than that one
 * is not much too wide.
 */
final class Calibration {
    private static final double LEVEL = 0.95;
    private static final double STRETCH_LEVEL = 0.98;
    private static final int FEW = 5;
    private static final int MANY = 100;
    /** Cells that a cross needs for a bias of its own. */
    private static final int SOME = 20;

    private static final int MOST_CELLS = 10_000;
    private static final double[] STEPS = {1, 1.5, 2, 3, 5, 7.5, 10};
    private static final double[] FEW_STEPS = {1, 2, 5, 10};
    private static final double STRETCH_STEP = 0.25;

    /** A cell, what its answer misses the truth by, and its part in its grouping. */
    @SuppressWarnings("ArrayRecordComponent") // one or two indices, compared by nobody
    private record Cell(int[] dimensions, int persons, double error, double random, double foreign, double weight) {
        double bias() {
            return foreign <= 0 ? 0 : Math.max(0, error - random) / foreign;
        }
    }

    private record Weighted(double value, double weight) {}

    private final Column.Measure measure;
    private final Generation generation;
    private final Figures figures;
    private final int k;
    /** Persons in groups whose contribution counts, and these. */
    private final int[] rows;

    private final double[] value;

    /**
     * @param figures over unions of twice {@code k}, with levels but without the rest
     * @param value by person, NaN for none
     */
    Calibration(Column.Measure measure, Generation generation, Figures figures, int k, double[] value) {
        this.measure = measure;
        this.generation = generation;
        this.figures = figures;
        this.k = k;
        int behind = generation.atomStart()[generation.atoms()];
        rows = IntStream.range(0, behind)
                .filter(r -> generation.present(r, figures.period())
                        && !(figures.everybody()
                                && Double.isNaN(value[generation.person()[r]])))
                .toArray();
        this.value = Arrays.stream(rows)
                .mapToDouble(r -> Double.isNaN(value[generation.person()[r]])
                        ? 0
                        : value[generation.person()[r]])
                .toArray();
    }

    /** @param noise standard deviation of the noise on a group's sum, as a share of one person's mean, stepped up */
    Likeness likeness(double noise) {
        int dimensions = generation.codes().length;
        Levels levels = figures.likeness().levels();
        float[] shares = levels.shares(generation, figures.period(), figures.starts());
        double residual = residual(shares);
        double[][] bias =
                IntStream.range(0, dimensions).mapToObj(d -> new double[d + 1]).toArray(double[][]::new);
        Figures bare = figures.with(new Likeness(levels, residual, noise, bias, 1));
        List<List<Cell>> scored =
                groupings().parallelStream().map(by -> score(bare, shares, by)).toList();
        List<List<Cell>> made = Stream.generate(() -> (List<Cell>) new ArrayList<Cell>())
                .limit(dimensions)
                .toList();
        for (List<Cell> grouping : scored) {
            List<Cell> large =
                    grouping.stream().filter(c -> c.persons() >= FEW * k).toList();
            int[] by = large.isEmpty() ? new int[0] : large.getFirst().dimensions();
            for (int d : by) {
                made.get(d).addAll(large);
            }
            if (by.length == 2 && large.size() >= SOME) {
                bias[by[1]][by[0]] = bias(large);
            }
        }
        for (int d = 0; d < dimensions; d++) {
            bias[d][d] = bias(made.get(d));
        }
        List<Cell> cells = scored.stream().flatMap(List::stream).toList();
        Likeness unstretched = new Likeness(levels, residual, noise, bias, 1);
        return new Likeness(levels, residual, noise, bias, stretch(cells, unstretched));
    }

    private List<int[]> groupings() {
        int[] size = sizes();
        List<int[]> groupings = new ArrayList<>();
        for (int a = 0; a < size.length; a++) {
            groupings.add(new int[] {a});
            for (int b = a + 1; b < size.length; b++) {
                if ((long) size[a] * size[b] <= MOST_CELLS) {
                    groupings.add(new int[] {a, b});
                }
            }
        }
        return groupings;
    }

    private int[] sizes() {
        return Arrays.stream(figures.likeness().levels().factor())
                .mapToInt(f -> f.length)
                .toArray();
    }

    /** Deviations are taken from the group's true mean, so that the noise is not counted twice. */
    private double residual(float[] shares) {
        double base = Figures.base(measure);
        double squares = 0;
        double expected = 0;
        int at = 0;
        for (int group = 0; group < figures.starts().length; group++) {
            int end = generation.rowEnd(figures.starts(), group);
            int from = at;
            double sum = 0;
            for (; at < rows.length && rows[at] < end; at++) {
                sum += value[at] - base;
            }
            int n = at - from;
            for (int i = from; i < at; i++) {
                double level = sum / n * shares[rows[i]];
                double off = value[i] - base - level;
                squares += off * off;
                expected += level * level * (n - 1) / n;
            }
        }
        return expected <= 0 ? 0 : stepUp(Math.sqrt(squares / expected), figures.starts().length);
    }

    private List<Cell> score(Figures bare, float[] shares, int[] dimensions) {
        int[] size = sizes();
        int cellCount = Arrays.stream(dimensions).map(d -> size[d]).reduce(1, Math::multiplyExact);
        List<Cell> scored = new ArrayList<>();
        int[] cells = new int[rows.length];
        for (int d : dimensions) {
            short[] codes = generation.codes()[d];
            int factor =
                    dimensions.length == 1 ? 0 : figures.likeness().levels().factor()[d].length;
            for (int i = 0; i < cells.length; i++) {
                cells[i] = cells[i] * factor + codes[rows[i]];
            }
        }
        CellSums sums =
                new CellSums(measure, bare, generation, shares, dimensions, rows, cells, rows.length, cellCount);
        double[] truth = new double[cellCount];
        for (int i = 0; i < cells.length; i++) {
            truth[cells[i]] += value[i];
        }
        long shown = Arrays.stream(sums.weight).filter(n -> n >= k).count();
        for (int cell = 0; cell < cellCount; cell++) {
            int n = sums.weight[cell];
            if (n >= k) {
                double error = Math.abs(sums.sum[cell] - truth[cell]) / n;
                scored.add(new Cell(dimensions, n, error, sums.random(cell), sums.foreign(cell), 1.0 / shown));
            }
        }
        return scored;
    }

    private static double bias(List<Cell> made) {
        double alone = weight(made, 1);
        double crossed = weight(made, 2);
        return stepUp(
                quantile(
                        made.stream()
                                .map(c -> new Weighted(
                                        c.bias(), c.weight() / (c.dimensions().length == 1 ? alone : crossed)))
                                .toList(),
                        LEVEL),
                made.size());
    }

    private static double weight(List<Cell> cells, int dimensions) {
        return cells.stream()
                .filter(c -> c.dimensions().length == dimensions)
                .mapToDouble(Cell::weight)
                .sum();
    }

    private double stretch(List<Cell> cells, Likeness likeness) {
        List<Weighted> ratios = cells.stream()
                .filter(c -> cells.size() >= MANY || c.persons() >= FEW * k)
                .map(c -> new Weighted(
                        c.error()
                                / Math.max(c.random() + likeness.bias(c.dimensions()) * c.foreign(), Double.MIN_NORMAL),
                        c.weight()))
                .toList();
        if (ratios.size() < SOME) {
            return 1;
        }
        return Math.max(1, Math.ceil(quantile(ratios, STRETCH_LEVEL) / STRETCH_STEP) * STRETCH_STEP);
    }

    /** The least value that a share {@code level} of the weight does not lie over; 0 of none. */
    private static double quantile(List<Weighted> values, double level) {
        double over =
                (1 - level) * values.stream().mapToDouble(Weighted::weight).sum();
        double at = 0;
        for (Weighted v : values.stream()
                .sorted(Comparator.comparingDouble(Weighted::value).reversed())
                .toList()) {
            at += v.weight();
            if (at > over) {
                return v.value();
            }
        }
        return 0;
    }

    /**
     * The next of 1, 1.5, 2, 3, 5, 7.5, 10 times a power of ten, or of 1, 2, 5, 10 if the figure is of few; less than a thousandth is
     * none. The noise on a group follows from its largest contribution: of few groups, a figure in two digits would be that
     * person's pay.
     *
     * @param of how many groups or cells the figure is of
     */
    static double stepUp(double figure, int of) {
        if (figure < 1e-3) {
            return 0;
        }
        double power = Math.pow(10, Math.floor(Math.log10(figure)));
        return Arrays.stream(of < MANY ? FEW_STEPS : STEPS)
                .map(s -> s * power)
                .filter(s -> s >= figure)
                .findFirst()
                .orElse(10 * power);
    }
}

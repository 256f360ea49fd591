package dev.hufu.anonymizer.publication;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Finds {@link Levels} from protected group means and from who is in which group.
 *
 * <p>A group that holds one value of a dimension tells of its factor; one that holds several is shared out among them. This is
 * expectation and maximisation for a Poisson model of group totals (Dempster, Laird, Rubin, "Maximum likelihood from incomplete
 * data via the EM algorithm", 1977; Shepp, Vardi 1982 for shares of totals): share out each group's total in proportion to the
 * levels, then refit one dimension's factors to what its values have got, and so on round. Factors are drawn to 1 as if
 * {@code pull} persons more had the overall mean. That number is the variance of a person over the variance of the dimension's
 * factors, which is estimated in each round (empirical Bayes): a dimension that the measure does not go with comes to say nothing.
 *
 * <p>Each round is linear in persons × dimensions. Used once, by one thread.
 */
final class LevelsFit {
    private static final int ROUNDS = 25;
    /** Rounds before the variance of factors is trusted. */
    private static final int WARM = 2;
    /** Largest change of a factor in a round that ends the fit. */
    private static final double SETTLED = 0.003;
    /** A dimension with more values is left out: too few have each for a factor to be found. */
    private static final int MOST_VALUES = 500;
    /** Standard deviation of factors to begin with, and the least that is believed. */
    private static final double BEGIN = 0.1;

    private static final double LEAST = 0.02;
    /** A group's mean is never taken for less than this part of the overall mean: noise can make it negative. */
    private static final double LOW = 1e-3;

    private final int[] persons;
    private final double[] over;
    private final double overall;
    private final double variance;
    private final int[] groupOf;
    /** By dimension and person. */
    private final short[][] codes;

    private final double[] level;
    private final double[] scale;
    private final double[][] factor;
    private final double[] pull;

    /**
     * @param starts first atoms of the groups
     * @param persons of each group
     * @param over protected mean of each group over the measure's base
     * @param variance of one person about the group's mean, noise included, as a share of the square of the overall mean
     */
    LevelsFit(Generation generation, int period, int[] starts, int[] persons, double[] over, double variance) {
        this.persons = persons;
        this.over = over;
        this.variance = variance;
        int n = Arrays.stream(persons).sum();
        int[] rows = new int[n];
        groupOf = new int[n];
        double total = 0;
        int at = 0;
        for (int group = 0; group < starts.length; group++) {
            int end = generation.rowEnd(starts, group);
            for (int row = generation.atomStart()[starts[group]]; row < end; row++) {
                if (generation.present(row, period)) {
                    groupOf[at] = group;
                    rows[at++] = row;
                }
            }
            total += Math.max(0, over[group]) * persons[group];
        }
        overall = n == 0 ? 0 : total / n;
        level = new double[n];
        Arrays.fill(level, overall);
        scale = new double[starts.length];
        factor = Arrays.stream(generation.codes()).map(LevelsFit::ones).toArray(double[][]::new);
        codes = Arrays.stream(generation.codes())
                .map(all -> gathered(all, rows))
                .toArray(short[][]::new);
        pull = new double[factor.length];
        Arrays.fill(pull, variance / (BEGIN * BEGIN));
    }

    private static double[] ones(short[] codes) {
        int most = 0;
        for (short code : codes) {
            most = Math.max(most, code);
        }
        double[] ones = new double[most + 1];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static short[] gathered(short[] all, int[] rows) {
        short[] codes = new short[rows.length];
        for (int i = 0; i < rows.length; i++) {
            codes[i] = all[rows[i]];
        }
        return codes;
    }

    /** @param before levels to begin with, of the same measure and dimensions; {@link Levels#NONE} for none */
    Levels fit(Levels before) {
        if (overall > 0) {
            int[] fewestFirst = IntStream.range(0, factor.length)
                    .filter(d -> factor[d].length <= MOST_VALUES)
                    .boxed()
                    .sorted(Comparator.comparingInt(d -> factor[d].length))
                    .mapToInt(Integer::intValue)
                    .toArray();
            begin(before);
            double change = 1;
            for (int round = 0; round < ROUNDS && change > SETTLED; round++) {
                change = 0;
                for (int d : fewestFirst) {
                    change = Math.max(change, refit(d, round >= WARM));
                }
            }
        }
        return new Levels(
                factor, IntStream.range(0, factor.length).mapToObj(this::doubts).toArray(double[][]::new));
    }

    private void begin(Levels before) {
        for (int d = 0; d < before.factor().length; d++) {
            System.arraycopy(
                    before.factor()[d], 0, factor[d], 0, Math.min(factor[d].length, before.factor()[d].length));
        }
        for (int d = 0; d < factor.length; d++) {
            multiply(d, factor[d]);
        }
    }

    /** Multiplies levels, then finds what each group's protected total is to the sum of its persons' levels. */
    private void multiply(int d, double[] by) {
        double[] sum = new double[scale.length];
        for (int i = 0; i < level.length; i++) {
            level[i] *= by[codes[d][i]];
            sum[groupOf[i]] += level[i];
        }
        for (int group = 0; group < scale.length; group++) {
            scale[group] = Math.max(over[group], overall * LOW) * persons[group] / sum[group];
        }
    }

    /** Refits one dimension; returns the largest change of a factor, as a share of it. */
    private double refit(int d, boolean warm) {
        double[] got = new double[factor[d].length];
        double[] had = new double[factor[d].length];
        for (int i = 0; i < level.length; i++) {
            int code = codes[d][i];
            had[code] += level[i];
            got[code] += level[i] * scale[groupOf[i]];
        }
        double change = 0;
        double squares = 0;
        double weight = 0;
        double[] by = got;
        for (int code = 0; code < got.length; code++) {
            double expected = had[code] / factor[d][code];
            double now = (got[code] + pull[d] * overall) / (expected + pull[d] * overall);
            by[code] = now / factor[d][code];
            factor[d][code] = now;
            change = Math.max(change, Math.abs(by[code] - 1));
            squares += expected * Math.log(now) * Math.log(now);
            weight += expected;
        }
        if (warm) {
            pull[d] = variance / Math.max(LEAST * LEAST, squares / weight);
        }
        multiply(d, by);
        return change;
    }

    /** A value counts for as many persons as its groups hold of it, each by its share of the group: what a mixture tells of a part. */
    private double[] doubts(int d) {
        double[] doubt = new double[factor[d].length];
        if (doubt.length > MOST_VALUES) {
            return doubt;
        }
        double[] told = new double[doubt.length];
        int[] inGroup = new int[doubt.length];
        int at = 0;
        for (int group = 0; group < persons.length; group++) {
            int from = at;
            for (; at < level.length && groupOf[at] == group; at++) {
                inGroup[codes[d][at]]++;
            }
            for (int i = from; i < at; i++) {
                int code = codes[d][i];
                told[code] += (double) inGroup[code] * inGroup[code] / (at - from);
                inGroup[code] = 0;
            }
        }
        for (int code = 0; code < doubt.length; code++) {
            doubt[code] = Math.sqrt(variance / (pull[d] + told[code]));
        }
        return doubt;
    }
}

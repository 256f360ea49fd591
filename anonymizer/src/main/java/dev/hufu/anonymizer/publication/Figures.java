package dev.hufu.anonymizer.publication;

import dev.hufu.anonymizer.catalogue.Column;
import java.util.Arrays;

/**
 * The protected figures of one measure in one period, by group of atoms. They are all that is kept of the measure.
 *
 * @param period when it was measured
 * @param starts first atoms of the groups; each has at least k persons
 * @param persons of each group
 * @param mean of each group, perturbed: of those who have the measure if everybody is expected to, else per head with 0 for who
 *     has none
 * @param listed perturbed share of each group who have the measure; empty if everybody is expected to
 * @param parts perturbed means that each group's comes from: 1, more in a union
 * @param likeness how far answers may be from the truth
 */
@SuppressWarnings("ArrayRecordComponent") // a column of numbers, compared by nobody
record Figures(
        int period, int[] starts, int[] persons, double[] mean, double[] listed, int[] parts, Likeness likeness) {
    /** Figures that are no unions. */
    Figures(int period, int[] starts, int[] persons, double[] mean, double[] listed, Likeness likeness) {
        this(period, starts, persons, mean, listed, new int[starts.length], likeness);
        Arrays.fill(parts, 1);
    }

    /** What a measure is counted from, where levels are told as multiples: 0, or the lower bound if that is less. */
    static double base(Column.Measure measure) {
        return Math.min(0, measure.lower());
    }

    Figures with(Likeness known) {
        return new Figures(period, starts, persons, mean, listed, parts, known);
    }

    boolean everybody() {
        return listed.length == 0;
    }

    /** The mean over all groups, from perturbed means alone; 0 without any. */
    double overall() {
        double total = 0;
        long all = 0;
        for (int i = 0; i < persons.length; i++) {
            total += persons[i] * mean[i];
            all += persons[i];
        }
        return all == 0 ? 0 : total / all;
    }

    /**
     * Share of the persons, from 0 to 1, who are in groups that hold more than one combination of values of some dimensions. A
     * figure of the whole publication: it says nothing of any one combination.
     */
    double mixed(Generation generation, int[] dimensions) {
        long mixed = 0;
        long all = 0;
        for (int i = 0; i < starts.length; i++) {
            mixed += pure(generation, i, dimensions) ? 0 : persons[i];
            all += persons[i];
        }
        return all == 0 ? 0 : (double) mixed / all;
    }

    private boolean pure(Generation g, int group, int[] dimensions) {
        int end = g.rowEnd(starts, group);
        int first = -1;
        for (int row = g.atomStart()[starts[group]]; row < end; row++) {
            if (g.present(row, period)) {
                first = first < 0 ? row : first;
                for (int d : dimensions) {
                    if (g.codes()[d][row] != g.codes()[d][first]) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /**
     * The figures over unions of at least k persons: means weighted by persons, from perturbed means alone. With a k that the
     * groups already have, these figures.
     */
    Figures atLeast(int k, Generation generation) {
        int[] size = persons.clone();
        int[] head = Unions.unite(starts.length, generation.depths(starts), new Unions.Groups() {
            @Override
            public boolean deficient(int group) {
                return size[group] < k;
            }

            @Override
            public void unite(int into, int from) {
                size[into] += size[from];
            }
        });
        int groups = 0;
        for (int i = 0; i < head.length; i++) {
            groups += head[i] == i ? 1 : 0;
        }
        if (groups == starts.length && (groups != 1 || persons[0] >= k)) {
            return this;
        }
        if (groups == 1 && size[0] < k) {
            return new Figures(period, new int[0], new int[0], new double[0], new double[0], likeness);
        }
        int[] unitedStarts = new int[groups];
        int[] unitedPersons = new int[groups];
        double[] unitedMean = new double[groups];
        double[] unitedListed = new double[everybody() ? 0 : groups];
        int[] unitedParts = new int[groups];
        int at = -1;
        for (int i = 0; i < head.length; i++) {
            if (head[i] == i) {
                at++;
                unitedStarts[at] = starts[i];
                unitedPersons[at] = size[i];
            }
            unitedParts[at] += parts[i];
            unitedMean[at] += mean[i] * persons[i] / unitedPersons[at];
            if (!everybody()) {
                unitedListed[at] += listed[i] * persons[i] / unitedPersons[at];
            }
        }
        return new Figures(period, unitedStarts, unitedPersons, unitedMean, unitedListed, unitedParts, likeness);
    }
}

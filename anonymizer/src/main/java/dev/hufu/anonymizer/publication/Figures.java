package dev.hufu.anonymizer.publication;

/**
 * The protected figures of one measure in one period, by group of atoms. They are all that is kept of the measure.
 *
 * @param period when it was measured
 * @param starts first atoms of the groups; each has at least k persons
 * @param persons of each group
 * @param mean of each group, perturbed: of those who have the measure if everybody is expected to, else per head with 0 for who
 *     has none
 * @param listed perturbed share of each group who have the measure; empty if everybody is expected to
 * @param within standard deviation of a contribution within the groups, pooled over the whole population, two digits
 */
@SuppressWarnings("ArrayRecordComponent") // a column of numbers, compared by nobody
record Figures(int period, int[] starts, int[] persons, double[] mean, double[] listed, double within) {
    boolean everybody() {
        return listed.length == 0;
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
            return new Figures(period, new int[0], new int[0], new double[0], new double[0], within);
        }
        int[] unitedStarts = new int[groups];
        int[] unitedPersons = new int[groups];
        double[] unitedMean = new double[groups];
        double[] unitedListed = new double[everybody() ? 0 : groups];
        int at = -1;
        for (int i = 0; i < head.length; i++) {
            if (head[i] == i) {
                at++;
                unitedStarts[at] = starts[i];
                unitedPersons[at] = size[i];
            }
            unitedMean[at] += mean[i] * persons[i] / unitedPersons[at];
            if (!everybody()) {
                unitedListed[at] += listed[i] * persons[i] / unitedPersons[at];
            }
        }
        return new Figures(period, unitedStarts, unitedPersons, unitedMean, unitedListed, within);
    }
}

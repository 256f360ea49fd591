package dev.hufu.anonymizer.publication;

/**
 * What a measure goes with: a factor for each value of each dimension, so that the level to expect of a person is the product of
 * theirs. Made by {@link LevelsFit} from protected group means, so that nothing is told by it that they do not tell.
 *
 * @param factor by dimension and code
 * @param doubt standard deviation of the factor as a share of it, by dimension and code
 */
@SuppressWarnings("ArrayRecordComponent") // a column of numbers, compared by nobody
record Levels(double[][] factor, double[][] doubt) {
    /** Levels of a measure of which nothing is known. */
    static final Levels NONE = new Levels(new double[0][], new double[0][]);

    /** By row: a person's level as a multiple of the mean level of their group; 0 for who is in no group. */
    float[] shares(Generation g, int period, int[] starts) {
        float[] share = new float[g.rows()];
        for (int group = 0; group < starts.length; group++) {
            int start = g.atomStart()[starts[group]];
            int end = g.rowEnd(starts, group);
            double sum = 0;
            int persons = 0;
            for (int row = start; row < end; row++) {
                if (g.present(row, period)) {
                    double level = level(g, row);
                    share[row] = (float) level;
                    sum += level;
                    persons++;
                }
            }
            for (int row = start; row < end; row++) {
                share[row] *= (float) (persons / sum);
            }
        }
        return share;
    }

    private double level(Generation g, int row) {
        double level = 1;
        for (int d = 0; d < factor.length; d++) {
            level *= factor[d][g.codes()[d][row]];
        }
        return level;
    }

    /** Variance of what a person's level owes to some dimensions, as a share of its square. */
    double doubt(Generation g, int row, int[] dimensions) {
        if (doubt.length == 0) {
            return 0;
        }
        double variance = 0;
        for (int d : dimensions) {
            double deviation = doubt[d][g.codes()[d][row]];
            variance += deviation * deviation;
        }
        return variance;
    }
}

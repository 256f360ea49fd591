package dev.hufu.anonymizer.publication;

/**
 * How far answers about one measure in one period may be from the truth. All but the levels are figures of the whole publication,
 * pooled and rounded up by {@link Calibration}.
 *
 * @param levels what the measure goes with
 * @param residual standard deviation of a person about their level, as a share of it
 * @param noise standard deviation of the noise on a group's sum, as a share of one person's mean
 * @param bias by how much of their level the people of a cell may differ from what their groups tell, where these hold others too:
 *     {@code bias[d][d]} for cells made by dimension d, {@code bias[d][e]} with e under d for what the cross of the two adds
 * @param stretch by how much bands are widened in the end, 1 or more
 */
@SuppressWarnings("ArrayRecordComponent") // a column of numbers, compared by nobody
record Likeness(Levels levels, double residual, double noise, double[][] bias, double stretch) {
    /** Of a measure that nobody has, or that is nothing for everybody and needs no noise. */
    static final Likeness NONE = new Likeness(Levels.NONE, 0, 0, new double[0][], 1);

    /** The bias of cells made by some dimensions. */
    double bias(int[] dimensions) {
        if (bias.length == 0) {
            return 0;
        }
        double most = 0;
        for (int d : dimensions) {
            for (int e : dimensions) {
                most = Math.max(most, bias[Math.max(d, e)][Math.min(d, e)]);
            }
        }
        return most;
    }
}

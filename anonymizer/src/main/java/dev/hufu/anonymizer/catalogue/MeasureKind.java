package dev.hufu.anonymizer.catalogue;

/** How a measure moves in time and how widely it must be perturbed. */
public enum MeasureKind {
    /** Changes rarely (pay, grade points): measured anew only at a rebase, noise relative to the largest contribution. */
    SLOW(0.25, false, false),
    /** 0 or 1, a state that changes rarely: measured at a rebase, noise never under the bound. */
    FLAG(0.25, false, true),
    /** A few discrete steps on a scale, changing rarely: measured at a rebase, noise never under the bound. */
    RATING(0.25, false, true),
    /** Happens anew each period (hours, courses): measured each period, noise never under the bound. */
    EVENT(1.0, true, true);

    private final double scale;
    private final boolean everyPeriod;
    private final boolean noiseAtLeastBound;

    MeasureKind(double scale, boolean everyPeriod, boolean noiseAtLeastBound) {
        this.scale = scale;
        this.everyPeriod = everyPeriod;
        this.noiseAtLeastBound = noiseAtLeastBound;
    }

    /** Standard deviation of the noise on an atom's sum, as a multiple of the largest contribution in the atom. */
    public double scale() {
        return scale;
    }

    /** Whether it is measured in each period (true) or only at a rebase. */
    public boolean everyPeriod() {
        return everyPeriod;
    }

    /** Whether the noise on an atom's sum is never under the declared bound of one contribution. */
    public boolean noiseAtLeastBound() {
        return noiseAtLeastBound;
    }
}

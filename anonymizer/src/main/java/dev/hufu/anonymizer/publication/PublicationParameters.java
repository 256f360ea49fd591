package dev.hufu.anonymizer.publication;

import java.util.List;
import java.util.Map;

/**
 * How a publication is built.
 *
 * @param k least persons of an atom, not under {@link #FLOOR}
 * @param rebaseEvery periods between two measurements of a slow measure
 * @param freshEvery periods between two fresh partitions, a multiple of {@code rebaseEvery}
 * @param core dimensions whose crosses are split first, in this order
 * @param weights how often ordinary queries use a dimension, 1 where absent; steers the further splits
 * @param pPercent a slow measure's atom is united while the second largest contributor could estimate the largest within this
 *     percentage
 * @param dominancePercent a slow measure's atom is united while its largest contribution is more than this percentage of all
 */
public record PublicationParameters(
        int k,
        int rebaseEvery,
        int freshEvery,
        List<String> core,
        Map<String, Double> weights,
        double pPercent,
        double dominancePercent) {
    /** The k under which nothing is ever built or shown. */
    public static final int FLOOR = 5;

    public PublicationParameters {
        if (k < FLOOR) {
            throw new IllegalArgumentException("k is at least " + FLOOR + ", got " + k);
        }
        if (rebaseEvery < 1 || freshEvery < rebaseEvery || freshEvery % rebaseEvery != 0 || freshEvery > 120) {
            throw new IllegalArgumentException(
                    "a fresh partition comes every so many rebases, at most 120 periods apart");
        }
        if (!(pPercent >= 0 && pPercent <= 100 && dominancePercent > 0 && dominancePercent <= 100)) {
            throw new IllegalArgumentException("p and dominance are percentages");
        }
        core = List.copyOf(core);
        weights = Map.copyOf(weights);
    }

    /** The defaults: quarterly rebases, a fresh partition twice a year, p = 10 %, dominance 60 %. */
    public static PublicationParameters of(int k, List<String> core, Map<String, Double> weights) {
        return new PublicationParameters(k, 3, 6, core, weights, 10, 60);
    }

    boolean rebase(int period) {
        return period % rebaseEvery == 0;
    }

    boolean fresh(int period) {
        return period % freshEvery == 0;
    }
}

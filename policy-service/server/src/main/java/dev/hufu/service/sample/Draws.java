package dev.hufu.service.sample;

import java.util.List;

/**
 * A stream of draws named by a seed and two numbers, so that any part of the sample can be drawn on any thread, in any order, and
 * still be the same. SplitMix64 (Steele, Lea, Flood 2014; the finaliser is Stafford's variant 13). Not the JDK's generator, whose
 * Gaussian differs between releases, and only {@link StrictMath}: the content is compared by digest across machines.
 *
 * <p>Not thread-safe; a stream is an object of one method. Not for secrets.
 */
final class Draws {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1.0p-53;

    private long state;

    private Draws(long state) {
        this.state = state;
    }

    /** The stream of one thing (a person, a position) for one topic. */
    static Draws of(long seed, Topic topic, long number) {
        return new Draws(mix(mix(seed + GOLDEN * (topic.number)) ^ mix(number * GOLDEN + 1)));
    }

    /** What a stream is for. The numbers are part of the sample's content. */
    enum Topic {
        COMPANY(1),
        POSITION(2),
        CHURN(3),
        CAREER(4),
        IDENTITY(5),
        ABILITY(6),
        ATTENDANCE(7),
        BADGE(8),
        LEAVE(9),
        TRAINING(10),
        PERFORMANCE(11),
        ENGAGEMENT(12);

        private final int number;

        Topic(int number) {
            this.number = number;
        }
    }

    private static long mix(long z) {
        long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }

    private long next() {
        state += GOLDEN;
        return mix(state);
    }

    /** Uniform in [0, 1), 53 bits. */
    double uniform() {
        return (next() >>> 11) * UNIT;
    }

    /** Uniform in 0 … bound − 1, by multiplication (bias under 2⁻³² for the small bounds used here). */
    int below(int bound) {
        return (int) (((next() >>> 32) * bound) >>> 32);
    }

    boolean chance(double probability) {
        return uniform() < probability;
    }

    <T> T pick(List<T> values) {
        return values.get(below(values.size()));
    }

    /** An index with probability in proportion to its weight, given the running sums of the weights. */
    int pick(double[] cumulative) {
        double target = uniform() * cumulative[cumulative.length - 1];
        int low = 0;
        int high = cumulative.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cumulative[middle] <= target) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Exponential with the given mean. */
    double exponential(double mean) {
        return -mean * StrictMath.log1p(-uniform());
    }

    /**
     * Standard normal, by Acklam's rational approximation of the inverse distribution function (relative error under 1.2e-9): one
     * draw each, and no rejection, so that streams stay aligned.
     */
    double gaussian() {
        double p = ((next() >>> 11) + 0.5) * UNIT;
        if (p < 0.02425) {
            return tail(StrictMath.sqrt(-2 * StrictMath.log(p)));
        }
        if (p > 1 - 0.02425) {
            return -tail(StrictMath.sqrt(-2 * StrictMath.log(1 - p)));
        }
        double q = p - 0.5;
        double r = q * q;
        double numerator = ((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r
                                                + 1.383577518672690e+02)
                                        * r
                                - 3.066479806614716e+01)
                        * r
                + 2.506628277459239e+00;
        double denominator = ((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r
                                                + 6.680131188771972e+01)
                                        * r
                                - 1.328068155288572e+01)
                        * r
                + 1;
        return q * numerator / denominator;
    }

    private static double tail(double q) {
        double numerator = ((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838e+00) * q
                                                - 2.549732539343734e+00)
                                        * q
                                + 4.374664141464968e+00)
                        * q
                + 2.938163982698783e+00;
        double denominator = (((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996e+00) * q
                                + 3.754408661907416e+00)
                        * q
                + 1;
        return numerator / denominator;
    }

    /** Running sums of weights, for {@link #pick(double[])}. */
    static double[] cumulative(double... weights) {
        double[] sums = new double[weights.length];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i];
            sums[i] = sum;
        }
        return sums;
    }
}

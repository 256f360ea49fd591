package dev.hufu.service.gate;

import java.time.Instant;
import java.util.List;

/**
 * What a permit binds the enforcing side to. The vocabulary is closed: a decision that carries anything else is a denial, and so
 * is a permitted one for whoever cannot meet an obligation.
 */
public sealed interface Obligation {
    /** The name of the obligation in policies and answers. */
    String type();

    /**
     * No figure may stand for fewer people.
     *
     * @param value at least 2
     */
    record MinGroupSize(int value) implements Obligation {
        public MinGroupSize {
            if (value < 2) {
                throw new IllegalArgumentException("minGroupSize is at least 2, is " + value);
            }
        }

        @Override
        public String type() {
            return "minGroupSize";
        }
    }

    /**
     * No {@code n} people may make up more than {@code percent} of a figure.
     *
     * @param n at least 1
     * @param percent over 0, at most 100
     */
    record Dominance(int n, double percent) implements Obligation {
        public Dominance {
            if (n < 1 || !(percent > 0 && percent <= 100)) {
                throw new IllegalArgumentException(
                        "dominance needs n of 1 or more and a percentage over 0, at most 100");
            }
        }

        @Override
        public String type() {
            return "dominance";
        }
    }

    /**
     * The answer is differentially private.
     *
     * @param epsilon over 0
     * @param delta 0 or more, under 1
     * @param unit whose contribution is protected, for example {@code person}
     */
    record Dp(double epsilon, double delta, String unit) implements Obligation {
        public Dp {
            if (!(epsilon > 0 && Double.isFinite(epsilon)) || !(delta >= 0 && delta < 1)) {
                throw new IllegalArgumentException("dp needs an epsilon over 0 and a delta of 0 or more, under 1");
            }
        }

        @Override
        public String type() {
            return "dp";
        }
    }

    /** What becomes of single fields before rows leave. */
    record Fields(List<String> drop, List<String> mask, List<String> generalise) implements Obligation {
        public Fields {
            drop = List.copyOf(drop);
            mask = List.copyOf(mask);
            generalise = List.copyOf(generalise);
        }

        @Override
        public String type() {
            return "fields";
        }
    }

    /** Only people whose {@code column} is one of {@code values}; never empty. */
    record RowFilter(String column, List<String> values) implements Obligation {
        public RowFilter {
            values = List.copyOf(values);
            if (column.isBlank() || values.isEmpty()) {
                throw new IllegalArgumentException("rowFilter needs a column and at least one value");
            }
        }

        @Override
        public String type() {
            return "rowFilter";
        }
    }

    /** The permit ends at this instant. */
    record ExpiresAt(Instant value) implements Obligation {
        @Override
        public String type() {
            return "expiresAt";
        }
    }

    /** A person reviews the outcome (PIPL Art. 24). */
    record HumanReview() implements Obligation {
        @Override
        public String type() {
            return "humanReview";
        }
    }

    /** The outcome is explained to the person concerned (PIPL Art. 24). */
    record Explain() implements Obligation {
        @Override
        public String type() {
            return "explain";
        }
    }

    /** A second person approves before anything leaves. */
    record SecondApproval() implements Obligation {
        @Override
        public String type() {
            return "secondApproval";
        }
    }

    /** The people concerned are told. */
    record Notify() implements Obligation {
        @Override
        public String type() {
            return "notify";
        }
    }

    /** What leaves is marked with who received it. */
    record Watermark() implements Obligation {
        @Override
        public String type() {
            return "watermark";
        }
    }
}

package dev.hufu.service.registers;

import java.util.Arrays;
import java.util.Optional;

/**
 * How a measure is bounded and how it moves.
 *
 * @param lower the least one person contributes in a period
 * @param upper the most one person contributes in a period
 * @param step the grid of the values; 0 if there is none
 * @throws IllegalArgumentException unless the bounds are finite, lower is under upper, and the step is 0 or more
 */
public record Measurement(Kind kind, double lower, double upper, double step, Coverage coverage) {
    public Measurement {
        if (!(Double.isFinite(lower) && Double.isFinite(upper) && lower < upper)) {
            throw new IllegalArgumentException("a measure needs finite bounds, lower under upper");
        }
        if (!(Double.isFinite(step) && step >= 0)) {
            throw new IllegalArgumentException("a measure needs a step of 0 or more");
        }
    }

    /** How a measure moves in time. */
    public enum Kind {
        /** Changes seldom (pay, rating); measured anew at a rebase. */
        SLOW("slow"),
        /** Something that happens (hours, days); measured each period. */
        EVENT("event"),
        /** 0 or 1. */
        FLAG("flag");

        private final String wire;

        Kind(String wire) {
            this.wire = wire;
        }

        public String wire() {
            return wire;
        }

        public static Optional<Kind> ofWire(String wire) {
            return Arrays.stream(values()).filter(k -> k.wire.equals(wire)).findFirst();
        }
    }

    /** Whether everybody of the population has a value. */
    public enum Coverage {
        EVERYBODY("everybody"),
        SOME("some");

        private final String wire;

        Coverage(String wire) {
            this.wire = wire;
        }

        public String wire() {
            return wire;
        }

        public static Optional<Coverage> ofWire(String wire) {
            return Arrays.stream(values()).filter(c -> c.wire.equals(wire)).findFirst();
        }
    }
}

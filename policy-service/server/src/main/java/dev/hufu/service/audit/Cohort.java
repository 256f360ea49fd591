package dev.hufu.service.audit;

import java.util.Arrays;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;

/**
 * The people whom an entry is about. The log holds only a digest of the encrypted bitmap and a size class.
 *
 * @param kind how the ask was about them
 * @param subjects subject numbers; not to be changed afterwards
 */
public record Cohort(Kind kind, RoaringBitmap subjects) {
    /** How an ask was about people. */
    public enum Kind {
        /** By name: the ask was about these people. */
        INDIVIDUAL("individual"),
        /** Together, by a permit over a whole dataset that another system carries out: whose rows it then read is not known. */
        DATASET("dataset"),
        /** As part of protected groups. */
        STATISTICS("statistics");

        private final String wire;

        Kind(String wire) {
            this.wire = wire;
        }

        /** The form in entries. */
        public String wire() {
            return wire;
        }

        static Optional<Kind> ofWire(String wire) {
            return Arrays.stream(values())
                    .filter(kind -> kind.wire.equals(wire))
                    .findAny();
        }
    }

    private static final int SMALLEST_CLASS = 32;

    /** The least power of two that is not below the number of people, from 32 on. */
    int sizeClass() {
        int size = subjects.getCardinality();
        return size <= SMALLEST_CLASS ? SMALLEST_CLASS : Integer.highestOneBit(size - 1) << 1;
    }
}

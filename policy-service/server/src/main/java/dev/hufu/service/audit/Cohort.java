package dev.hufu.service.audit;

import org.roaringbitmap.RoaringBitmap;

/**
 * The people whom an entry is about. The log holds only a digest of the encrypted bitmap and a size class.
 *
 * @param kind whether they were looked at one by one or in statistics only
 * @param subjects subject numbers; not to be changed afterwards
 */
public record Cohort(Kind kind, RoaringBitmap subjects) {
    /** How people were looked at. */
    public enum Kind {
        /** Rows of their own. */
        INDIVIDUAL("individual"),
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
    }

    private static final int SMALLEST_CLASS = 32;

    /** The least power of two that is not below the number of people, from 32 on. */
    int sizeClass() {
        int size = subjects.getCardinality();
        return size <= SMALLEST_CLASS ? SMALLEST_CLASS : Integer.highestOneBit(size - 1) << 1;
    }
}

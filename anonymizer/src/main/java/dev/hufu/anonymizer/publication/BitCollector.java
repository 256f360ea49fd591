package dev.hufu.anonymizer.publication;

import org.roaringbitmap.BitSetUtil;
import org.roaringbitmap.RoaringBitmap;

/** Gathers person numbers in any order. */
final class BitCollector {
    private final long[] words;

    BitCollector(int numbers) {
        words = new long[(numbers + 63) >>> 6];
    }

    void add(int number) {
        words[number >>> 6] |= 1L << number;
    }

    RoaringBitmap bitmap() {
        return BitSetUtil.bitmapOf(words);
    }

    void into(RoaringBitmap bitmap) {
        bitmap.or(bitmap());
    }
}

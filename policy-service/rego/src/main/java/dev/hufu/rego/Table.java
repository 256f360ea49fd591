package dev.hufu.rego;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Sorted, distinct keys with an open-addressing index: iteration in order, look-up by hash. Immutable once made. */
final class Table {
    private static final int INDEX_FROM = 8;
    /** More keys than this in a row are no accident: texts can be chosen so that all have one hash. */
    private static final int LONGEST_RUN = 128;

    private static final int[] BY_ORDER = {};

    /** Stands for keys that are kept elsewhere. */
    static final Table NONE = new Table(new Value[0]);

    final Value[] keys;
    /** Position + 1 by hash, 0 for a free place; absent for small tables, empty where keys are found by their order. Racy by design: every thread builds the same. */
    private int @Nullable [] index;

    Table(Value[] sortedKeys) {
        keys = sortedKeys;
    }

    /** Position of the key, or -1. */
    int find(Value key) {
        if (keys.length <= INDEX_FROM) {
            return key instanceof Str text ? scan(text.value()) : scan(key);
        }
        int[] places = index;
        if (places == null) {
            places = buildIndex();
            index = places;
        }
        if (places.length == 0) {
            return Math.max(-1, Arrays.binarySearch(keys, key));
        }
        int mask = places.length - 1;
        for (int at = spread(key.hashCode()) & mask; ; at = (at + 1) & mask) {
            int position = places[at] - 1;
            if (position < 0) {
                return -1;
            }
            if (keys[position].equals(key)) {
                return position;
            }
        }
    }

    /** Where a key that is not there would stand. */
    int placeOf(Value key) {
        return -Arrays.binarySearch(keys, key) - 1;
    }

    private int scan(Value key) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i].equals(key)) {
                return i;
            }
        }
        return -1;
    }

    /** As above: nearly all keys are text, and the compiler makes a tight loop of it. */
    private int scan(String key) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] instanceof Str text && text.value().equals(key)) {
                return i;
            }
        }
        return -1;
    }

    private int[] buildIndex() {
        int[] places = new int[Integer.highestOneBit(keys.length) << 2];
        int mask = places.length - 1;
        for (int i = 0; i < keys.length; i++) {
            int at = spread(keys[i].hashCode()) & mask;
            for (int run = 0; places[at] != 0; run++) {
                if (run == LONGEST_RUN) {
                    return BY_ORDER;
                }
                at = (at + 1) & mask;
            }
            places[at] = i + 1;
        }
        return places;
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ (mixed >>> 16);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Table table && Arrays.equals(keys, table.keys));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(keys);
    }
}

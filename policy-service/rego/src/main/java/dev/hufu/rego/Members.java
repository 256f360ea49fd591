package dev.hufu.rego;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Function;

/** An object's members in the order in which a document gives them; the last of a key wins. Not thread-safe. */
final class Members {
    private static final int FEW = 32;

    private Value[] keys = new Value[8];
    private Value[] values = new Value[8];
    private int size;

    private record Member(Value key, Value value) {}

    void add(Value key, Value value) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        keys[size] = key;
        values[size] = value;
        size++;
    }

    Obj build(Function<Value[], Table> tables) {
        if (size == 0) {
            return Obj.EMPTY;
        }
        if (!isAscending()) {
            if (size <= FEW) {
                insertionSort();
            } else {
                mergeSort();
            }
            dropRepeats();
        }
        return new Obj(tables.apply(Arrays.copyOf(keys, size)), Arrays.copyOf(values, size));
    }

    private boolean isAscending() {
        for (int i = 1; i < size; i++) {
            if (keys[i - 1].compareTo(keys[i]) >= 0) {
                return false;
            }
        }
        return true;
    }

    private void insertionSort() {
        for (int i = 1; i < size; i++) {
            Value key = keys[i];
            Value value = values[i];
            int at = i;
            for (; at > 0 && keys[at - 1].compareTo(key) > 0; at--) {
                keys[at] = keys[at - 1];
                values[at] = values[at - 1];
            }
            keys[at] = key;
            values[at] = value;
        }
    }

    private void mergeSort() {
        Member[] members = new Member[size];
        for (int i = 0; i < size; i++) {
            members[i] = new Member(keys[i], values[i]);
        }
        Arrays.sort(members, Comparator.comparing(Member::key));
        for (int i = 0; i < size; i++) {
            keys[i] = members[i].key;
            values[i] = members[i].value;
        }
    }

    /** Both sorts keep the order of equals. */
    private void dropRepeats() {
        int kept = 0;
        for (int i = 1; i < size; i++) {
            kept += keys[kept].equals(keys[i]) ? 0 : 1;
            keys[kept] = keys[i];
            values[kept] = values[i];
        }
        size = kept + 1;
    }
}

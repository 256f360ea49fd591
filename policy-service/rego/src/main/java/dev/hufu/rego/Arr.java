package dev.hufu.rego;

import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An array. */
public final class Arr implements Value, Iterable<Value> {
    public static final Arr EMPTY = new Arr(new Value[0]);

    private final Value[] items;
    private int hash;
    private int weight;

    private Arr(Value[] items) {
        this.items = items;
    }

    public static Arr of(List<? extends Value> items) {
        return items.isEmpty() ? EMPTY : new Arr(items.toArray(Value[]::new));
    }

    public static Arr of(Value... items) {
        return items.length == 0 ? EMPTY : new Arr(items.clone());
    }

    /** Takes the array over: the caller must not write to it again. */
    public static Arr wrap(Value[] items) {
        return new Arr(items);
    }

    public int size() {
        return items.length;
    }

    public Value at(int index) {
        return items[Objects.checkIndex(index, items.length)];
    }

    public Arr slice(int from, int to) {
        return new Arr(Arrays.copyOfRange(items, from, to));
    }

    Arr inserted(int at, Value item) {
        return new Arr(inserted(items, at, item));
    }

    Arr removed(int at) {
        return new Arr(removed(items, at));
    }

    Arr replaced(int at, Value item) {
        Value[] changed = items.clone();
        changed[at] = item;
        return new Arr(changed);
    }

    static Value[] inserted(Value[] items, int at, Value item) {
        Value[] made = new Value[items.length + 1];
        System.arraycopy(items, 0, made, 0, at);
        made[at] = item;
        System.arraycopy(items, at, made, at + 1, items.length - at);
        return made;
    }

    static Value[] removed(Value[] items, int at) {
        Value[] made = new Value[items.length - 1];
        System.arraycopy(items, 0, made, 0, at);
        System.arraycopy(items, at + 1, made, at, made.length - at);
        return made;
    }

    public List<Value> asList() {
        return Collections.unmodifiableList(Arrays.asList(items));
    }

    public boolean contains(Value item) {
        for (Value one : items) {
            if (one.equals(item)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public @Nullable Value get(Value key) {
        if (key instanceof Num index && index.isLong()) {
            long i = index.asLong();
            return i >= 0 && i < items.length ? items[(int) i] : null;
        }
        return null;
    }

    @Override
    public Iterator<Value> iterator() {
        return Arrays.asList(items).iterator();
    }

    @Override
    public int rank() {
        return 4;
    }

    @Override
    public int weight() {
        int w = weight;
        if (w == 0) {
            w = Weight.of(items);
            weight = w;
        }
        return w;
    }

    @Override
    public String typeName() {
        return "array";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Arr arr && hashCode() == arr.hashCode() && Arrays.equals(items, arr.items));
    }

    @Override
    public int hashCode() {
        int h = hash;
        if (h == 0) {
            weight();
            h = 1;
            for (Value item : items) {
                // better than 31: pairs of small numbers are common
                h = (h + item.hashCode()) * 0x9E3779B9;
                h ^= h >>> 15;
            }
            hash = h;
        }
        return h;
    }

    @Override
    public String toString() {
        return Text.of(this);
    }
}

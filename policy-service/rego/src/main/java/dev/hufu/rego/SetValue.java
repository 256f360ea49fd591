package dev.hufu.rego;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A set, its members held in order. */
public final class SetValue implements Value, Iterable<Value> {
    public static final SetValue EMPTY = new SetValue(new Value[0]);

    private static final int MANY = 1_000;

    private final Table table;
    private int hash;
    private int weight;

    private SetValue(Value[] sorted) {
        table = new Table(sorted);
    }

    public static SetValue of(Collection<? extends Value> members) {
        return of(members, Comparator.naturalOrder());
    }

    /** With the natural order given, which may end the sorting of many by an exception. */
    public static SetValue of(Collection<? extends Value> members, Comparator<Value> order) {
        if (members.isEmpty()) {
            return EMPTY;
        }
        if (members.size() > MANY) {
            return ofMany(members.toArray(Value[]::new), order);
        }
        Set<? extends Value> distinct = members instanceof Set<? extends Value> set ? set : new HashSet<>(members);
        Value[] sorted = distinct.toArray(Value[]::new);
        if (sorted.length > 1) {
            Arrays.sort(sorted);
        }
        return new SetValue(sorted);
    }

    /** By order alone: texts can be chosen so that all have one hash. Of equals, the first stays. */
    private static SetValue ofMany(Value[] members, Comparator<Value> order) {
        Arrays.sort(members, order);
        int kept = 1;
        for (int i = 1; i < members.length; i++) {
            if (members[kept - 1].compareTo(members[i]) != 0) {
                members[kept++] = members[i];
            }
        }
        return new SetValue(kept == members.length ? members : Arrays.copyOf(members, kept));
    }

    public static SetValue of(Value... members) {
        return of(Arrays.asList(members));
    }

    /** All members of both. */
    public SetValue union(SetValue other) {
        if (size() == 0 || other.size() == 0) {
            return size() == 0 ? other : this;
        }
        Value[] left = table.keys;
        Value[] right = other.table.keys;
        Value[] merged = new Value[left.length + right.length];
        int count = 0;
        int r = 0;
        for (Value member : left) {
            int order = 1;
            while (r < right.length && (order = right[r].compareTo(member)) < 0) {
                merged[count++] = right[r++];
            }
            r += order == 0 && r < right.length ? 1 : 0;
            merged[count++] = member;
        }
        System.arraycopy(right, r, merged, count, right.length - r);
        count += right.length - r;
        return new SetValue(count == merged.length ? merged : Arrays.copyOf(merged, count));
    }

    public int size() {
        return table.keys.length;
    }

    public Value at(int index) {
        return table.keys[Objects.checkIndex(index, table.keys.length)];
    }

    public boolean contains(Value member) {
        return table.find(member) >= 0;
    }

    public List<Value> asList() {
        return Collections.unmodifiableList(Arrays.asList(table.keys));
    }

    @Override
    public @Nullable Value get(Value key) {
        int at = table.find(key);
        return at < 0 ? null : table.keys[at];
    }

    @Override
    public Iterator<Value> iterator() {
        return Arrays.asList(table.keys).iterator();
    }

    @Override
    public int rank() {
        return 6;
    }

    @Override
    public int weight() {
        int w = weight;
        if (w == 0) {
            w = Weight.of(table.keys);
            weight = w;
        }
        return w;
    }

    @Override
    public String typeName() {
        return "set";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof SetValue set && hashCode() == set.hashCode() && table.equals(set.table));
    }

    @Override
    public int hashCode() {
        int h = hash;
        if (h == 0) {
            weight();
            h = 17 + table.hashCode();
            hash = h;
        }
        return h;
    }

    @Override
    public String toString() {
        return Text.of(this);
    }
}

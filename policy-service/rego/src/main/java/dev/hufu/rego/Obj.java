package dev.hufu.rego;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** An object; keys are any values, held in order. Made by {@link ObjBuilder}. */
public sealed class Obj implements Value permits LargeObj {
    public static final Obj EMPTY = new Obj(new Value[0], new Value[0]);

    /** Its keys; of a {@link LargeObj} none, which has its own. */
    final Table table;

    private final Value[] values;
    private int hash;
    private int weight;

    /** For one that keeps its members elsewhere. */
    Obj() {
        this(Table.NONE, EMPTY.values);
    }

    /** Keys sorted and distinct; both arrays are taken over. */
    Obj(Value[] sortedKeys, Value[] values) {
        this(new Table(sortedKeys), values);
    }

    Obj(Table table, Value[] values) {
        this.table = table;
        this.values = values;
    }

    public static Obj of(Value key, Value value) {
        return new Obj(new Value[] {key}, new Value[] {value});
    }

    public int size() {
        return values.length;
    }

    public Value keyAt(int index) {
        return table.keys[Objects.checkIndex(index, values.length)];
    }

    public Value valueAt(int index) {
        return values[Objects.checkIndex(index, values.length)];
    }

    @Override
    public @Nullable Value get(Value key) {
        int at = table.find(key);
        return at < 0 ? null : values[at];
    }

    public @Nullable Value get(String key) {
        return get(new Str(key));
    }

    public boolean has(Value key) {
        return table.find(key) >= 0;
    }

    public List<Value> keys() {
        return List.of(table.keys);
    }

    public void forEach(BiConsumer<? super Value, ? super Value> action) {
        for (int i = 0; i < values.length; i++) {
            action.accept(table.keys[i], values[i]);
        }
    }

    @Override
    public int rank() {
        return 5;
    }

    @Override
    public final int weight() {
        int w = weight;
        if (w == 0) {
            w = weightOfMembers();
            weight = w;
        }
        return w;
    }

    int weightOfMembers() {
        return Weight.checked((long) Weight.of(table.keys) + Weight.of(values));
    }

    @Override
    public String typeName() {
        return "object";
    }

    /** The same with this member, put or replaced. */
    public Obj with(Value key, Value value) {
        if (size() >= LargeObj.FROM) {
            return LargeObj.of(this).with(key, value);
        }
        int at = table.find(key);
        if (at >= 0) {
            Value[] changed = values.clone();
            changed[at] = value;
            return new Obj(table, changed);
        }
        int place = table.placeOf(key);
        return new Obj(new Table(Arr.inserted(table.keys, place, key)), Arr.inserted(values, place, value));
    }

    /** The same without this member; itself where it has none. */
    public Obj without(Value key) {
        if (size() >= LargeObj.FROM) {
            return LargeObj.of(this).without(key);
        }
        int at = table.find(key);
        return at < 0 ? this : new Obj(new Table(Arr.removed(table.keys, at)), Arr.removed(values, at));
    }

    /** Members from a position to before another. */
    Obj slice(int from, int to) {
        return new Obj(Arrays.copyOfRange(table.keys, from, to), Arrays.copyOfRange(values, from, to));
    }

    /** Of objects with the same hash. */
    boolean sameMembers(Obj other) {
        return other instanceof LargeObj large
                ? large.sameMembers(this)
                : table.equals(other.table) && Arrays.equals(values, other.values);
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Obj obj && hashCode() == obj.hashCode() && sameMembers(obj));
    }

    /** Sum over members, so that it does not depend on how they are kept. */
    @Override
    public final int hashCode() {
        int h = hash;
        if (h == 0) {
            weight();
            h = hashOfMembers();
            hash = h;
        }
        return h;
    }

    int hashOfMembers() {
        int h = 0;
        for (int i = 0; i < values.length; i++) {
            h += member(table.keys[i], values[i]);
        }
        return h;
    }

    static int member(Value key, Value value) {
        int mixed = (31 * key.hashCode() + value.hashCode()) * 0x9E3779B9;
        return mixed ^ (mixed >>> 15);
    }

    @Override
    public String toString() {
        return Text.of(this);
    }
}

package dev.hufu.rego;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** An object; keys are any values, held in order. Made by {@link ObjBuilder}. */
public final class Obj implements Value {
    public static final Obj EMPTY = new Obj(new Value[0], new Value[0]);

    final Table table;
    private final Value[] values;
    private int hash;

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
    public String typeName() {
        return "object";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Obj obj
                        && hashCode() == obj.hashCode()
                        && table.equals(obj.table)
                        && Arrays.equals(values, obj.values));
    }

    @Override
    public int hashCode() {
        int h = hash;
        if (h == 0) {
            h = 31 * table.hashCode() + Arrays.hashCode(values);
            hash = h;
        }
        return h;
    }

    @Override
    public String toString() {
        return Text.of(this);
    }
}

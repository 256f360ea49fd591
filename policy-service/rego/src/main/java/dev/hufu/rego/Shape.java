package dev.hufu.rego;

import java.util.Arrays;
import java.util.List;

/** Keys of objects that are made again and again, which then share them. Immutable and thread-safe. */
public final class Shape {
    private final Table table;
    /** Where in {@link #table} each key stands, in the order they were given. */
    private final int[] places;

    private Shape(Table table, int[] places) {
        this.table = table;
        this.places = places;
    }

    /** @throws IllegalArgumentException where a key is given twice */
    public static Shape of(String... keys) {
        return of(Arrays.stream(keys).map(Str::new).toList());
    }

    /** As above, of any keys. */
    public static Shape of(List<? extends Value> keys) {
        Value[] sorted = keys.stream().sorted().distinct().toArray(Value[]::new);
        if (sorted.length != keys.size()) {
            throw new IllegalArgumentException("a key is there twice: " + keys);
        }
        Table table = new Table(sorted);
        return new Shape(table, keys.stream().mapToInt(table::find).toArray());
    }

    /**
     * An object with these values, in the order in which the keys were given.
     *
     * @throws IllegalArgumentException where their number is not that of the keys
     */
    public Obj with(Value... values) {
        if (values.length != places.length) {
            throw new IllegalArgumentException(values.length + " values for " + places.length + " keys");
        }
        Value[] ordered = new Value[values.length];
        for (int i = 0; i < values.length; i++) {
            ordered[places[i]] = values[i];
        }
        return new Obj(table, ordered);
    }
}

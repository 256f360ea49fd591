package dev.hufu.rego;

import java.util.AbstractCollection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Values that are each there once; of equals the first stays. Texts and numbers can be chosen
 * so that all have one hash: they are kept by what {@link HashMap} can order, so that a crowd costs its logarithm.
 * Not thread-safe.
 */
public final class Distinct extends AbstractCollection<Value> {
    private final Map<Object, Value> members = new HashMap<>();

    public Distinct() {}

    /** What equals where the values do. */
    static Object key(Value value) {
        return switch (value) {
            case Str text -> text.value();
            case Num number when number.isLong() -> number.asLong();
            case Null _, Bool _, Num _, Arr _, Obj _, SetValue _ -> value;
        };
    }

    @Override
    public boolean add(Value value) {
        return members.putIfAbsent(key(value), value) == null;
    }

    @Override
    public boolean contains(Object value) {
        return value instanceof Value one && members.containsKey(key(one));
    }

    @Override
    public Iterator<Value> iterator() {
        return members.values().iterator();
    }

    @Override
    public int size() {
        return members.size();
    }
}

package dev.hufu.rego;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects an object's members; the last put of a key wins. Not thread-safe. */
public final class ObjBuilder {
    private final Map<Value, Value> members = new HashMap<>();

    public ObjBuilder put(Value key, Value value) {
        members.put(key, value);
        return this;
    }

    public ObjBuilder put(String key, Value value) {
        return put(new Str(key), value);
    }

    public ObjBuilder putAll(Obj object) {
        object.forEach(this::put);
        return this;
    }

    public @Nullable Value get(Value key) {
        return members.get(key);
    }

    public @Nullable Value remove(Value key) {
        return members.remove(key);
    }

    public int size() {
        return members.size();
    }

    public Obj build() {
        return build(Comparator.naturalOrder());
    }

    /** With the natural order of keys given, which may end the sorting of many by an exception. */
    public Obj build(Comparator<Value> order) {

        if (members.isEmpty()) {
            return Obj.EMPTY;
        }
        Value[] keys = members.keySet().toArray(Value[]::new);
        if (keys.length > 1) {
            Arrays.sort(keys, order);
        }
        Value[] values = new Value[keys.length];
        for (int i = 0; i < keys.length; i++) {
            values[i] = java.util.Objects.requireNonNull(members.get(keys[i]));
        }
        return new Obj(keys, values);
    }
}

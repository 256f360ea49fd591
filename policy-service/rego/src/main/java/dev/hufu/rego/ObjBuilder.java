package dev.hufu.rego;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects an object's members: of a key put twice the first way it was written stays, and the last value. Not thread-safe. */
public final class ObjBuilder {
    /** By {@link Distinct#key}. */
    private final Map<Object, Member> members = new HashMap<>();

    private record Member(Value key, Value value) {}

    public ObjBuilder put(Value key, Value value) {
        members.merge(Distinct.key(key), new Member(key, value), (first, last) -> new Member(first.key, last.value));
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
        Member member = members.get(Distinct.key(key));
        return member == null ? null : member.value;
    }

    public @Nullable Value remove(Value key) {
        Member member = members.remove(Distinct.key(key));
        return member == null ? null : member.value;
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
        Member[] sorted = members.values().toArray(Member[]::new);
        if (sorted.length > 1) {
            Arrays.sort(sorted, (a, b) -> order.compare(a.key, b.key));
        }
        Value[] keys = new Value[sorted.length];
        Value[] values = new Value[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            keys[i] = sorted[i].key;
            values[i] = sorted[i].value;
        }
        return new Obj(keys, values);
    }
}

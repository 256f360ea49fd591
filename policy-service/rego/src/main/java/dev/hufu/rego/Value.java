package dev.hufu.rego;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A Rego document: JSON's values and sets. Immutable, shared freely between threads, totally ordered as OPA orders
 * (null, booleans, numbers, strings, arrays, objects, sets), so that output never depends on insertion.
 */
public sealed interface Value extends Comparable<Value> permits Null, Bool, Num, Str, Arr, Obj, SetValue {

    /** Rank of the type in the total order. */
    int rank();

    /** The name that {@code type_name} gives. */
    String typeName();

    /**
     * The value under a key: an array's element by index, an object's value, a set's member by itself.
     *
     * @return null where there is none, and for scalars
     */
    default @Nullable Value get(Value key) {
        return null;
    }

    /** Parses JSON text; numbers keep every digit and the way they were written. */
    static Value fromJson(String text) {
        return Json.read(text);
    }

    /**
     * Parses JSON in UTF-8 as it is read; the stream is closed. Texts and sets of keys that return are kept once.
     *
     * @throws IOException when it cannot be read
     * @throws IllegalArgumentException when it is no JSON value
     */
    static Value fromJson(InputStream bytes) throws IOException {
        return Json.read(bytes);
    }

    /** Converts a Jackson tree. */
    static Value fromJson(JsonNode node) {
        return Json.fromNode(node);
    }

    /** JSON text, keys in order; a set becomes an array, a key that is no string its text. */
    default String toJson() {
        return Json.write(this, false);
    }

    /** As {@link #toJson()}, with the escapes that {@code json.marshal} makes: {@code <}, {@code >}, {@code &}. */
    default String toEscapedJson() {
        return Json.write(this, true);
    }

    /** The Jackson tree of {@link #toJson()}. */
    default JsonNode toJsonNode() {
        return Json.toNode(this);
    }

    static Value of(boolean value) {
        return value ? Bool.TRUE : Bool.FALSE;
    }

    static Value of(long value) {
        return Num.of(value);
    }

    static Value of(String value) {
        return new Str(value);
    }

    static Value of(Map<String, ? extends Value> members) {
        ObjBuilder builder = new ObjBuilder();
        members.forEach((key, value) -> builder.put(new Str(key), value));
        return builder.build();
    }

    @Override
    default int compareTo(Value other) {
        return Order.compare(this, other);
    }
}

package dev.hufu.rego;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.util.Map;
import java.util.function.LongConsumer;
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

    /**
     * Elements and characters of it, about, when it is written out; what is shared counts each time. Computed once.
     *
     * @throws BudgetExceededException beyond 2^28, where sharing makes of little more than can be handled
     */
    default int weight() {
        return 1;
    }

    /** Whether it has no elements: neither array nor object nor set. */
    default boolean isScalar() {
        return rank() < 4;
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

    /** As above, of text; where the reader ends the reading by an exception of its own, that is thrown. */
    static Value fromJson(Reader text) {
        return Json.read(text);
    }

    /** Converts a Jackson tree. */
    static Value fromJson(JsonNode node) {
        return Json.fromNode(node);
    }

    /** JSON text, keys in order; a set becomes an array, a key that is no string its text. */
    default String toJson() {
        return Json.write(this, false, Json.UNCOUNTED);
    }

    /** As {@link #toJson()}, with the escapes that {@code json.marshal} makes: {@code <}, {@code >}, {@code &}. */
    default String toEscapedJson() {
        return Json.write(this, true, Json.UNCOUNTED);
    }

    /** As above, telling how many characters were written, element by element; its exception ends it. */
    default String toEscapedJson(LongConsumer written) {
        return Json.write(this, true, written);
    }

    /** Its text in Rego, telling how many characters were written, element by element; its exception ends it. */
    default String toString(LongConsumer written) {
        return Text.of(this, written);
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

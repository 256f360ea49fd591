package dev.hufu.rego.explain;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Obj;
import dev.hufu.rego.SetValue;
import dev.hufu.rego.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Something that a term may stand for, as far as the text of a policy says: a guess, never a proof. */
sealed interface Atom {
    /** Keys, an empty one for any. */
    record In(List<Optional<Value>> path) implements Atom {}

    record Data(List<Optional<Value>> path) implements Atom {}

    /** Keys of the base document at a path. */
    record DataKeys(List<Optional<Value>> path) implements Atom {}

    record Literal(Value value) implements Atom {}

    /** A collection of which an element may be this. */
    record Of(Atom element) implements Atom {}

    int MAX_ELEMENTS = 256;

    /** What stands under a key, which may be unknown. */
    default Stream<Atom> under(Optional<Value> key) {
        return switch (this) {
            case In in -> Stream.of(new In(longer(in.path, key)));
            case Data data -> Stream.of(new Data(longer(data.path, key)));
            case DataKeys _ -> Stream.empty();
            case Of of -> Stream.of(of.element);
            case Literal literal ->
                key.isPresent()
                        ? Stream.ofNullable(literal.value.get(key.get())).map(Literal::new)
                        : elements(literal.value).limit(MAX_ELEMENTS).map(Literal::new);
        };
    }

    /** What can be a key of it: of a set its members. */
    default Stream<Atom> keys() {
        return switch (this) {
            case In _, DataKeys _ -> Stream.empty();
            case Data data -> Stream.of(new DataKeys(data.path));
            case Of of -> Stream.of(of.element);
            case Literal literal -> keys(literal.value).limit(MAX_ELEMENTS).map(Literal::new);
        };
    }

    static Stream<Value> keys(Value value) {
        return switch (value) {
            case Obj object -> object.keys().stream();
            case SetValue set -> set.asList().stream();
            default -> Stream.empty();
        };
    }

    static Stream<Value> elements(Value value) {
        return switch (value) {
            case Obj object -> IntStream.range(0, object.size()).mapToObj(object::valueAt);
            case SetValue set -> set.asList().stream();
            case Arr array -> array.asList().stream();
            default -> Stream.empty();
        };
    }

    private static List<Optional<Value>> longer(List<Optional<Value>> path, Optional<Value> key) {
        List<Optional<Value>> all = new ArrayList<>(path);
        all.add(key);
        return List.copyOf(all);
    }
}

package dev.hufu.rego.explain;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Bool;
import dev.hufu.rego.Obj;
import dev.hufu.rego.SetValue;
import dev.hufu.rego.Value;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a query's value should be: the same value; where an object is wanted, an object with at least its members; where an
 * array or set is, a collection with at least its elements.
 */
public record Wanted(Value value) {
    /** What most policies answer with. */
    public static final Wanted TRUE = new Wanted(Bool.TRUE);

    public boolean isMetBy(Optional<Value> found) {
        return found.isPresent() && holds(value, found.get());
    }

    private static boolean holds(Value wanted, @Nullable Value found) {
        return switch (wanted) {
            case Obj members
            when found instanceof Obj -> {
                boolean all = true;
                for (int i = 0; i < members.size(); i++) {
                    all &= holds(members.valueAt(i), found.get(members.keyAt(i)));
                }
                yield all;
            }
            case Arr items
            when found instanceof Arr || found instanceof SetValue ->
                items.asList().stream().allMatch(item -> contains(found, item));
            case SetValue items
            when found instanceof SetValue set -> items.asList().stream().allMatch(set::contains);
            default -> wanted.equals(found);
        };
    }

    private static boolean contains(Value collection, Value item) {
        return collection instanceof Arr array
                ? array.contains(item)
                : collection instanceof SetValue set && set.contains(item);
    }
}

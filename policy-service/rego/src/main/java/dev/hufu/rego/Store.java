package dev.hufu.rego;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The base document, {@code data}, which many read while one after the other changes parts of it. A reader takes {@link #read()} once
 * and sees that document to the end of its evaluation; a change is seen as a whole or not at all. It copies the objects and arrays on its path and shares all
 * else: of an object with more than 4,096 members a page of some hundreds (the first change takes it into pages), of an array all
 * references. Thread-safe; it never blocks a reader.
 *
 * <p>Changes are OPA's: {@code add}, {@code replace}, {@code remove} at a path, as in its Data API and RFC 6902.
 */
public final class Store {
    private static final String END = "-";

    /** Written by one at a time: under this object's lock. */
    private volatile Value document;

    /** @param document what is there at first */
    public Store(Value document) {
        this.document = Objects.requireNonNull(document);
    }

    /** A change at a path: keys of objects, positions in arrays as text. */
    public sealed interface Change {
        List<String> path();
    }

    /** Puts a member, or inserts an item before a position; {@code -} is the end of an array. An empty path is the whole document. */
    public record Add(List<String> path, Value value) implements Change {
        public Add {
            path = List.copyOf(path);
        }
    }

    /** Puts a value in the place of one that is there. */
    public record Replace(List<String> path, Value value) implements Change {
        public Replace {
            path = List.copyOf(path);
        }
    }

    /** Takes away what is there. */
    public record Remove(List<String> path) implements Change {
        public Remove {
            path = List.copyOf(path);
        }
    }

    /** The document as it is now. */
    public Value read() {
        return document;
    }

    /** Puts another document in its place. */
    public synchronized void write(Value replacement) {
        document = Objects.requireNonNull(replacement);
    }

    /**
     * Makes the changes in their order, all or none.
     *
     * @return the document with them
     * @throws StorePathException where a path leads nowhere; nothing is changed
     */
    public synchronized Value patch(List<? extends Change> changes) throws StorePathException {
        Value after = document;
        for (Change change : changes) {
            after = Objects.requireNonNull(at(after, change, 0));
        }
        document = after;
        return after;
    }

    /** As {@link #patch(List)}, of one. */
    public Value patch(Change change) throws StorePathException {
        return patch(List.of(change));
    }

    /** What stands in the place of a value after a change of it or below; null where it is taken away. */
    private static @Nullable Value at(Value value, Change change, int depth) throws StorePathException {
        List<String> path = change.path();
        if (depth == path.size()) {
            return switch (change) {
                case Add add -> add.value;
                case Replace replace -> replace.value;
                case Remove _ when depth > 0 -> null;
                case Remove _ -> throw new StorePathException(path, "the whole document cannot be removed");
            };
        }
        return switch (value) {
            case Obj object -> inObject(object, change, depth);
            case Arr array -> inArray(array, change, depth);
            case Null _, Bool _, Num _, Str _, SetValue _ ->
                throw new StorePathException(path, "no object or array above " + path.get(depth));
        };
    }

    private static Value inObject(Obj object, Change change, int depth) throws StorePathException {
        Value key = new Str(change.path().get(depth));
        Value below = object.get(key);
        boolean last = depth == change.path().size() - 1;
        if (below == null) {
            if (last && change instanceof Add add) {
                return object.with(key, add.value);
            }
            throw new StorePathException(
                    change.path(), "no member " + change.path().get(depth));
        }
        Value changed = at(below, change, depth + 1);
        return changed == null ? object.without(key) : object.with(key, changed);
    }

    private static Value inArray(Arr array, Change change, int depth) throws StorePathException {
        String key = change.path().get(depth);
        boolean last = depth == change.path().size() - 1;
        boolean inserts = last && change instanceof Add;
        int at = key.equals(END) && inserts ? array.size() : position(key, change);
        if (at >= array.size() + (inserts ? 1 : 0)) {
            throw new StorePathException(change.path(), "no position " + key + " in an array of " + array.size());
        }
        if (inserts && change instanceof Add add) {
            return array.inserted(at, add.value);
        }
        Value changed = at(array.at(at), change, depth + 1);
        return changed == null ? array.removed(at) : array.replaced(at, changed);
    }

    private static int position(String key, Change change) throws StorePathException {
        boolean plain = !key.isEmpty() && key.length() < 10 && key.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!plain || (key.length() > 1 && key.startsWith("0"))) {
            throw new StorePathException(change.path(), "no position in an array: " + key);
        }
        return Integer.parseInt(key);
    }
}

package dev.hufu.rego.explain;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Null;
import dev.hufu.rego.Num;
import dev.hufu.rego.Obj;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values at paths of a document, read and replaced in a copy. */
final class Paths {
    static final Comparator<List<Value>> ORDER = Comparator.comparing(path -> Arr.of(path));

    private Paths() {}

    static boolean begins(List<Value> shorter, List<Value> longer) {
        return shorter.size() <= longer.size()
                && longer.subList(0, shorter.size()).equals(shorter);
    }

    static @Nullable Value at(@Nullable Value document, List<Value> path) {
        Value at = document;
        for (Value key : path) {
            at = at == null ? null : at.get(key);
        }
        return at;
    }

    /** Whether something can stand at the path: above it are objects, elements that are there, or nothing yet. */
    static boolean fits(@Nullable Value document, List<Value> path) {
        Value at = document;
        for (Value key : path) {
            if (at == null || at instanceof Null) {
                return true;
            }
            boolean holds = at instanceof Obj || (at instanceof Arr && at.get(key) != null);
            if (!holds) {
                return false;
            }
            at = at.get(key);
        }
        return true;
    }

    /** {@code input.subject.roles} or {@code subject.roles}, names only; indexes are numbers. */
    static List<Value> parse(String text) {
        String below = text.equals("input") ? "" : text.startsWith("input.") ? text.substring("input.".length()) : text;
        List<Value> path = new ArrayList<>();
        for (String key : below.split("\\.", -1)) {
            if (key.isEmpty() && below.isEmpty()) {
                break;
            }
            if (key.isEmpty()) {
                throw new IllegalArgumentException("no path of an input: " + text);
            }
            path.add(key.matches("\\d{1,9}") ? Num.of(Long.parseLong(key)) : new Str(key));
        }
        return path;
    }

    /** Null where the place cannot be: below something that has no keys. */
    static @Nullable Value with(@Nullable Value document, List<Value> path, Optional<Value> value) {
        if (path.isEmpty()) {
            return value.orElse(null);
        }
        Value key = path.getFirst();
        List<Value> rest = path.subList(1, path.size());
        if (document == null || document instanceof Null) {
            Value below = with(null, rest, value);
            return below == null ? document : Obj.of(key, below);
        }
        Value below = with(document.get(key), rest, value);
        if (document instanceof Obj object) {
            ObjBuilder members = new ObjBuilder().putAll(object);
            if (below == null) {
                members.remove(key);
            } else {
                members.put(key, below);
            }
            return members.build();
        }
        if (document instanceof Arr array && below != null && array.get(key) != null) {
            List<Value> items = new ArrayList<>(array.asList());
            items.set((int) ((Num) key).asLong(), below);
            return Arr.of(items);
        }
        return null;
    }

    /** The array with the member at its end, or without it; a new array where there was none. */
    static @Nullable Value withMember(@Nullable Value collection, Value member, boolean wanted) {
        if (collection != null && !(collection instanceof Null) && !(collection instanceof Arr)) {
            return null;
        }
        List<Value> items = new ArrayList<>(collection instanceof Arr array ? array.asList() : List.of());
        items.removeIf(member::equals);
        if (wanted) {
            items.add(member);
        }
        return Arr.of(items);
    }
}

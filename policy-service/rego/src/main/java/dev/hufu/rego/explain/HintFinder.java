package dev.hufu.rego.explain;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Bool;
import dev.hufu.rego.Null;
import dev.hufu.rego.Num;
import dev.hufu.rego.Obj;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns what a policy compares with into values, for one input and its data. */
final class HintFinder {
    private static final int MAX_PATHS = 512;
    private static final int MAX_VALUES = 512;

    /** Stands for any text but the one that is compared. */
    private static final Value SOMETHING = new Str("…");

    private final Comparisons comparisons;
    private final @Nullable Value input;
    private final @Nullable Value data;
    private final Map<List<Value>, Set<Optional<Value>>> values = new TreeMap<>(Paths.ORDER);
    private final Map<List<Value>, Set<Value>> members = new TreeMap<>(Paths.ORDER);

    HintFinder(Comparisons comparisons, @Nullable Value input, @Nullable Value data) {
        this.comparisons = comparisons;
        this.input = input;
        this.data = data;
    }

    Map<List<Value>, Domains.Hints> find() {
        comparisons.byPath().forEach((pattern, with) -> {
            boolean element = !pattern.isEmpty() && pattern.getLast().isEmpty();
            List<Optional<Value>> above = element ? pattern.subList(0, pattern.size() - 1) : pattern;
            for (List<Value> path : expand(above)) {
                if (element) {
                    element(path, with);
                } else if (!path.isEmpty()) {
                    field(path, pattern, with);
                }
            }
        });
        Map<List<Value>, Domains.Hints> hints = new TreeMap<>(Paths.ORDER);
        values.forEach((path, found) -> hints.put(
                path,
                new Domains.Hints(
                        List.copyOf(found),
                        Optional.ofNullable(members.get(path)).map(List::copyOf))));
        members.forEach((path, found) ->
                hints.putIfAbsent(path, new Domains.Hints(List.of(), Optional.of(List.copyOf(found)))));
        return hints;
    }

    /** Every path of the input that the pattern may mean; keys that are any are those there are. */
    private List<List<Value>> expand(List<Optional<Value>> pattern) {
        List<List<Value>> paths = List.of(List.of());
        for (Optional<Value> key : pattern) {
            List<List<Value>> longer = new ArrayList<>();
            for (List<Value> path : paths) {
                keys(Paths.at(input, path), key).limit(MAX_PATHS).forEach(one -> longer.add(append(path, one)));
            }
            paths = longer.subList(0, Math.min(longer.size(), MAX_PATHS));
        }
        return paths;
    }

    private static Stream<Value> keys(@Nullable Value at, Optional<Value> key) {
        if (key.isPresent()) {
            return key.stream();
        }
        return switch (at) {
            case Obj object -> object.keys().stream();
            case Arr array -> java.util.stream.IntStream.range(0, array.size()).mapToObj(Num::of);
            case null, default -> Stream.empty();
        };
    }

    private static List<Value> append(List<Value> path, Value key) {
        List<Value> longer = new ArrayList<>(path);
        longer.add(key);
        return longer;
    }

    private void element(List<Value> path, Set<Comparisons.With> with) {
        Value now = Paths.at(input, path);
        if (now instanceof Obj object) {
            object.keys().forEach(key -> values(append(path, key), with));
        } else {
            Set<Value> all = members.computeIfAbsent(path, _ -> new LinkedHashSet<>());
            candidates(with, null).forEach(one -> one.ifPresent(all::add));
        }
    }

    private void field(List<Value> path, List<Optional<Value>> pattern, Set<Comparisons.With> with) {
        Value now = Paths.at(input, path);
        Set<Optional<Value>> found = values(path, with);
        boolean isLeaf = comparisons.byPath().keySet().stream()
                .noneMatch(other -> other.size() > pattern.size()
                        && other.subList(0, pattern.size()).equals(pattern));
        boolean truth = now == null || now instanceof Null || now instanceof Bool;
        boolean isBare = comparisons.isBare(pattern)
                && found.stream()
                        .allMatch(one -> one.filter(v -> !(v instanceof Bool)).isEmpty());
        if (now instanceof Bool || (isLeaf && truth && isBare)) {
            found.add(Optional.of(Bool.TRUE));
            found.add(Optional.of(Bool.FALSE));
        }
        boolean inArray = Paths.at(input, path.subList(0, path.size() - 1)) instanceof Arr;
        if (now != null && !inArray) {
            found.add(Optional.empty());
        }
    }

    private Set<Optional<Value>> values(List<Value> path, Set<Comparisons.With> with) {
        Set<Optional<Value>> found = values.computeIfAbsent(path, _ -> new LinkedHashSet<>());
        found.addAll(candidates(with, Paths.at(input, path)));
        return found;
    }

    private Set<Optional<Value>> candidates(Set<Comparisons.With> with, @Nullable Value now) {
        Set<Optional<Value>> found = new LinkedHashSet<>();
        for (Comparisons.With one : with) {
            values(one.atom()).limit(MAX_VALUES).forEach(value -> {
                if (found.size() < MAX_VALUES) {
                    found.add(Optional.of(value));
                    switch (one.how()) {
                        case SAME -> {}
                        case OTHER -> found.add(Optional.of(other(value)));
                        case ORDER -> around(value).forEach(near -> found.add(Optional.of(near)));
                    }
                }
            });
        }
        if (now instanceof Str || now instanceof Num) {
            // what is compared as a number is not tried as a text
            found.removeIf(one -> one.filter(value -> value instanceof Arr || value instanceof Obj)
                    .isPresent());
        }
        return found;
    }

    private Stream<Value> values(Atom atom) {
        return switch (atom) {
            case Atom.Literal literal -> Stream.of(literal.value());
            case Atom.In in -> at(input, in.path(), 0);
            case Atom.Data base -> at(data, base.path(), 0);
            case Atom.DataKeys keys -> at(data, keys.path(), 0).flatMap(Atom::keys);
            case Atom.Of _ -> Stream.empty();
        };
    }

    private static Stream<Value> at(@Nullable Value document, List<Optional<Value>> path, int from) {
        if (document == null || from == path.size()) {
            return Stream.ofNullable(document);
        }
        Optional<Value> key = path.get(from);
        return key.isPresent()
                ? at(document.get(key.get()), path, from + 1)
                : Atom.elements(document).limit(MAX_VALUES).flatMap(one -> at(one, path, from + 1));
    }

    /** Any value but this one. */
    private static Value other(Value value) {
        return switch (value) {
            case Bool truth -> Value.of(!truth.value());
            case Num number when number.isLong() -> Num.of(number.asLong() == 0 ? 1 : 0);
            default -> value.equals(SOMETHING) ? new Str("") : SOMETHING;
        };
    }

    /** Just before and just behind, of numbers and of days. */
    private static List<Value> around(Value value) {
        if (value instanceof Num number && number.isLong() && Math.abs(number.asLong()) < Long.MAX_VALUE / 2) {
            return List.of(Num.of(number.asLong() - 1), Num.of(number.asLong() + 1));
        }
        if (value instanceof Str text && text.value().matches("\\d{4}-\\d{2}-\\d{2}")) {
            try {
                LocalDate day = LocalDate.parse(text.value());
                return List.of(
                        new Str(day.minusDays(1).toString()),
                        new Str(day.plusDays(1).toString()));
            } catch (DateTimeException noDay) {
                return List.of();
            }
        }
        return List.of();
    }
}

package dev.hufu.rego.explain;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Bool;
import dev.hufu.rego.Null;
import dev.hufu.rego.Obj;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What attributes of an input may be changed to, other than what they are.
 *
 * @param values by attribute, in the order in which they are tried; empty is to remove it
 * @param cut whether some attribute had more values than are kept
 */
public record Domains(SortedMap<Attribute, List<Optional<Value>>> values, boolean cut) {
    private static final int MAX_VALUES = 64;

    public Domains {
        values = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /**
     * What somebody says about an input's paths, by path without {@code input}; it takes the place of what the policy says.
     *
     * @param values what a path may have; an empty one for being absent
     * @param members what an array may hold
     * @param fixed paths that nobody can change, with all below
     * @param present paths that are not to be removed; what else they may have comes from the policy
     */
    public record Given(
            Map<List<Value>, List<Optional<Value>>> values,
            Map<List<Value>, List<Value>> members,
            Set<List<Value>> fixed,
            Set<List<Value>> present) {
        public static final Given NOTHING = new Given(Map.of(), Map.of(), Set.of(), Set.of());

        public Given {
            values = Map.copyOf(values);
            members = Map.copyOf(members);
            fixed = Set.copyOf(fixed);
            present = Set.copyOf(present);
        }

        public Given fixing(List<String> paths) {
            Set<List<Value>> all = new HashSet<>(fixed);
            paths.forEach(path -> all.add(Paths.parse(path)));
            return new Given(values, members, all, present);
        }

        boolean isFixed(List<Value> path) {
            return fixed.stream().anyMatch(one -> Paths.begins(one, path));
        }

        boolean speaksOf(List<Value> path) {
            return values.containsKey(path) || members.containsKey(path);
        }

        /**
         * Reads {@code {"input.subject.id": "fixed", "input.resource.fields": "present", "input.action.name": ["read", "query"], "input.subject.roles":
         * {"members": ["hr"]}, "input.context.pilot": {"values": ["a"], "absent": true}}}.
         *
         * @throws IllegalArgumentException where it says something else
         */
        public static Given of(Value document) {
            if (!(document instanceof Obj paths)) {
                throw new IllegalArgumentException("domains are an object: path to values");
            }
            Map<List<Value>, List<Optional<Value>>> values = new TreeMap<>(Paths.ORDER);
            Map<List<Value>, List<Value>> members = new TreeMap<>(Paths.ORDER);
            Set<List<Value>> fixed = new HashSet<>();
            Set<List<Value>> present = new HashSet<>();
            paths.forEach((key, said) -> {
                String text = key instanceof Str name ? name.value() : key.toString();
                List<Value> path = Paths.parse(text);
                switch (said) {
                    case Str word when word.value().equals("fixed") -> fixed.add(path);
                    case Str word when word.value().equals("present") -> present.add(path);
                    case Arr list ->
                        values.put(
                                path, list.asList().stream().map(Optional::of).toList());
                    case Obj parts when parts.get("members") instanceof Arr list -> members.put(path, list.asList());
                    case Obj parts -> values.put(path, values(text, parts));
                    default ->
                        throw new IllegalArgumentException(
                                text + ": \"fixed\", \"present\", a list of values, or {members}, or {values, absent}");
                }
            });
            return new Given(values, members, fixed, present);
        }

        private static List<Optional<Value>> values(String path, Obj parts) {
            List<Optional<Value>> all = new ArrayList<>();
            if (parts.get("values") instanceof Arr list) {
                list.forEach(value -> all.add(Optional.of(value)));
            }
            if (Bool.TRUE.equals(parts.get("absent"))) {
                all.add(Optional.empty());
            }
            if (all.isEmpty()) {
                throw new IllegalArgumentException(path + ": no members, values or absent");
            }
            return all;
        }
    }

    /** Attributes for an input: those given, and those that the policy compares. */
    static Domains of(@Nullable Value input, Given given, Map<List<Value>, Hints> found) {
        SortedMap<Attribute, List<Optional<Value>>> all = new TreeMap<>();
        boolean[] cut = {false};
        given.values().forEach((path, values) -> put(all, input, given, new Attribute.Field(path), values, cut));
        given.members().forEach((path, members) -> members(all, input, given, path, members, cut));
        found.forEach((path, hints) -> {
            if (!given.speaksOf(path)) {
                hints.members().ifPresent(members -> members(all, input, given, path, members, cut));
                put(all, input, given, new Attribute.Field(path), hints.values(), cut);
            }
        });
        return new Domains(all, cut[0]);
    }

    /**
     * What was found out about a path.
     *
     * @param values that it is compared with
     * @param members that its elements are compared with; empty where its elements are not asked for
     */
    record Hints(List<Optional<Value>> values, Optional<List<Value>> members) {}

    private static void members(
            SortedMap<Attribute, List<Optional<Value>>> all,
            @Nullable Value input,
            Given given,
            List<Value> path,
            List<Value> members,
            boolean[] cut) {
        Value now = Paths.at(input, path);
        if (now != null && !(now instanceof Null) && !(now instanceof Arr)) {
            return;
        }
        Set<Value> kept = new LinkedHashSet<>(now instanceof Arr array ? array.asList() : List.of());
        kept.addAll(members);
        cut[0] |= kept.size() > MAX_VALUES;
        kept.stream()
                .limit(MAX_VALUES)
                .forEach(member -> put(
                        all,
                        input,
                        given,
                        new Attribute.Member(path, member),
                        List.of(Optional.of(Bool.TRUE), Optional.of(Bool.FALSE)),
                        cut));
    }

    private static void put(
            SortedMap<Attribute, List<Optional<Value>>> all,
            @Nullable Value input,
            Given given,
            Attribute attribute,
            List<Optional<Value>> values,
            boolean[] cut) {
        Optional<Value> now = now(input, attribute);
        List<Optional<Value>> others = values.stream()
                .filter(value -> !value.equals(now))
                .filter(value -> value.isPresent() || !given.present().contains(attribute.path()))
                .distinct()
                .toList();
        cut[0] |= others.size() > MAX_VALUES;
        if (!given.isFixed(attribute.path()) && !others.isEmpty() && Paths.fits(input, attribute.path())) {
            all.put(attribute, others.stream().limit(MAX_VALUES).toList());
        }
    }

    static Optional<Value> now(@Nullable Value input, Attribute attribute) {
        Value at = Paths.at(input, attribute.path());
        return switch (attribute) {
            case Attribute.Field _ -> Optional.ofNullable(at);
            case Attribute.Member member ->
                Optional.of(Value.of(at instanceof Arr array && array.contains(member.member())));
        };
    }
}

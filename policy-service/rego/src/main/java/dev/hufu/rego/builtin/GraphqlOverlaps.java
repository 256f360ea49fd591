package dev.hufu.rego.builtin;

import static dev.hufu.rego.builtin.GraphqlTree.child;
import static dev.hufu.rego.builtin.GraphqlTree.childOrNone;
import static dev.hufu.rego.builtin.GraphqlTree.flag;
import static dev.hufu.rego.builtin.GraphqlTree.list;
import static dev.hufu.rego.builtin.GraphqlTree.text;
import static dev.hufu.rego.builtin.GraphqlTree.typeText;

import dev.hufu.rego.Obj;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Fields of one name in a result must be the same field (GraphQL October 2021, 5.3.2). By the algorithm of graphql-js:
 * fields are compared within a set, then between it and each fragment spread there, and between those fragments; a pair
 * of fragments once.
 */
final class GraphqlOverlaps {
    private final GraphqlWalk walk;
    /** Whether a pair of fragments was compared as being of types that exclude each other. */
    private final Map<Set<String>, Boolean> comparedPairs = new HashMap<>();

    private Set<String> compared = new HashSet<>();

    GraphqlOverlaps(GraphqlWalk walk) {
        this.walk = walk;
    }

    private record Conflict(String name, String message, List<Conflict> below, Obj at) {
        String text() {
            return below.isEmpty()
                    ? message
                    : below.stream()
                            .map(each -> "subfields \"" + each.name + "\" conflict because " + each.text())
                            .collect(Collectors.joining(" and "));
        }
    }

    /** A selection's fields by the name in the result, and the fragments spread in it. */
    private record Fields(Map<String, List<Obj>> byName, List<Obj> spreads) {}

    private static Fields fields(List<Obj> selections) {
        Fields fields = new Fields(new LinkedHashMap<>(), new ArrayList<>());
        collect(selections, fields);
        return fields;
    }

    private static void collect(List<Obj> selections, Fields fields) {
        for (Obj selection : selections) {
            if (selection.get("Alias") != null) {
                fields.byName
                        .computeIfAbsent(name(selection), _ -> new ArrayList<>())
                        .add(selection);
            } else if (selection.get("TypeCondition") != null) {
                collect(list(selection, "SelectionSet"), fields);
            } else {
                fields.spreads.add(selection);
            }
        }
    }

    private static String name(Obj field) {
        String alias = text(field, "Alias");
        return alias.isEmpty() ? text(field, "Name") : alias;
    }

    /** Tells every conflict of a set of selections. */
    void within(List<Obj> selections) {
        if (selections.isEmpty()) {
            return;
        }
        Fields fields = fields(selections);
        List<Conflict> conflicts = new ArrayList<>();
        for (List<Obj> same : fields.byName.values()) {
            for (int i = 0; i < same.size(); i++) {
                for (int j = i + 1; j < same.size(); j++) {
                    add(conflicts, conflict(false, same.get(i), same.get(j)));
                }
            }
        }
        compared = new HashSet<>();
        List<Obj> spreads = fields.spreads;
        for (int i = 0; i < spreads.size(); i++) {
            withFragment(conflicts, false, fields, spreads.get(i));
            for (int j = i + 1; j < spreads.size(); j++) {
                betweenFragments(conflicts, false, spreads.get(i), spreads.get(j));
            }
        }
        for (Conflict conflict : conflicts) {
            walk.error(
                    conflict.at,
                    "Fields \"" + conflict.name + "\" conflict because " + conflict.text()
                            + ". Use different aliases on the fields to fetch both if this was intentional.");
        }
    }

    private static void add(List<Conflict> conflicts, @Nullable Conflict conflict) {
        if (conflict != null) {
            conflicts.add(conflict);
        }
    }

    private void withFragment(List<Conflict> conflicts, boolean exclusive, Fields fields, Obj spread) {
        Obj fragment = walk.spreads.get(spread);
        if (!compared.add(text(spread, "Name")) || fragment == null) {
            return;
        }
        Fields other = fields(list(fragment, "SelectionSet"));
        if (fields.byName.equals(other.byName)) {
            return;
        }
        between(conflicts, exclusive, fields, other);
        for (Obj next : other.spreads) {
            if (!text(next, "Name").equals(text(spread, "Name"))) {
                withFragment(conflicts, exclusive, fields, next);
            }
        }
    }

    private void betweenFragments(List<Conflict> conflicts, boolean exclusive, Obj a, Obj b) {
        String one = text(a, "Name");
        String other = text(b, "Name");
        if (one.equals(other)) {
            return;
        }
        Set<String> pair = Set.of(one, other);
        Boolean before = comparedPairs.get(pair);
        if (before != null && (exclusive || !before)) {
            return;
        }
        comparedPairs.put(pair, exclusive);
        Obj first = walk.spreads.get(a);
        Obj second = walk.spreads.get(b);
        if (first == null || second == null) {
            return;
        }
        Fields fieldsA = fields(list(first, "SelectionSet"));
        Fields fieldsB = fields(list(second, "SelectionSet"));
        between(conflicts, exclusive, fieldsA, fieldsB);
        fieldsB.spreads.forEach(next -> betweenFragments(conflicts, exclusive, a, next));
        fieldsA.spreads.forEach(next -> betweenFragments(conflicts, exclusive, next, b));
    }

    private void between(List<Conflict> conflicts, boolean exclusive, Fields a, Fields b) {
        a.byName.forEach((name, fields) -> {
            for (Obj field : fields) {
                for (Obj other : b.byName.getOrDefault(name, List.of())) {
                    add(conflicts, conflict(exclusive, field, other));
                }
            }
        });
    }

    private @Nullable Conflict conflict(boolean parentsExclude, Obj a, Obj b) {
        walk.context.work(1);
        GraphqlWalk.Found foundA = walk.fields.get(a);
        GraphqlWalk.Found foundB = walk.fields.get(b);
        if (foundA == null || foundB == null || foundA.parent() == null || foundB.parent() == null) {
            return null;
        }
        Obj parentA = foundA.parent();
        Obj parentB = foundB.parent();
        Obj definitionA = foundA.field();
        Obj definitionB = foundB.field();
        boolean exclusive = parentsExclude
                || (!text(parentA, "Name").equals(text(parentB, "Name"))
                        && text(parentA, "Kind").equals("OBJECT")
                        && text(parentB, "Kind").equals("OBJECT")
                        && definitionA != null
                        && definitionB != null);
        if (!exclusive && !text(a, "Name").equals(text(b, "Name"))) {
            String both = "\"" + text(a, "Name") + "\" and \"" + text(b, "Name") + "\"";
            return new Conflict(name(a), both + " are different fields", List.of(), b);
        }
        if (!exclusive && !sameArguments(list(a, "Arguments"), list(b, "Arguments"))) {
            return new Conflict(name(a), "they have differing arguments", List.of(), b);
        }
        if (definitionA != null && definitionB != null) {
            Obj typeA = childOrNone(definitionA, "Type");
            Obj typeB = childOrNone(definitionB, "Type");
            if (conflicting(typeA, typeB)) {
                String both = "\"" + typeText(typeA) + "\" and \"" + typeText(typeB) + "\"";
                return new Conflict(name(a), "they return conflicting types " + both, List.of(), b);
            }
        }
        List<Conflict> below = below(exclusive, fields(list(a, "SelectionSet")), fields(list(b, "SelectionSet")));
        return below.isEmpty() ? null : new Conflict(name(a), "", below, b);
    }

    private List<Conflict> below(boolean exclusive, Fields a, Fields b) {
        List<Conflict> conflicts = new ArrayList<>();
        between(conflicts, exclusive, a, b);
        for (Obj spread : b.spreads) {
            compared = new HashSet<>();
            withFragment(conflicts, exclusive, a, spread);
        }
        for (Obj spread : a.spreads) {
            compared = new HashSet<>();
            withFragment(conflicts, exclusive, b, spread);
        }
        for (Obj spread : a.spreads) {
            for (Obj other : b.spreads) {
                betweenFragments(conflicts, exclusive, spread, other);
            }
        }
        return conflicts;
    }

    private static boolean sameArguments(List<Obj> a, List<Obj> b) {
        return a.size() == b.size()
                && a.stream()
                        .allMatch(one -> b.stream()
                                .anyMatch(other -> text(one, "Name").equals(text(other, "Name"))
                                        && sameValue(childOrNone(one, "Value"), childOrNone(other, "Value"))));
    }

    /** Fields of an object in any order. */
    private static boolean sameValue(Obj a, Obj b) {
        if (GraphqlTree.kind(a) != GraphqlTree.kind(b) || !text(a, "Raw").equals(text(b, "Raw"))) {
            return false;
        }
        Comparator<Obj> byName = Comparator.comparing(each -> text(each, "Name"));
        List<Obj> childrenA = list(a, "Children").stream().sorted(byName).toList();
        List<Obj> childrenB = list(b, "Children").stream().sorted(byName).toList();
        boolean same = childrenA.size() == childrenB.size();
        for (int i = 0; same && i < childrenA.size(); i++) {
            Obj one = childrenA.get(i);
            Obj other = childrenB.get(i);
            same = text(one, "Name").equals(text(other, "Name"))
                    && sameValue(childOrNone(one, "Value"), childOrNone(other, "Value"));
        }
        return same;
    }

    private boolean conflicting(Obj a, Obj b) {
        Obj elementA = child(a, "Elem");
        Obj elementB = child(b, "Elem");
        if (elementA != null && elementB != null) {
            return conflicting(elementA, elementB);
        }
        if (elementA != null || elementB != null || flag(a, "NonNull") != flag(b, "NonNull")) {
            return true;
        }
        Obj typeA = walk.schema.type(text(a, "NamedType"));
        Obj typeB = walk.schema.type(text(b, "NamedType"));
        boolean leaves = typeA != null && typeB != null && GraphqlSchema.isLeaf(typeA) && GraphqlSchema.isLeaf(typeB);
        return leaves && !text(a, "NamedType").equals(text(b, "NamedType"));
    }
}

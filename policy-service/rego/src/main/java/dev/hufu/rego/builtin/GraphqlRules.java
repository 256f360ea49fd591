package dev.hufu.rego.builtin;

import static dev.hufu.rego.builtin.GraphqlTree.child;
import static dev.hufu.rego.builtin.GraphqlTree.childOrNone;
import static dev.hufu.rego.builtin.GraphqlTree.flag;
import static dev.hufu.rego.builtin.GraphqlTree.list;
import static dev.hufu.rego.builtin.GraphqlTree.named;
import static dev.hufu.rego.builtin.GraphqlTree.text;
import static dev.hufu.rego.builtin.GraphqlTree.texts;
import static dev.hufu.rego.builtin.GraphqlTree.typeName;
import static dev.hufu.rego.builtin.GraphqlTree.typeText;

import dev.hufu.rego.Obj;
import dev.hufu.rego.Str;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules of GraphQL (October 2021, 5) for operations, fields, fragments and directives. */
final class GraphqlRules {
    private final GraphqlWalk walk;
    private final GraphqlOverlaps overlaps;
    private final Set<String> operations = new HashSet<>();
    private final Set<String> fragments = new HashSet<>();
    private final Set<String> usedFragments = new HashSet<>();
    private final Set<String> cyclesSought = new HashSet<>();
    private final Set<Obj> misplaced = new HashSet<>();
    private boolean inFragments;

    GraphqlRules(GraphqlWalk walk) {
        this.walk = walk;
        this.overlaps = new GraphqlOverlaps(walk);
    }

    private List<String> names(List<Obj> nodes) {
        return nodes.stream().map(node -> text(node, "Name")).toList();
    }

    void variable(Obj variable) {
        String type = typeName(childOrNone(variable, "Type"));
        if (walk.schema.type(type) == null) {
            walk.error(variable, "Unknown type \"" + type + "\".");
        }
    }

    void operation(Obj operation) {
        String kind = text(operation, "Operation");
        String name = text(operation, "Name");
        List<Obj> variables = list(operation, "VariableDefinitions");
        if (walk.schema.root(kind) == null) {
            walk.error(operation, "Schema does not support operation type \"" + kind + "\"");
        }
        if (name.isEmpty() && list(walk.document.root(), "Operations").size() > 1) {
            walk.error(operation, "This anonymous operation must be the only defined operation.");
        }
        Set<String> known = new HashSet<>();
        for (Obj variable : variables) {
            String variableName = text(variable, "Variable");
            if (!known.add(variableName) || !walk.usedVariables.contains(variableName)) {
                String in = name.isEmpty() ? "" : " in operation \"" + name + "\"";
                walk.error(variable, "Variable \"$" + variableName + "\" is never used" + in + ".");
            }
        }
        overlaps.within(list(operation, "SelectionSet"));
        if (kind.equals("subscription") && walk.schema.root(kind) != null) {
            subscription(operation, name);
        }
        if (!operations.add(name)) {
            walk.error(operation, "There can be only one operation named \"" + name + "\".");
        }
        Map<String, Integer> seen = new HashMap<>();
        for (Obj variable : variables) {
            String variableName = text(variable, "Variable");
            if (seen.merge(variableName, 1, Integer::sum) == 2) {
                walk.error(variable, "There can be only one variable named \"$" + variableName + "\".");
            }
        }
        for (Obj variable : variables) {
            Obj type = childOrNone(variable, "Type");
            Obj definition = walk.schema.type(typeName(type));
            if (definition != null && !GraphqlSchema.isInput(definition)) {
                walk.error(
                        variable,
                        "Variable \"$" + text(variable, "Variable") + "\" cannot be non-input type \"" + typeText(type)
                                + "\".");
            }
        }
    }

    private void subscription(Obj operation, String name) {
        Map<String, Obj> top = new LinkedHashMap<>();
        topFields(operation, top, new HashSet<>());
        String shown = name.isEmpty() ? "Anonymous Subscription" : "Subscription " + new Str(name);
        List<Obj> fields = List.copyOf(top.values());
        if (fields.size() > 1) {
            walk.error(fields.get(1), shown + " must select only one top level field.");
        }
        top.forEach((field, node) -> {
            if (field.startsWith("__")) {
                walk.error(node, shown + " must not select an introspection top level field.");
            }
        });
    }

    private void topFields(Obj node, Map<String, Obj> top, Set<String> visited) {
        for (Obj selection : list(node, "SelectionSet")) {
            Obj fragment = walk.spreads.get(selection);
            if (selection.get("Alias") != null) {
                top.putIfAbsent(text(selection, "Name"), selection);
            } else if (selection.get("TypeCondition") != null) {
                topFields(selection, top, visited);
            } else if (fragment == null) {
                return;
            } else if (visited.add(text(fragment, "Name"))) {
                topFields(fragment, top, visited);
            }
        }
    }

    void field(Obj field, @Nullable Obj definition, @Nullable Obj parent) {
        String name = text(field, "Name");
        if (definition == null && parent != null) {
            String type = text(parent, "Name");
            walk.error(field, "Cannot query field \"" + name + "\" on type \"" + type + "\"." + meant(parent, name));
        }
        if (definition != null && parent != null) {
            List<Obj> known = list(definition, "Arguments");
            for (Obj argument : list(field, "Arguments")) {
                String given = text(argument, "Name");
                if (named(known, given) == null) {
                    String where = text(parent, "Name") + "." + name;
                    walk.error(
                            field,
                            "Unknown argument \"" + given + "\" on field \"" + where + "\"."
                                    + GraphqlSuggestions.quoted("Did you mean", given, names(known)));
                }
            }
        }
        if (walk.operation != null) {
            overlaps.within(list(field, "SelectionSet"));
        }
        if (definition != null) {
            required(field, definition, "Field \"" + name + "\"");
            leaf(field, definition, name);
        }
        uniqueArguments(field);
    }

    private String meant(Obj parent, String name) {
        List<String> types = new ArrayList<>();
        boolean isAbstract = Set.of("INTERFACE", "UNION").contains(text(parent, "Kind"));
        if (isAbstract) {
            Map<String, Integer> usage = new LinkedHashMap<>();
            for (String possible : walk.schema.possible(text(parent, "Name"))) {
                Obj type = walk.schema.type(possible);
                if (type == null || named(list(type, "Fields"), name) == null) {
                    continue;
                }
                types.add(possible);
                for (String one : texts(type, "Interfaces")) {
                    Obj found = walk.schema.type(one);
                    if (found != null && named(list(found, "Fields"), name) != null) {
                        usage.merge(one, 1, Integer::sum);
                    }
                }
            }
            List<String> all = new ArrayList<>(usage.keySet());
            all.addAll(types);
            all.sort(java.util.Comparator.comparingInt((String type) -> -usage.getOrDefault(type, 0))
                    .thenComparing(type -> type));
            return " Did you mean to use an inline fragment on " + GraphqlSuggestions.either(all, true) + "?";
        }
        List<String> fields = GraphqlSuggestions.near(name, names(list(parent, "Fields")));
        return fields.isEmpty() ? "" : " Did you mean " + GraphqlSuggestions.either(fields, true) + "?";
    }

    private void required(Obj node, Obj definition, String what) {
        for (Obj wanted : list(definition, "Arguments")) {
            Obj type = childOrNone(wanted, "Type");
            boolean needed = flag(type, "NonNull") && child(wanted, "DefaultValue") == null;
            if (needed && named(list(node, "Arguments"), text(wanted, "Name")) == null) {
                walk.error(
                        node,
                        what + " argument \"" + text(wanted, "Name") + "\" of type \"" + typeText(type)
                                + "\" is required, but it was not provided.");
            }
        }
    }

    private void leaf(Obj field, Obj definition, String name) {
        Obj type = childOrNone(definition, "Type");
        Obj found = walk.schema.type(typeName(type));
        if (found == null) {
            return;
        }
        boolean selects = !list(field, "SelectionSet").isEmpty();
        boolean isLeaf = GraphqlSchema.isLeaf(found);
        if (isLeaf && selects) {
            walk.error(
                    field,
                    "Field \"" + name + "\" must not have a selection since type \"" + text(found, "Name")
                            + "\" has no subfields.");
        }
        if (!isLeaf && !selects) {
            walk.error(
                    field,
                    "Field \"" + name + "\" of type \"" + typeText(type)
                            + "\" must have a selection of subfields. Did you mean \"" + name + " { ... }\"?");
        }
    }

    private void uniqueArguments(Obj node) {
        Map<String, Integer> seen = new HashMap<>();
        for (Obj argument : list(node, "Arguments")) {
            if (seen.merge(text(argument, "Name"), 1, Integer::sum) == 2) {
                walk.error(argument, "There can be only one argument named \"" + text(argument, "Name") + "\".");
            }
        }
    }

    void directive(Obj directive, @Nullable Obj definition, String location) {
        String name = text(directive, "Name");
        if (definition == null) {
            walk.error(directive, "Unknown directive \"@" + name + "\".");
        } else {
            List<Obj> known = list(definition, "Arguments");
            for (Obj argument : list(directive, "Arguments")) {
                String given = text(argument, "Name");
                if (named(known, given) == null) {
                    walk.error(
                            directive,
                            "Unknown argument \"" + given + "\" on directive \"@" + name + "\"."
                                    + GraphqlSuggestions.quoted("Did you mean", given, names(known)));
                }
            }
            boolean allowed = texts(definition, "Locations").contains(location);
            if (!allowed && misplaced.add(directive)) {
                walk.error(directive, "Directive \"@" + name + "\" may not be used on " + location + ".");
            }
            required(directive, definition, "Directive \"@" + name + "\"");
        }
        uniqueArguments(directive);
    }

    void directiveList(List<Obj> directives) {
        Set<String> seen = new HashSet<>();
        for (Obj directive : directives) {
            String name = text(directive, "Name");
            Obj definition = walk.schema.directive(name);
            boolean repeatable = definition != null && flag(definition, "IsRepeatable");
            if (!seen.add(name) && !repeatable) {
                walk.error(directive, "The directive \"@" + name + "\" can only be used once at this location.");
            }
        }
    }

    void inline(Obj inline, @Nullable Obj parent) {
        String condition = text(inline, "TypeCondition");
        Obj type = walk.schema.type(condition);
        if (type != null && !GraphqlSchema.isComposite(type)) {
            walk.error(inline, "Fragment cannot condition on non composite type \"" + condition + "\".");
        }
        if (!condition.isEmpty() && type == null) {
            walk.error(inline, "Unknown type \"" + condition + "\".");
        }
        overlaps.within(list(inline, "SelectionSet"));
        if (parent != null && !canBe(parent, condition)) {
            walk.error(
                    inline,
                    "Fragment cannot be spread here as objects of type \"" + text(parent, "Name")
                            + "\" can never be of type \"" + condition + "\".");
        }
    }

    private boolean canBe(Obj parent, String condition) {
        Obj type = walk.schema.type(condition);
        if (!GraphqlSchema.isComposite(parent) || type == null || !GraphqlSchema.isComposite(type)) {
            return true;
        }
        String name = text(parent, "Name");
        List<String> own = text(parent, "Kind").equals("OBJECT") ? List.of(name) : walk.schema.possible(name);
        return walk.schema.possible(condition).stream().anyMatch(own::contains);
    }

    void spread(Obj spread, @Nullable Obj fragment, @Nullable Obj parent) {
        String name = text(spread, "Name");
        if (fragment == null) {
            walk.error(spread, "Unknown fragment \"" + name + "\".");
        }
        if (!inFragments) {
            usedFragments.add(name);
        }
        String condition = fragment == null ? "" : text(fragment, "TypeCondition");
        if (fragment != null && parent != null && !canBe(parent, condition)) {
            walk.error(
                    spread,
                    "Fragment \"" + name + "\" cannot be spread here as objects of type \"" + text(parent, "Name")
                            + "\" can never be of type \"" + condition + "\".");
        }
    }

    void fragment(Obj fragment, @Nullable Obj definition) {
        String name = text(fragment, "Name");
        String condition = text(fragment, "TypeCondition");
        if (definition != null && !GraphqlSchema.isComposite(definition)) {
            walk.error(
                    fragment,
                    "Fragment \"" + name + "\" cannot condition on non composite type \"" + condition + "\".");
        }
        if (definition == null) {
            List<String> known = List.copyOf(walk.schema.types().keySet());
            walk.error(
                    fragment,
                    "Unknown type \"" + condition + "\"."
                            + GraphqlSuggestions.quoted("Did you mean", condition, known));
        }
        cycles(fragment, new ArrayDeque<>(), new HashMap<>());
        inFragments = true;
        if (!usedFragments.contains(name)) {
            walk.error(fragment, "Fragment \"" + name + "\" is never used.");
        }
        overlaps.within(list(fragment, "SelectionSet"));
        if (!fragments.add(name)) {
            walk.error(fragment, "There can be only one fragment named \"" + name + "\".");
        }
    }

    private void cycles(Obj fragment, Deque<Obj> path, Map<String, Integer> places) {
        String name = text(fragment, "Name");
        List<Obj> spreads = cyclesSought.add(name) ? spreads(fragment) : List.of();
        if (spreads.isEmpty()) {
            return;
        }
        places.put(name, path.size());
        for (Obj spread : spreads) {
            String next = text(spread, "Name");
            Integer start = places.get(next);
            path.addLast(spread);
            if (start == null) {
                Obj found = walk.fragment(next);
                if (found != null) {
                    cycles(found, path, places);
                }
            } else {
                List<String> via = path.stream()
                        .skip(start)
                        .limit(path.size() - 1L - start)
                        .map(one -> "\"" + text(one, "Name") + "\"")
                        .toList();
                walk.error(
                        spread,
                        "Cannot spread fragment \"" + next + "\" within itself"
                                + (via.isEmpty() ? "" : " via " + String.join(", ", via)) + ".");
            }
            path.removeLast();
        }
        places.remove(name);
    }

    private static List<Obj> spreads(Obj fragment) {
        List<Obj> found = new ArrayList<>();
        Deque<Obj> open = new ArrayDeque<>(List.of(fragment));
        while (!open.isEmpty()) {
            for (Obj selection : list(open.removeLast(), "SelectionSet")) {
                boolean spread = selection.get("Alias") == null && selection.get("TypeCondition") == null;
                if (spread) {
                    found.add(selection);
                } else {
                    open.addLast(selection);
                }
            }
        }
        return found;
    }
}

package dev.hufu.rego.builtin;

import static dev.hufu.rego.builtin.GraphqlTree.child;
import static dev.hufu.rego.builtin.GraphqlTree.childOrNone;
import static dev.hufu.rego.builtin.GraphqlTree.list;
import static dev.hufu.rego.builtin.GraphqlTree.named;
import static dev.hufu.rego.builtin.GraphqlTree.text;
import static dev.hufu.rego.builtin.GraphqlTree.typeName;

import dev.hufu.rego.Obj;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Goes through a query in the order in which gqlparser does, and tells the rules what stands where. */
final class GraphqlWalk {
    /** What a value is wanted to be. */
    record Expected(
            @Nullable Obj type,
            boolean hasDefault,
            @Nullable Obj definition) {
        static final Expected NOTHING = new Expected(null, false, null);
    }

    /** A field's own definition and that of the type it is asked of. */
    record Found(@Nullable Obj field, @Nullable Obj parent) {}

    final Context context;
    final GraphqlSchema schema;
    final GraphqlTree document;
    final IdentityHashMap<Obj, Found> fields = new IdentityHashMap<>();
    /** What spreads that were reached lead to. */
    final IdentityHashMap<Obj, Obj> spreads = new IdentityHashMap<>();

    final Set<String> usedVariables = new HashSet<>();
    private final List<String> errors = new ArrayList<>();
    private final Set<String> spread = new HashSet<>();
    private final GraphqlRules rules;
    private final GraphqlValueRules valueRules;

    @Nullable
    Obj operation;

    private GraphqlWalk(Context context, GraphqlSchema schema, GraphqlTree document) {
        this.context = context;
        this.schema = schema;
        this.document = document;
        this.rules = new GraphqlRules(this);
        this.valueRules = new GraphqlValueRules(this);
    }

    /** Throws what is wrong with the query, all of it in one text as OPA does. */
    static void validate(Context context, GraphqlSchema schema, GraphqlTree document) {
        GraphqlWalk walk = new GraphqlWalk(context, schema, document);
        walk.walk();
        if (walk.errors.isEmpty()) {
            return;
        }
        String all = String.join("\n", walk.errors);
        String[] parts = all.split(":", 4);
        boolean placed = parts.length == 4 && parts[1].matches("\\d+") && parts[2].matches("\\d+");
        if (!placed) {
            throw BuiltinException.failed("GraphQL parse error: " + all + "\n");
        }
        String message = parts[3].stripLeading();
        throw GraphqlParser.error(
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]),
                message.endsWith(".") ? message.substring(0, message.length() - 1) : message + "\n");
    }

    void error(@Nullable Obj node, String message) {
        context.reserve(1);
        GraphqlTree.Place place = node == null ? null : document.places().get(node);
        errors.add("input:" + (place == null ? "" : place.row() + ":" + place.column() + ":") + " " + message);
    }

    private void walk() {
        for (Obj each : list(document.root(), "Operations")) {
            spread.clear();
            operation(each);
        }
        for (Obj each : list(document.root(), "Fragments")) {
            spread.clear();
            Obj definition = schema.type(text(each, "TypeCondition"));
            directives(list(each, "Directives"), "FRAGMENT_DEFINITION");
            selections(definition, each);
            rules.fragment(each, definition);
        }
    }

    @Nullable
    Obj fragment(String name) {
        return named(list(document.root(), "Fragments"), name);
    }

    private void operation(Obj each) {
        operation = each;
        usedVariables.clear();
        List<Obj> variables = list(each, "VariableDefinitions");
        variables.forEach(rules::variable);
        for (Obj variable : variables) {
            Obj type = childOrNone(variable, "Type");
            Obj value = child(variable, "DefaultValue");
            if (value != null) {
                value(value, new Expected(type, false, schema.type(typeName(type))));
            }
            directives(list(variable, "Directives"), "VARIABLE_DEFINITION");
        }
        String kind = text(each, "Operation");
        Obj root = schema.root(kind);
        directives(list(each, "Directives"), kind.isEmpty() ? "QUERY" : kind.toUpperCase(java.util.Locale.ROOT));
        selections(root, each);
        rules.operation(each);
        operation = null;
    }

    private void directives(List<Obj> directives, String location) {
        for (Obj directive : directives) {
            Obj definition = schema.directive(text(directive, "Name"));
            arguments(directive, definition);
            rules.directive(directive, definition, location);
        }
        rules.directiveList(directives);
    }

    private void arguments(Obj node, @Nullable Obj definition) {
        for (Obj argument : list(node, "Arguments")) {
            Obj wanted = definition == null ? null : named(list(definition, "Arguments"), text(argument, "Name"));
            value(childOrNone(argument, "Value"), expected(wanted));
        }
    }

    private Expected expected(@Nullable Obj definition) {
        if (definition == null) {
            return Expected.NOTHING;
        }
        Obj type = childOrNone(definition, "Type");
        Obj otherwise = child(definition, "DefaultValue");
        boolean hasDefault = otherwise != null && GraphqlTree.kind(otherwise) != GraphqlTree.NULL;
        return new Expected(type, hasDefault, schema.type(typeName(type)));
    }

    private void value(Obj value, Expected expected) {
        context.work(1);
        int kind = GraphqlTree.kind(value);
        if (kind == GraphqlTree.VARIABLE && operation != null) {
            usedVariables.add(text(value, "Raw"));
        }
        Obj definition = expected.definition;
        Obj type = expected.type;
        for (Obj each : list(value, "Children")) {
            Expected inner = Expected.NOTHING;
            if (kind == GraphqlTree.OBJECT && definition != null) {
                inner = expected(named(list(definition, "Fields"), text(each, "Name")));
            } else if (kind == GraphqlTree.LIST && type != null && child(type, "Elem") != null) {
                inner = new Expected(child(type, "Elem"), false, definition);
            }
            value(childOrNone(each, "Value"), inner);
        }
        valueRules.value(value, expected);
    }

    private void selections(@Nullable Obj parent, Obj node) {
        for (Obj selection : list(node, "SelectionSet")) {
            context.work(1);
            if (selection.get("Alias") != null || selection.get("Arguments") != null) {
                field(parent, selection);
            } else if (selection.get("TypeCondition") != null || selection.get("SelectionSet") != null) {
                inline(parent, selection);
            } else {
                spread(parent, selection);
            }
        }
    }

    private void field(@Nullable Obj parent, Obj field) {
        String name = text(field, "Name");
        Obj definition = null;
        if (name.equals("__typename")) {
            definition = TYPE_NAME;
        } else if (parent != null) {
            definition = named(list(parent, "Fields"), name);
        }
        fields.put(field, new Found(definition, parent));
        Obj next = definition == null ? null : schema.type(typeName(childOrNone(definition, "Type")));
        arguments(field, definition);
        directives(list(field, "Directives"), "FIELD");
        selections(next, field);
        rules.field(field, definition, parent);
    }

    private static final Obj TYPE_NAME = list(
                    list(
                                    GraphqlSchemaParser.parse("type T { __typename: String }", true)
                                            .root(),
                                    "Definitions")
                            .getFirst(),
                    "Fields")
            .getFirst();

    private void inline(@Nullable Obj parent, Obj inline) {
        String condition = text(inline, "TypeCondition");
        Obj next = condition.isEmpty() ? parent : schema.type(condition);
        directives(list(inline, "Directives"), "INLINE_FRAGMENT");
        selections(next, inline);
        rules.inline(inline, parent);
    }

    private void spread(@Nullable Obj parent, Obj selection) {
        Obj fragment = fragment(text(selection, "Name"));
        if (fragment != null) {
            spreads.put(selection, fragment);
        }
        directives(list(selection, "Directives"), "FRAGMENT_SPREAD");
        if (fragment != null && spread.add(text(fragment, "Name"))) {
            directives(list(fragment, "Directives"), "FRAGMENT_DEFINITION");
            selections(schema.type(text(fragment, "TypeCondition")), fragment);
        }
        rules.spread(selection, fragment, parent);
    }
}

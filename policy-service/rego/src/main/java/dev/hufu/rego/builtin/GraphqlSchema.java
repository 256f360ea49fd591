package dev.hufu.rego.builtin;

import static dev.hufu.rego.builtin.GraphqlTree.flag;
import static dev.hufu.rego.builtin.GraphqlTree.list;
import static dev.hufu.rego.builtin.GraphqlTree.text;
import static dev.hufu.rego.builtin.GraphqlTree.texts;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Obj;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A type system by its names, extensions merged in, with what the language itself defines. */
final class GraphqlSchema {
    private static final GraphqlTree PRELUDE = prelude();
    private static final List<String> LISTS = List.of("Directives", "Interfaces", "Fields", "Types", "EnumValues");
    private static final Set<String> BUILT_IN_DIRECTIVES =
            Set.of("include", "skip", "deprecated", "specifiedBy", "defer", "oneOf");

    private final IdentityHashMap<Obj, GraphqlTree.Place> places = new IdentityHashMap<>(PRELUDE.places());
    private final Map<String, Obj> types = new TreeMap<>();
    private final Map<String, Obj> directives = new TreeMap<>();
    private final Map<String, List<String>> possible = new HashMap<>();
    private final Map<String, String> roots = new HashMap<>();

    private GraphqlSchema() {}

    private static GraphqlTree prelude() {
        try (InputStream in = GraphqlSchema.class.getResourceAsStream("prelude.graphql")) {
            byte[] bytes = in == null ? new byte[0] : in.readAllBytes();
            return GraphqlSchemaParser.parse(new String(bytes, StandardCharsets.UTF_8), true);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Merges and validates; what is wrong first is thrown. */
    static GraphqlSchema of(GraphqlTree document) {
        GraphqlSchema schema = new GraphqlSchema();
        schema.places.putAll(document.places());
        try {
            schema.load(document.root());
        } catch (BuiltinException invalid) {
            throw BuiltinException.failed(
                    "Error in gqlparser SchemaDocument to Schema conversion: " + invalid.getMessage());
        }
        return schema;
    }

    BuiltinException error(Obj node, String message) {
        GraphqlTree.Place place = places.get(node);
        String where = place == null ? "input" : "input:" + place.row() + ":" + place.column();
        return BuiltinException.failed(where + ": " + message);
    }

    private void load(Obj document) {
        List<Obj> definitions = new ArrayList<>(list(PRELUDE.root(), "Definitions"));
        definitions.addAll(list(document, "Definitions"));
        for (Obj definition : definitions) {
            if (types.put(text(definition, "Name"), definition) != null) {
                throw error(definition, "Cannot redeclare type " + text(definition, "Name") + ".");
            }
        }
        for (Obj extension : list(document, "Extensions")) {
            extend(extension);
        }
        types.values().forEach(this::relate);
        List<Obj> declared = new ArrayList<>(list(PRELUDE.root(), "Directives"));
        declared.addAll(list(document, "Directives"));
        for (Obj directive : declared) {
            String name = text(directive, "Name");
            if (directives.containsKey(name) && !BUILT_IN_DIRECTIVES.contains(name)) {
                throw error(directive, "Cannot redeclare directive " + name + ".");
            }
            directives.put(name, directive);
        }
        GraphqlSchemaCheck check = new GraphqlSchemaCheck(this);
        List<Obj> schemas = list(document, "Schema");
        if (schemas.size() > 1) {
            throw error(
                    schemas.get(1), "Cannot have multiple schema entry points, consider schema extensions instead.");
        }
        List<Obj> entries = new ArrayList<>(schemas);
        entries.addAll(list(document, "SchemaExtension"));
        entries.forEach(entry -> entry(entry, check));
        check.all();
        if (schemas.isEmpty()) {
            for (String operation : List.of("Query", "Mutation", "Subscription")) {
                if (types.containsKey(operation)) {
                    roots.putIfAbsent(operation.toLowerCase(java.util.Locale.ROOT), operation);
                }
            }
        }
        introspect();
    }

    private void extend(Obj extension) {
        String name = text(extension, "Name");
        Obj base = types.get(name);
        String kind = text(extension, "Kind");
        if (base != null && !text(base, "Kind").equals(kind)) {
            throw error(
                    extension,
                    "Cannot extend type " + name + " because the base type is a " + text(base, "Kind") + ", not " + kind
                            + ".");
        }
        ObjBuilder merged = new ObjBuilder().put("Kind", new Str(kind)).put("Name", new Str(name));
        if (base != null) {
            merged.putAll(base);
        }
        for (String field : LISTS) {
            List<Value> items = new ArrayList<>();
            for (Obj part : base == null ? List.of(extension) : List.of(base, extension)) {
                if (part.get(field) instanceof Arr array) {
                    items.addAll(array.asList());
                }
            }
            merged.put(field, Arr.of(items));
        }
        replace(base == null ? extension : base, merged.build());
    }

    private void replace(Obj before, Obj after) {
        GraphqlTree.Place place = places.get(before);
        if (place != null) {
            places.put(after, place);
        }
        types.put(text(after, "Name"), after);
    }

    private void relate(Obj definition) {
        String name = text(definition, "Name");
        switch (text(definition, "Kind")) {
            case "UNION" ->
                texts(definition, "Types")
                        .forEach(member -> possible.computeIfAbsent(name, _ -> new ArrayList<>())
                                .add(member));
            case "OBJECT", "INPUT_OBJECT" -> {
                implement(definition, name);
                possible.computeIfAbsent(name, _ -> new ArrayList<>()).add(name);
            }
            case "INTERFACE" -> implement(definition, name);
            default -> {
                // nothing is of a scalar's or an enumeration's kind
            }
        }
    }

    private void implement(Obj definition, String name) {
        texts(definition, "Interfaces")
                .forEach(one ->
                        possible.computeIfAbsent(one, _ -> new ArrayList<>()).add(name));
    }

    private void entry(Obj schema, GraphqlSchemaCheck check) {
        for (Obj operation : list(schema, "OperationTypes")) {
            String type = text(operation, "Type");
            if (!types.containsKey(type)) {
                throw error(
                        operation,
                        "Schema root " + text(operation, "Operation") + " refers to a type " + type
                                + " that does not exist.");
            }
            roots.put(text(operation, "Operation"), type);
        }
        check.directives(list(schema, "Directives"), "SCHEMA", "", true);
    }

    /** Adds the fields by which a schema is asked about itself. */
    private void introspect() {
        Obj query = root("query");
        if (query == null) {
            return;
        }
        GraphqlTree added =
                GraphqlSchemaParser.parse("type Query { __schema: __Schema! __type(name: String!): __Type }", true);
        List<Value> fields = new ArrayList<>();
        if (query.get("Fields") instanceof Arr own) {
            fields.addAll(own.asList());
        }
        fields.addAll(list(list(added.root(), "Definitions").getFirst(), "Fields"));
        replace(
                query,
                new ObjBuilder().putAll(query).put("Fields", Arr.of(fields)).build());
    }

    Map<String, Obj> types() {
        return types;
    }

    Map<String, Obj> directives() {
        return directives;
    }

    @Nullable
    Obj type(String name) {
        return types.get(name);
    }

    @Nullable
    Obj directive(String name) {
        return directives.get(name);
    }

    /** The type of an operation: {@code query}. */
    @Nullable
    Obj root(String operation) {
        String name = roots.get(operation.isEmpty() ? "query" : operation);
        return name == null ? null : types.get(name);
    }

    /** What objects of a type may be. */
    List<String> possible(String type) {
        return possible.getOrDefault(type, List.of());
    }

    static boolean isLeaf(Obj definition) {
        return Set.of("ENUM", "SCALAR").contains(text(definition, "Kind"));
    }

    static boolean isComposite(Obj definition) {
        return Set.of("OBJECT", "INTERFACE", "UNION").contains(text(definition, "Kind"));
    }

    static boolean isInput(Obj definition) {
        return Set.of("SCALAR", "ENUM", "INPUT_OBJECT").contains(text(definition, "Kind"));
    }

    /** Whether a value of the first type may stand where the second is wanted. */
    static boolean isCompatible(Obj type, Obj wanted) {
        Obj element = GraphqlTree.child(type, "Elem");
        Obj wantedElement = GraphqlTree.child(wanted, "Elem");
        boolean named = text(type, "NamedType").equals(text(wanted, "NamedType"));
        boolean elements = element == null || (wantedElement != null && isCompatible(element, wantedElement));
        return named && elements && (!flag(wanted, "NonNull") || flag(type, "NonNull"));
    }

    static Str quoted(String name) {
        return new Str(name);
    }
}

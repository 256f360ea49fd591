package dev.hufu.rego.builtin;

import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import dev.hufu.rego.types.Type;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * A JSON Schema as a type, in what OPA's type checker heeds of it: {@code type}, {@code properties}, {@code items}, {@code
 * anyOf}, {@code allOf} and {@code $ref}. What is listed in {@code properties} is all there is; anything else in a schema
 * may be anything.
 */
public final class JsonSchemaTypes {
    private final IdentityHashMap<JsonSchema, Type> known = new IdentityHashMap<>();
    /** Definitions that are being read, with the type that stands for them inside themselves. */
    private final IdentityHashMap<JsonSchema, Type.Recursive> open = new IdentityHashMap<>();

    private static final int MAX_HOPS = 100;

    private JsonSchemaTypes() {}

    /** Throws IllegalArgumentException where the value is no schema, or says what cannot hold together. */
    public static Type of(Value schema) {
        JsonSchema parsed;
        try {
            parsed = JsonSchemaParser.parse(schema, false);
        } catch (BuiltinException invalid) {
            throw new IllegalArgumentException("unable to compile the schema: " + invalid.getMessage(), invalid);
        }
        return new JsonSchemaTypes().type(parsed);
    }

    private Type type(JsonSchema schema) {
        if (schema.reference != null) {
            return definition(schema.reference);
        }
        if (!schema.anyOf.isEmpty()) {
            return anyOf(schema);
        }
        if (!schema.allOf.isEmpty()) {
            return allOf(schema);
        }
        List<String> types = schema.types;
        if (types.contains("boolean")) {
            return Type.BOOLEAN;
        }
        if (types.contains("string")) {
            return Type.STRING;
        }
        if (types.contains("integer") || types.contains("number")) {
            return Type.NUMBER;
        }
        if (types.contains("object") || (!types.contains("array") && !schema.properties.isEmpty())) {
            return object(schema);
        }
        return types.contains("array") || !schema.items.isEmpty() ? array(schema) : Type.ANY;
    }

    private Type definition(JsonSchema schema) {
        Type read = known.get(schema);
        if (read != null) {
            return read;
        }
        Type.Recursive within = open.get(schema);
        if (within != null) {
            return within;
        }
        Type.Recursive self = new Type.Recursive();
        open.put(schema, self);
        Type type = type(schema);
        open.remove(schema);
        known.put(schema, type);
        self.define(type);
        return type;
    }

    private Type object(JsonSchema schema) {
        List<Type.Property> properties = new ArrayList<>();
        schema.properties.forEach((name, property) -> properties.add(new Type.Property(new Str(name), type(property))));
        Type.Dynamic anything = new Type.Dynamic(Type.ANY, Type.ANY);
        return new Type.ObjectOf(properties, properties.isEmpty() ? anything : null);
    }

    private Type array(JsonSchema schema) {
        List<Type> items = schema.items.stream().map(this::type).toList();
        if (items.isEmpty() || schema.oneForAllItems) {
            return new Type.ArrayOf(List.of(), items.isEmpty() ? Type.ANY : items.getFirst());
        }
        return new Type.ArrayOf(items, Type.UNKNOWN);
    }

    private Type anyOf(JsonSchema schema) {
        Type type = Type.UNKNOWN;
        if (!schema.types.isEmpty()) {
            JsonSchema core = copy(schema);
            core.anyOf.clear();
            boolean listed = type(core) instanceof Type.ObjectOf object && object.dynamic() == null;
            type = listed ? type(core) : type;
        }
        for (JsonSchema one : schema.anyOf) {
            type = Type.or(type(one), type);
        }
        return type;
    }

    private Type allOf(JsonSchema schema) {
        List<JsonSchema> parts = new ArrayList<>();
        for (JsonSchema written : schema.allOf) {
            JsonSchema part = written;
            for (int hops = 0; part.reference != null && hops < MAX_HOPS; hops++) {
                part = part.reference;
            }
            boolean onlyAlternatives =
                    part.types.isEmpty() && !part.anyOf.isEmpty() && part.properties.isEmpty() && part.items.isEmpty();
            if (!onlyAlternatives) {
                parts.add(copy(part));
            }
        }
        if (parts.isEmpty()) {
            return Type.ANY;
        }
        JsonSchema merged = merge(parts);
        if (!schema.types.isEmpty()) {
            boolean both = both("object", schema, merged) || both("array", schema, merged);
            if (!both && !named(schema).equals(named(merged))) {
                throw new IllegalArgumentException("unable to merge these schemas");
            }
            if (both) {
                JsonSchema own = copy(schema);
                own.allOf.clear();
                merged = merge(List.of(merged, own));
            }
        }
        return type(merged);
    }

    private static boolean both(String type, JsonSchema a, JsonSchema b) {
        return a.types.contains(type) && b.types.contains(type);
    }

    /** The first schema, changed to say what the others say, too. */
    private static JsonSchema merge(List<JsonSchema> schemas) {
        for (JsonSchema schema : schemas) {
            String implied = !schema.properties.isEmpty() ? "object" : !schema.items.isEmpty() ? "array" : "";
            if (!implied.isEmpty() && !schema.types.contains(implied)) {
                schema.types.add(implied);
            }
        }
        JsonSchema result = schemas.getFirst();
        for (JsonSchema schema : schemas.subList(1, schemas.size())) {
            if (!named(result).equals(named(schema))) {
                throw new IllegalArgumentException(
                        "unable to merge these schemas: type mismatch: " + named(result) + " and " + named(schema));
            }
            if (!result.properties.isEmpty()) {
                schema.properties.forEach(result.properties::putIfAbsent);
            } else if (!result.items.isEmpty()) {
                mergeItems(result, schema);
            }
        }
        return result;
    }

    private static void mergeItems(JsonSchema result, JsonSchema schema) {
        for (int i = 0; i < schema.items.size(); i++) {
            if (i >= result.items.size()) {
                result.items.add(schema.items.get(i));
            }
            if (!named(result.items.get(i)).equals(named(schema.items.get(i)))) {
                throw new IllegalArgumentException("unable to merge these schemas");
            }
        }
    }

    private static String named(JsonSchema schema) {
        return switch (schema.types.size()) {
            case 0 -> "undefined";
            case 1 -> schema.types.getFirst();
            default -> "[" + String.join(",", schema.types) + "]";
        };
    }

    private static JsonSchema copy(JsonSchema schema) {
        JsonSchema copy = new JsonSchema(schema.draft);
        copy.types.addAll(schema.types);
        copy.properties.putAll(schema.properties);
        copy.items.addAll(schema.items);
        copy.oneForAllItems = schema.oneForAllItems;
        copy.anyOf.addAll(schema.anyOf);
        copy.allOf.addAll(schema.allOf);
        return copy;
    }
}

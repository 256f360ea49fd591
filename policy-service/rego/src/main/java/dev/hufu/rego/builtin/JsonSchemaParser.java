package dev.hufu.rego.builtin;

import com.google.re2j.Pattern;
import dev.hufu.rego.Arr;
import dev.hufu.rego.Bool;
import dev.hufu.rego.Num;
import dev.hufu.rego.Obj;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A schema's text to its graph; what is wrong is said in the words of the library that OPA uses (gojsonschema). */
final class JsonSchemaParser {
    private static final int MAX_DEPTH = 200;
    private static final List<String> TYPES =
            List.of("array", "boolean", "integer", "number", "null", "object", "string");

    private final JsonSchemaPool pool = new JsonSchemaPool();
    private final Map<String, JsonSchema> references = new HashMap<>();
    private final boolean patterns;
    private int depth;

    private JsonSchemaParser(boolean patterns) {
        this.patterns = patterns;
    }

    /** {@code patterns}: whether patterns are enforced, and must then be of RE2. */
    static JsonSchema parse(Value schema, boolean patterns) {
        JsonSchemaParser parser = new JsonSchemaParser(patterns);
        JsonSchemaPool.Document root = parser.pool.add("", schema);
        return parser.schema(root.content(), root.draft() == 0 ? JsonSchema.HYBRID : root.draft());
    }

    private static BuiltinException wrongType(String expected, String given) {
        return BuiltinException.failed("Invalid type. Expected: " + expected + ", given: " + given);
    }

    private static BuiltinException mustBe(String key, String article, String what) {
        return BuiltinException.failed(key + " must be of " + article + " " + what);
    }

    private JsonSchema schema(Value content, int draft) {
        return fill(new JsonSchema(draft), content);
    }

    private JsonSchema fill(JsonSchema schema, Value content) {
        if (++depth > MAX_DEPTH) {
            throw BuiltinException.failed("schema nested deeper than " + MAX_DEPTH);
        }
        if (schema.draft >= 6 && content instanceof Bool bool) {
            schema.pass = bool.value();
        } else if (content instanceof Obj object) {
            keywords(schema, object);
        } else {
            throw BuiltinException.failed("Expected: Valid Schema, given: Invalid JSON");
        }
        depth--;
        return schema;
    }

    private void keywords(JsonSchema schema, Obj object) {
        boolean old = schema.draft == 4 || (schema.draft == JsonSchema.HYBRID && object.get("id") != null);
        text(object, old ? "id" : "$id");
        definitions(schema, object.get("definitions"));
        text(object, "title");
        text(object, "description");
        String reference = text(object, "$ref");
        if (reference != null) {
            schema.reference = reference(reference, schema.draft);
            return;
        }
        types(schema, object.get("type"));
        forObjects(schema, object);
        forArrays(schema, object);
        forNumbers(schema, object);
        sizes(schema, object);
        forStrings(schema, object);
        values(schema, object);
        combinations(schema, object);
    }

    private static @Nullable String text(Obj object, String key) {
        Value value = object.get(key);
        if (value == null) {
            return null;
        }
        if (value instanceof Str text) {
            return text.value();
        }
        throw wrongType("string", key);
    }

    private static List<Value> list(Obj object, String key) {
        Value value = object.get(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof Arr array) {
            return array.asList();
        }
        throw mustBe(key, "an", "array");
    }

    private void definitions(JsonSchema schema, @Nullable Value definitions) {
        if (definitions == null) {
            return;
        }
        if (!(definitions instanceof Obj object)) {
            throw wrongType("Array Of Schemas", "definitions");
        }
        object.forEach((_, definition) -> {
            if (!isSchema(definition)) {
                throw wrongType("Array Of Schemas", "definitions");
            }
            schema(definition, schema.draft);
        });
    }

    private static boolean isSchema(Value value) {
        return value instanceof Bool || value instanceof Obj;
    }

    private JsonSchema reference(String reference, int draft) {
        JsonSchema known = references.get(reference);
        if (known != null) {
            return known;
        }
        JsonSchema made = new JsonSchema(draft);
        references.put(reference, made);
        JsonSchemaPool.Document found = pool.find(reference);
        if (!isSchema(found.content())) {
            throw BuiltinException.failed("Valid Schema must be of type object");
        }
        made.draft = found.draft() == 0 ? draft : found.draft();
        return fill(made, found.content());
    }

    private static void types(JsonSchema schema, @Nullable Value types) {
        if (types == null) {
            return;
        }
        List<Value> listed = types instanceof Arr array ? array.asList() : List.of(types);
        for (Value type : listed) {
            if (!(type instanceof Str text)) {
                throw wrongType("type", "string/Array Of Strings");
            }
            if (!TYPES.contains(text.value())) {
                throw BuiltinException.failed("has a primitive type that is NOT VALID -- given: /" + text.value()
                        + "/ Expected valid values are:[array boolean integer number null object string]");
            }
            if (schema.types.contains(text.value())) {
                throw BuiltinException.failed(text.value() + " type is duplicated");
            }
            schema.types.add(text.value());
        }
    }

    private void forObjects(JsonSchema schema, Obj object) {
        Value properties = object.get("properties");
        if (properties instanceof Obj each) {
            each.forEach((name, one) -> schema.properties.put(Comparisons.text(name), schema(one, schema.draft)));
        } else if (properties != null) {
            throw BuiltinException.failed("Properties must be of type object");
        }
        schema.additionalProperties = boolOrSchema(schema, object, "additionalProperties");
        Value patternProperties = object.get("patternProperties");
        if (patternProperties instanceof Obj each) {
            each.forEach((name, one) -> {
                String pattern = Comparisons.text(name);
                regex(pattern, "Invalid regex pattern '" + pattern + "'");
                schema.patternProperties.put(pattern, schema(one, schema.draft));
            });
        } else if (patternProperties != null) {
            throw wrongType("Valid Schema", "patternProperties");
        }
        Value names = schema.draft >= 6 ? object.get("propertyNames") : null;
        if (names != null && !isSchema(names)) {
            throw wrongType("Valid Schema", "patternProperties");
        }
        schema.propertyNames = names == null ? null : schema(names, schema.draft);
        dependencies(schema, object.get("dependencies"));
        for (Value one : list(object, "required")) {
            if (!(one instanceof Str name)) {
                throw wrongType("string", "required");
            }
            if (schema.required.contains(name.value())) {
                throw BuiltinException.failed("required items must be unique");
            }
            schema.required.add(name.value());
        }
    }

    private static Pattern regex(String pattern, String otherwise) {
        try {
            return Regexes.compile(pattern);
        } catch (BuiltinException invalid) {
            throw BuiltinException.failed(otherwise);
        }
    }

    private @Nullable JsonSchema boolOrSchema(JsonSchema schema, Obj object, String key) {
        Value value = object.get(key);
        if (value == null) {
            return null;
        }
        if (value instanceof Bool bool) {
            JsonSchema always = new JsonSchema(schema.draft);
            always.pass = bool.value();
            return always;
        }
        if (value instanceof Obj) {
            return schema(value, schema.draft);
        }
        throw wrongType("boolean/Valid Schema", key);
    }

    private void dependencies(JsonSchema schema, @Nullable Value dependencies) {
        if (dependencies == null) {
            return;
        }
        if (!(dependencies instanceof Obj object)) {
            throw BuiltinException.failed("dependencies must be of type object");
        }
        String wrong = "Dependency must be of type Schema Or Array Of Strings";
        object.forEach((key, value) -> {
            String name = Comparisons.text(key);
            if (value instanceof Arr array) {
                List<String> keys = new ArrayList<>();
                for (Value one : array) {
                    if (!(one instanceof Str text)) {
                        throw BuiltinException.failed(wrong);
                    }
                    keys.add(text.value());
                }
                schema.dependentKeys.put(name, keys);
            } else if (isSchema(value)) {
                schema.dependentSchemas.put(name, schema(value, schema.draft));
            } else {
                throw BuiltinException.failed(wrong);
            }
        });
    }

    private void forArrays(JsonSchema schema, Obj object) {
        Value items = object.get("items");
        if (items != null) {
            List<Value> each = items instanceof Arr array ? array.asList() : List.of(items);
            for (Value one : each) {
                if (!isSchema(one)) {
                    throw wrongType("Valid Schema/Array Of Schemas", "items");
                }
                schema.items.add(schema(one, schema.draft));
            }
            schema.oneForAllItems = !(items instanceof Arr);
        }
        schema.additionalItems = boolOrSchema(schema, object, "additionalItems");
        Value unique = object.get("uniqueItems");
        if (unique != null && !(unique instanceof Bool)) {
            throw mustBe("uniqueItems", "a", "boolean");
        }
        schema.uniqueItems = Bool.TRUE.equals(unique);
        Value contains = schema.draft >= 6 ? object.get("contains") : null;
        schema.contains = contains == null ? null : schema(contains, schema.draft);
    }

    private static void forNumbers(JsonSchema schema, Obj object) {
        Value multiple = object.get("multipleOf");
        if (multiple != null && !(multiple instanceof Num)) {
            throw wrongType("Number", "multipleOf");
        }
        schema.multipleOf = number(multiple);
        if (schema.multipleOf != null && schema.multipleOf.signum() <= 0) {
            throw BuiltinException.failed("multipleOf must be strictly greater than 0");
        }
        schema.minimum = bound(object, "minimum");
        schema.exclusiveMinimum = exclusive(schema, object, "exclusiveMinimum", "minimum", schema.minimum);
        if (Bool.TRUE.equals(object.get("exclusiveMinimum"))) {
            schema.minimum = null;
        }
        schema.maximum = bound(object, "maximum");
        schema.exclusiveMaximum = exclusive(schema, object, "exclusiveMaximum", "maximum", schema.maximum);
        if (Bool.TRUE.equals(object.get("exclusiveMaximum"))) {
            schema.maximum = null;
        }
    }

    private static @Nullable BigDecimal number(@Nullable Value value) {
        return value instanceof Num number ? number.asDecimal() : null;
    }

    private static @Nullable BigDecimal bound(Obj object, String key) {
        Value value = object.get(key);
        if (value != null && !(value instanceof Num)) {
            throw mustBe(key, "a", "Number");
        }
        return number(value);
    }

    /** A number since draft 6; before, whether the other bound is one. */
    private static @Nullable BigDecimal exclusive(
            JsonSchema schema, Obj object, String key, String other, @Nullable BigDecimal bound) {
        Value value = object.get(key);
        if (value == null) {
            return null;
        }
        boolean mayBeBool = schema.draft == 4 || schema.draft == JsonSchema.HYBRID;
        boolean mayBeNumber = schema.draft != 4;
        if (mayBeBool && value instanceof Bool bool) {
            if (bound == null) {
                throw BuiltinException.failed(key + " cannot be used without " + other);
            }
            return bool.value() ? bound : null;
        }
        if (mayBeNumber && value instanceof Num) {
            return number(value);
        }
        throw wrongType(mayBeBool ? (mayBeNumber ? "boolean/number" : "boolean") : "number", key);
    }

    private static void sizes(JsonSchema schema, Obj object) {
        for (String of : List.of("Length", "Properties", "Items")) {
            size(schema, object, "min" + of);
            size(schema, object, "max" + of);
            Integer least = schema.sizes.get("min" + of);
            Integer most = schema.sizes.get("max" + of);
            if (least != null && most != null && least > most && !of.equals("Items")) {
                throw BuiltinException.failed("min" + of + " cannot be greater than max" + of);
            }
        }
    }

    private static void size(JsonSchema schema, Obj object, String key) {
        Value value = object.get(key);
        if (value == null) {
            return;
        }
        BigInteger whole = value instanceof Num number && number.toString().matches("-?\\d+")
                ? number.asInteger().orElse(null)
                : null;
        if (whole == null || whole.bitLength() > 63) {
            throw mustBe(key, "an", "integer");
        }
        if (whole.signum() < 0) {
            throw BuiltinException.failed(key + " must be greater than or equal to 0");
        }
        schema.sizes.put(key, whole.bitLength() < 32 ? whole.intValue() : Integer.MAX_VALUE);
    }

    private void forStrings(JsonSchema schema, Obj object) {
        String pattern = text(object, "pattern");
        if (pattern != null && patterns) {
            schema.pattern = regex(pattern, "pattern must be a valid regex");
        }
        String format = text(object, "format");
        schema.format = format == null ? "" : format;
    }

    private static void values(JsonSchema schema, Obj object) {
        Value constant = schema.draft >= 6 ? object.get("const") : null;
        schema.constant = constant;
        if (object.get("enum") != null) {
            List<Value> members = new ArrayList<>();
            for (Value member : list(object, "enum")) {
                if (members.contains(member)) {
                    throw BuiltinException.failed("enum items must be unique");
                }
                members.add(member);
            }
            schema.members = members;
        }
    }

    private void combinations(JsonSchema schema, Obj object) {
        list(object, "oneOf").forEach(one -> schema.oneOf.add(schema(one, schema.draft)));
        list(object, "anyOf").forEach(one -> schema.anyOf.add(schema(one, schema.draft)));
        list(object, "allOf").forEach(one -> schema.allOf.add(schema(one, schema.draft)));
        one(schema, object, "not", made -> schema.not = made);
        if (schema.draft >= 7) {
            one(schema, object, "if", made -> schema.condition = made);
            one(schema, object, "then", made -> schema.then = made);
            one(schema, object, "else", made -> schema.otherwise = made);
        }
    }

    private void one(JsonSchema schema, Obj object, String key, Consumer<JsonSchema> put) {
        Value value = object.get(key);
        if (value == null) {
            return;
        }
        if (!isSchema(value)) {
            throw mustBe(key, "an", "object");
        }
        put.accept(schema(value, schema.draft));
    }
}

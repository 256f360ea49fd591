package dev.hufu.rego.builtin;

import com.google.re2j.Pattern;
import dev.hufu.rego.Arr;
import dev.hufu.rego.Bool;
import dev.hufu.rego.Null;
import dev.hufu.rego.Num;
import dev.hufu.rego.Obj;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.SetValue;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Judges a document by a schema and says what is wrong in gojsonschema's words. Of several alternatives that fail, the
 * errors of the one that got furthest are told; how far is its score.
 */
final class JsonSchemaCheck {
    private static final int MAX_DEPTH = 500;

    private final Context context;
    private final List<Value> errors = new ArrayList<>();
    private final int depth;
    private int score;

    private JsonSchemaCheck(Context context, int depth) {
        this.context = context;
        this.depth = depth;
    }

    /** Errors, none where the document is as the schema wants. */
    static List<Value> errors(Context context, JsonSchema schema, Value document) {
        JsonSchemaCheck check = new JsonSchemaCheck(context, 0);
        check.check(schema, document, "(Root)");
        return check.errors;
    }

    private JsonSchemaCheck inner(JsonSchema schema, Value node, String place) {
        if (depth > MAX_DEPTH) {
            throw BuiltinException.failed("schema nested deeper than " + MAX_DEPTH);
        }
        JsonSchemaCheck inner = new JsonSchemaCheck(context, depth + 1);
        inner.check(schema, node, place);
        return inner;
    }

    private boolean holds() {
        return errors.isEmpty();
    }

    private void add(String type, String place, String description) {
        context.reserve(4);
        String field = place.startsWith("(Root).") ? place.substring("(Root).".length()) : place;
        String text = description.replace("{{field}}", field);
        errors.add(new ObjBuilder()
                .put("error", new Str(field + ": " + text))
                .put("type", new Str(type))
                .put("field", new Str(field))
                .put("desc", new Str(text))
                .build());
        score -= 2;
    }

    private void merge(JsonSchemaCheck other) {
        errors.addAll(other.errors);
        score += other.score;
    }

    private void check(JsonSchema schema, Value node, String place) {
        context.work(1);
        if (schema.pass != null) {
            if (!schema.pass) {
                add("false", place, "False always fails validation");
            }
            return;
        }
        JsonSchema reference = schema.reference;
        if (reference != null) {
            merge(inner(reference, node, place));
            return;
        }
        if (!schema.types.isEmpty() && !hasType(schema, node)) {
            String expected =
                    schema.types.size() == 1 ? schema.types.getFirst() : "[" + String.join(",", schema.types) + "]";
            add("invalid_type", place, "Invalid type. Expected: " + expected + ", given: " + type(node));
            return;
        }
        combinations(schema, node, place);
        switch (node) {
            case Arr array -> {
                array(schema, array, place);
                common(schema, node, place);
            }
            case Obj object -> {
                object(schema, object, place);
                common(schema, node, place);
                schema.properties.forEach((name, property) -> {
                    Value member = object.get(name);
                    if (member != null) {
                        merge(inner(property, member, place + "." + name));
                    }
                });
            }
            case Num number -> {
                number(schema, number, place);
                common(schema, node, place);
            }
            case Str text -> {
                common(schema, node, place);
                string(schema, text.value(), place);
            }
            case Null _, Bool _, SetValue _ -> common(schema, node, place);
        }
        score++;
    }

    private static String type(Value node) {
        return switch (node) {
            case Null _ -> "null";
            case Bool _ -> "boolean";
            case Num number -> number.asInteger().isPresent() ? "integer" : "number";
            case Str _ -> "string";
            case Arr _, SetValue _ -> "array";
            case Obj _ -> "object";
        };
    }

    private static boolean hasType(JsonSchema schema, Value node) {
        return schema.types.contains(type(node)) || (node instanceof Num && schema.types.contains("number"));
    }

    private void combinations(JsonSchema schema, Value node, String place) {
        if (!schema.anyOf.isEmpty()) {
            alternatives(schema.anyOf, node, place, false);
        }
        if (!schema.oneOf.isEmpty()) {
            alternatives(schema.oneOf, node, place, true);
        }
        long held = 0;
        for (JsonSchema each : schema.allOf) {
            JsonSchemaCheck inner = inner(each, node, place);
            held += inner.holds() ? 1 : 0;
            merge(inner);
        }
        if (held != schema.allOf.size()) {
            add("number_all_of", place, "Must validate all the schemas (allOf)");
        }
        if (schema.not != null && inner(schema.not, node, place).holds()) {
            add("number_not", place, "Must not validate the schema (not)");
        }
        if (node instanceof Obj object) {
            dependencies(schema, object, place);
        }
        if (schema.condition != null) {
            boolean holds = inner(schema.condition, node, place).holds();
            branch(holds ? schema.then : schema.otherwise, holds, node, place);
        }
        score++;
    }

    private void branch(@Nullable JsonSchema branch, boolean condition, Value node, String place) {
        if (branch == null) {
            return;
        }
        JsonSchemaCheck inner = inner(branch, node, place);
        if (!inner.holds()) {
            add(
                    condition ? "condition_then" : "condition_else",
                    place,
                    condition
                            ? "Must validate \"then\" as \"if\" was valid"
                            : "Must validate \"else\" as \"if\" was not valid");
            merge(inner);
        }
    }

    private void alternatives(List<JsonSchema> each, Value node, String place, boolean exactlyOne) {
        int held = 0;
        JsonSchemaCheck best = null;
        for (JsonSchema one : each) {
            if (held > 0 && !exactlyOne) {
                break;
            }
            JsonSchemaCheck inner = inner(one, node, place);
            if (inner.holds()) {
                held++;
            } else if (held == 0 && (best == null || inner.score > best.score)) {
                best = inner;
            }
        }
        if (exactlyOne ? held == 1 : held > 0) {
            return;
        }
        add(
                exactlyOne ? "number_one_of" : "number_any_of",
                place,
                exactlyOne
                        ? "Must validate one and only one schema (oneOf)"
                        : "Must validate at least one schema (anyOf)");
        if (held == 0 && best != null) {
            merge(best);
        }
    }

    private void dependencies(JsonSchema schema, Obj object, String place) {
        object.forEach((key, _) -> {
            String name = Comparisons.text(key);
            for (String needed : schema.dependentKeys.getOrDefault(name, List.of())) {
                if (object.get(needed) == null) {
                    add("missing_dependency", place, "Has a dependency on " + needed);
                }
            }
            JsonSchema dependent = schema.dependentSchemas.get(name);
            if (dependent != null) {
                merge(inner(dependent, object, place));
            }
        });
    }

    private void common(JsonSchema schema, Value node, String place) {
        Value constant = schema.constant;
        if (constant != null && !constant.equals(node)) {
            add(
                    "const",
                    place,
                    "{{field}} does not match: " + canonical(constant).toEscapedJson());
        }
        List<Value> members = schema.members;
        context.spend(members == null ? 0 : members.size());
        if (members != null && !members.contains(node)) {
            String allowed = members.stream()
                    .map(member -> canonical(member).toEscapedJson())
                    .collect(Collectors.joining(", "));
            add("enum", place, "{{field}} must be one of the following: " + allowed);
        }
        if (!schema.format.isEmpty() && node instanceof Str text && !JsonFormats.holds(schema.format, text.value())) {
            add("format", place, "Does not match format '" + schema.format + "'");
        }
        score++;
    }

    /** Numbers as Go's encoder writes floating-point numbers. */
    private static Value canonical(Value value) {
        return switch (value) {
            case Num number -> {
                BigDecimal exact = BigDecimal.valueOf(number.asDouble()).stripTrailingZeros();
                double size = Math.abs(number.asDouble());
                boolean plain = size == 0 || (size >= 1e-6 && size < 1e21);
                yield Num.of(exact, plain ? exact.toPlainString() : TemplateFunctions.show(number.asDouble()));
            }
            case Arr array ->
                Arr.of(array.asList().stream().map(JsonSchemaCheck::canonical).toList());
            case Obj object -> {
                ObjBuilder members = new ObjBuilder();
                object.forEach((key, member) -> members.put(key, canonical(member)));
                yield members.build();
            }
            case Null _, Bool _, Str _, SetValue _ -> value;
        };
    }

    private void bounds(JsonSchema schema, String of, int size, String place) {
        Integer least = schema.sizes.get("min" + of);
        Integer most = schema.sizes.get("max" + of);
        String what = of.toLowerCase(java.util.Locale.ROOT);
        String subject = of.equals("Items") ? "Array must" : "Must";
        if (least != null && size < least) {
            if (of.equals("Length")) {
                add("string_gte", place, "String length must be greater than or equal to " + least);
            } else {
                add("array_min_" + what, place, subject + " have at least " + least + " " + what);
            }
        }
        if (most != null && size > most) {
            if (of.equals("Length")) {
                add("string_lte", place, "String length must be less than or equal to " + most);
            } else {
                add("array_max_" + what, place, subject + " have at most " + most + " " + what);
            }
        }
    }

    private void array(JsonSchema schema, Arr array, String place) {
        for (int i = 0; i < array.size(); i++) {
            String at = place + "." + i;
            JsonSchema rest = schema.items.isEmpty() ? null : schema.additionalItems;
            if (schema.oneForAllItems) {
                merge(inner(schema.items.getFirst(), array.at(i), at));
            } else if (i < schema.items.size()) {
                merge(inner(schema.items.get(i), array.at(i), at));
            } else if (rest != null && rest.pass != null) {
                if (!rest.pass) {
                    add("array_no_additional_items", place, "No additional items allowed on array");
                }
                break;
            } else if (rest != null) {
                merge(inner(rest, array.at(i), at));
            }
        }
        bounds(schema, "Items", array.size(), place);
        if (schema.uniqueItems) {
            Map<Value, Integer> seen = new HashMap<>();
            for (int j = 0; j < array.size(); j++) {
                Integer i = seen.put(array.at(j), j);
                if (i != null) {
                    add("unique", place, "array items[" + i + "," + j + "] must be unique");
                }
            }
        }
        if (schema.contains != null) {
            contains(schema.contains, array, place);
        }
        score++;
    }

    private void contains(JsonSchema wanted, Arr array, String place) {
        JsonSchemaCheck best = null;
        for (int i = 0; i < array.size(); i++) {
            JsonSchemaCheck inner = inner(wanted, array.at(i), place + "." + i);
            if (inner.holds()) {
                return;
            }
            best = best == null || inner.score > best.score ? inner : best;
        }
        add("contains", place, "At least one of the items must match");
        if (best != null) {
            merge(best);
        }
    }

    private void object(JsonSchema schema, Obj object, String place) {
        bounds(schema, "Properties", object.size(), place);
        for (String name : schema.required) {
            if (object.get(name) == null) {
                add("required", place, name + " is required");
            } else {
                score++;
            }
        }
        object.forEach((key, member) -> property(schema, Comparisons.text(key), member, place));
        JsonSchema names = schema.propertyNames;
        if (names != null) {
            object.forEach((key, _) -> {
                JsonSchemaCheck inner = inner(names, key, place);
                if (!inner.holds()) {
                    String name = Comparisons.text(key);
                    add("invalid_property_name", place, "Property name of \"" + name + "\" does not match");
                    merge(inner);
                }
            });
        }
        score++;
    }

    private void property(JsonSchema schema, String name, Value member, String place) {
        boolean described = false;
        for (Map.Entry<String, JsonSchema> each : schema.patternProperties.entrySet()) {
            if (Regexes.matcher(context, Regexes.compile(each.getKey()), name).find()) {
                merge(inner(each.getValue(), member, place + "." + name));
                described = true;
            }
        }
        score += described ? 1 : 0;
        JsonSchema rest = schema.additionalProperties;
        if (described || schema.properties.containsKey(name) || rest == null) {
            return;
        }
        if (rest.pass == null) {
            merge(inner(rest, member, place + "." + name));
        } else if (!rest.pass) {
            add("additional_property_not_allowed", place, "Additional property " + name + " is not allowed");
        }
    }

    private void string(JsonSchema schema, String text, String place) {
        bounds(schema, "Length", text.codePointCount(0, text.length()), place);
        Pattern pattern = schema.pattern;
        if (pattern != null) {
            if (!Regexes.matcher(context, pattern, text).find()) {
                add("pattern", place, "Does not match pattern '" + pattern.pattern() + "'");
            }
        }
        score++;
    }

    private void number(JsonSchema schema, Num number, String place) {
        BigDecimal value = number.asDecimal();
        BigDecimal multiple = schema.multipleOf;
        context.spend(number.weight());
        if (multiple != null && value.remainder(multiple).signum() != 0) {
            add("multiple_of", place, "Must be a multiple of " + shown(multiple));
        }
        if (schema.maximum != null && value.compareTo(schema.maximum) > 0) {
            add("number_lte", place, "Must be less than or equal to " + shown(schema.maximum));
        }
        if (schema.exclusiveMaximum != null && value.compareTo(schema.exclusiveMaximum) >= 0) {
            add("number_lt", place, "Must be less than " + shown(schema.exclusiveMaximum));
        }
        if (schema.minimum != null && value.compareTo(schema.minimum) < 0) {
            add("number_gte", place, "Must be greater than or equal to " + shown(schema.minimum));
        }
        if (schema.exclusiveMinimum != null && value.compareTo(schema.exclusiveMinimum) <= 0) {
            add("number_gt", place, "Must be greater than " + shown(schema.exclusiveMinimum));
        }
        score++;
    }

    private static String shown(BigDecimal bound) {
        BigDecimal plain = bound.stripTrailingZeros();
        int exponent = plain.precision() - plain.scale() - 1;
        return plain.signum() == 0 || (exponent >= -4 && exponent < 21)
                ? plain.toPlainString()
                : TemplateFunctions.show(plain.doubleValue());
    }
}

package dev.hufu.rego.builtin;

import dev.hufu.rego.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A schema (JSON Schema, drafts 4, 6 and 7), as {@link JsonSchemaParser} leaves it: a graph, which references may close.
 * Written by the parser only.
 */
final class JsonSchema {
    /** What holds for both kinds of draft where a schema names none. */
    static final int HYBRID = Integer.MAX_VALUE;

    int draft;
    /** Of {@code true} and {@code false}; null for a schema that says more. */
    @Nullable
    Boolean pass;

    @Nullable
    JsonSchema reference;

    final List<String> types = new ArrayList<>();
    final Map<String, JsonSchema> properties = new TreeMap<>();
    final Map<String, JsonSchema> patternProperties = new TreeMap<>();
    final Map<String, JsonSchema> dependentSchemas = new TreeMap<>();
    final Map<String, List<String>> dependentKeys = new TreeMap<>();

    @Nullable
    JsonSchema additionalProperties;

    @Nullable
    JsonSchema propertyNames;

    /** For every item, or where {@code items} is a list, one for each place. */
    final List<JsonSchema> items = new ArrayList<>();

    boolean oneForAllItems;

    @Nullable
    JsonSchema additionalItems;

    @Nullable
    JsonSchema contains;

    final List<JsonSchema> oneOf = new ArrayList<>();
    final List<JsonSchema> anyOf = new ArrayList<>();
    final List<JsonSchema> allOf = new ArrayList<>();

    @Nullable
    JsonSchema not;

    @Nullable
    JsonSchema condition;

    @Nullable
    JsonSchema then;

    @Nullable
    JsonSchema otherwise;

    @Nullable
    BigDecimal multipleOf;

    @Nullable
    BigDecimal minimum;

    @Nullable
    BigDecimal exclusiveMinimum;

    @Nullable
    BigDecimal maximum;

    @Nullable
    BigDecimal exclusiveMaximum;

    /** By keyword: {@code minLength}, {@code maxItems}, …. */
    final Map<String, Integer> sizes = new TreeMap<>();

    com.google.re2j.@Nullable Pattern pattern;

    String format = "";
    final List<String> required = new ArrayList<>();
    boolean uniqueItems;

    @Nullable
    Value constant;

    /** Null where the keyword is absent; an empty list admits nothing. */
    @Nullable
    List<Value> members;

    JsonSchema(int draft) {
        this.draft = draft;
    }
}

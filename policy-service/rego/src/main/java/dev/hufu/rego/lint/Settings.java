package dev.hufu.rego.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A rule's own settings; what is missing or of another type has the default that the rule gives. */
record Settings(Map<String, JsonNode> values) {
    Settings {
        values = Map.copyOf(values);
    }

    int number(String name, int otherwise) {
        JsonNode value = values.get(name);
        return value == null ? otherwise : value.asInt(otherwise);
    }

    boolean flag(String name, boolean otherwise) {
        JsonNode value = values.get(name);
        return value == null ? otherwise : value.asBoolean(otherwise);
    }

    String text(String name, String otherwise) {
        JsonNode value = values.get(name);
        return value == null ? otherwise : value.asString(otherwise);
    }

    /** The elements of a list, none where it is missing. */
    List<JsonNode> nodes(String name) {
        List<JsonNode> nodes = new ArrayList<>();
        JsonNode value = values.get(name);
        if (value != null && value.isArray()) {
            value.forEach(nodes::add);
        }
        return nodes;
    }

    List<String> texts(String name, List<String> otherwise) {
        JsonNode value = values.get(name);
        if (value == null || !value.isArray()) {
            return otherwise;
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode one : value) {
            texts.add(one.asString(""));
        }
        return texts;
    }
}

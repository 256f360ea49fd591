package dev.hufu.service.registers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * A YAML file as a tree that knows where each value stands. Reading is strict: one document, no aliases, no key twice, bounded
 * depth and size.
 */
sealed interface Yaml {
    /** Largest file, in characters. */
    int MAX_LENGTH = 4 << 20;

    int MAX_DEPTH = 24;

    /** Where a value starts; both count from 1. */
    record Place(int line, int column) {}

    Place place();

    JsonNode toJson();

    record Mapping(Map<String, Yaml> members, Map<String, Place> keys, Place place) implements Yaml {
        @Override
        public JsonNode toJson() {
            var out = JsonNodeFactory.instance.objectNode();
            members.forEach((key, value) -> out.set(key, value.toJson()));
            return out;
        }
    }

    record Sequence(List<Yaml> items, Place place) implements Yaml {
        @Override
        public JsonNode toJson() {
            var out = JsonNodeFactory.instance.arrayNode();
            items.forEach(item -> out.add(item.toJson()));
            return out;
        }
    }

    record Scalar(JsonNode value, Place place) implements Yaml {
        @Override
        public JsonNode toJson() {
            return value;
        }
    }

    /** @throws RegisterException naming file, line and column */
    static Yaml read(String file, String text) {
        if (text.length() > MAX_LENGTH) {
            throw new RegisterException(List.of(new RegisterException.Problem(
                    file, 1, 1, "the file is longer than " + MAX_LENGTH + " characters")));
        }
        try (YAMLParser parser = (YAMLParser) new YAMLFactory().createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == null) {
                throw problem(file, new Place(1, 1), "the file is empty");
            }
            Yaml tree = value(file, parser, 0);
            if (parser.nextToken() != null) {
                throw problem(file, place(parser), "one document a file");
            }
            return tree;
        } catch (JacksonException malformed) {
            TokenStreamLocation at = malformed.getLocation();
            Place place = at == null
                    ? new Place(1, 1)
                    : new Place(Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()));
            throw problem(file, place, "no YAML: " + firstLine(malformed.getOriginalMessage()));
        }
    }

    private static Yaml value(String file, YAMLParser parser, int depth) {
        Place place = place(parser);
        if (depth > MAX_DEPTH) {
            throw problem(file, place, "nested deeper than " + MAX_DEPTH);
        }
        if (parser.isCurrentAlias()) {
            throw problem(file, place, "aliases are not read; repeat the value");
        }
        JsonToken token = parser.currentToken();
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (token) {
            case START_OBJECT -> mapping(file, parser, depth, place);
            case START_ARRAY -> {
                List<Yaml> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(file, parser, depth + 1));
                }
                yield new Sequence(List.copyOf(items), place);
            }
            case VALUE_STRING -> new Scalar(nodes.stringNode(parser.getString()), place);
            case VALUE_NUMBER_INT -> new Scalar(nodes.numberNode(parser.getLongValue()), place);
            case VALUE_NUMBER_FLOAT -> new Scalar(nodes.numberNode(parser.getDoubleValue()), place);
            case VALUE_TRUE, VALUE_FALSE -> new Scalar(nodes.booleanNode(token == JsonToken.VALUE_TRUE), place);
            case VALUE_NULL -> new Scalar(nodes.nullNode(), place);
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
                throw problem(file, place, "unexpected " + token);
        };
    }

    private static Mapping mapping(String file, YAMLParser parser, int depth, Place place) {
        Map<String, Yaml> members = new LinkedHashMap<>();
        Map<String, Place> keys = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            Place at = place(parser);
            parser.nextToken();
            if (members.put(key, value(file, parser, depth + 1)) != null) {
                throw problem(file, at, "the key " + key + " stands twice");
            }
            keys.put(key, at);
        }
        return new Mapping(members, keys, place);
    }

    private static Place place(YAMLParser parser) {
        TokenStreamLocation at = parser.currentTokenLocation();
        return new Place(Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()));
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end).strip();
    }

    private static RegisterException problem(String file, Place place, String message) {
        return new RegisterException(
                List.of(new RegisterException.Problem(file, place.line(), place.column(), message)));
    }
}

package dev.hufu.rego;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** JSON to values and back, streaming, with numbers as they were written. Nesting is bounded. */
final class Json {
    private static final int MAX_DEPTH = 1000;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(10_000)
                    .build())
            .build();
    private static final JsonMapper MAPPER = JsonMapper.builder(FACTORY).build();

    static final LongConsumer UNCOUNTED = _ -> {};

    private static final int MOST_TEXTS = 8_192;
    private static final int LONGEST_KEPT = 64;

    private final Layouts layouts = new Layouts();
    /** Texts met before, by hash: in most documents the same few thousand return again and again. */
    private final @Nullable Str[] texts;

    /** @param size of the document, about, in characters */
    private Json(int size) {
        texts = new Str[Math.clamp(Integer.highestOneBit(size | 1) / 64, 16, MOST_TEXTS)];
    }

    /** Throws IllegalArgumentException on malformed text. */
    static Value read(String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            return new Json(text.length()).read(parser);
        } catch (JacksonException malformed) {
            throw malformed(malformed);
        }
    }

    /** As above, of UTF-8 (or UTF-16 and UTF-32 by their first bytes); the stream is closed. */
    static Value read(InputStream bytes) throws IOException {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
            return new Json(Integer.MAX_VALUE).read(parser);
        } catch (JacksonIOException unread) {
            throw unread.getCause();
        } catch (JacksonException malformed) {
            throw malformed(malformed);
        }
    }

    /** As above, of text. */
    static Value read(Reader text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            return new Json(Integer.MAX_VALUE).read(parser);
        } catch (JacksonException malformed) {
            throw malformed(malformed);
        }
    }

    private static IllegalArgumentException malformed(JacksonException cause) {
        return new IllegalArgumentException("malformed JSON: " + cause.getOriginalMessage(), cause);
    }

    private Value read(JsonParser parser) {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new IllegalArgumentException("unexpected end of JSON input");
        }
        Value value = read(parser, first);
        if (parser.nextToken() != null) {
            throw new IllegalArgumentException("unexpected content after the JSON value");
        }
        return value;
    }

    private Str text(String text) {
        if (text.length() > LONGEST_KEPT) {
            return new Str(text);
        }
        int hash = text.hashCode();
        int at = (hash ^ (hash >>> 16)) & (texts.length - 1);
        Str known = texts[at];
        if (known == null || !known.value().equals(text)) {
            known = new Str(text);
            texts[at] = known;
        }
        return known;
    }

    private Value read(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> {
                Members members = new Members();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    Value key = text(parser.currentName());
                    members.add(key, read(parser, parser.nextToken()));
                }
                yield members.build(layouts);
            }
            case START_ARRAY -> {
                List<Value> items = new ArrayList<>();
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    items.add(read(parser, next));
                }
                yield Arr.of(items);
            }
            case VALUE_STRING -> text(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Num.parse(parser.getString());
            case VALUE_TRUE -> Bool.TRUE;
            case VALUE_FALSE -> Bool.FALSE;
            case VALUE_NULL -> Null.NULL;
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalArgumentException("unexpected JSON token " + token);
        };
    }

    static Value fromNode(JsonNode node) {
        return new Json(0).read(node);
    }

    private Value read(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                Members members = new Members();
                node.properties().forEach(entry -> members.add(new Str(entry.getKey()), read(entry.getValue())));
                yield members.build(layouts);
            }
            case ARRAY -> {
                List<Value> items = new ArrayList<>();
                node.forEach(item -> items.add(read(item)));
                yield Arr.of(items);
            }
            case STRING -> new Str(node.stringValue());
            case NUMBER -> node.isIntegralNumber() ? Num.of(node.bigIntegerValue()) : Num.parse(node.asString());
            case BOOLEAN -> Value.of(node.booleanValue());
            case NULL -> Null.NULL;
            case MISSING, BINARY, POJO -> throw new IllegalArgumentException("no JSON value: " + node.getNodeType());
        };
    }

    static JsonNode toNode(Value value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (value) {
            case Null _ -> nodes.nullNode();
            case Bool bool -> nodes.booleanNode(bool.value());
            case Num num when num.isLong() -> nodes.numberNode(num.asLong());
            case Num num -> nodes.numberNode(num.asDecimal());
            case Str text -> nodes.stringNode(text.value());
            case Arr items -> MAPPER.createArrayNode().addAll(toNodes(items));
            case SetValue set -> MAPPER.createArrayNode().addAll(toNodes(set));
            case Obj object -> {
                var result = MAPPER.createObjectNode();
                withTextKeys(object).forEach((key, member) -> result.set(keyText(key), toNode(member)));
                yield result;
            }
        };
    }

    private static List<JsonNode> toNodes(Iterable<Value> items) {
        List<JsonNode> nodes = new ArrayList<>();
        items.forEach(item -> nodes.add(toNode(item)));
        return nodes;
    }

    /** As OPA prints it: in the order of what keys are written as, so that 10 stands before 9. */
    private static Obj withTextKeys(Obj object) {
        // of keys in order texts stand together: none is another where the first and the last are texts
        int last = object.size() - 1;
        if (last < 1 || (object.keyAt(0) instanceof Str && object.keyAt(last) instanceof Str)) {
            return object;
        }
        ObjBuilder texts = new ObjBuilder();
        object.forEach((key, value) -> texts.put(keyText(key), value));
        return texts.build();
    }

    private static String keyText(Value key) {
        return key instanceof Str text ? text.value() : write(key, true, UNCOUNTED);
    }

    /** @param written is told how many characters an element took */
    static String write(Value value, boolean forHtml, LongConsumer written) {
        StringBuilder out = new StringBuilder();
        write(out, value, forHtml, written);
        return out.toString();
    }

    private static void write(StringBuilder out, Value value, boolean forHtml, LongConsumer written) {
        switch (value) {
            case Null _, Bool _, Num _ -> out.append(value);
            case Str text -> Text.quote(out, text.value(), forHtml);
            case Arr items -> writeAll(out, items, forHtml, written);
            case SetValue set -> writeAll(out, set, forHtml, written);
            case Obj object -> {
                Obj texts = withTextKeys(object);
                out.append('{');
                for (int i = 0; i < texts.size(); i++) {
                    out.append(i == 0 ? "" : ",");
                    Text.quote(out, keyText(texts.keyAt(i)), forHtml);
                    out.append(':');
                    part(out, texts.valueAt(i), forHtml, written);
                }
                out.append('}');
            }
        }
    }

    /** What is inside a collection told of itself. */
    private static void part(StringBuilder out, Value value, boolean forHtml, LongConsumer written) {
        int before = out.length();
        write(out, value, forHtml, written);
        written.accept(value.isScalar() ? out.length() - before : 1);
    }

    private static void writeAll(StringBuilder out, Iterable<Value> items, boolean forHtml, LongConsumer written) {
        out.append('[');
        String separator = "";
        for (Value item : items) {
            out.append(separator);
            part(out, item, forHtml, written);
            separator = ",";
        }
        out.append(']');
    }
}

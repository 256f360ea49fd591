package dev.hufu.auditlog.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Canonical JSON (RFC 8785): members in the order of their names' UTF-16 code units, no white space, numbers as
 * ECMAScript writes doubles, strings with the fewest escapes, UTF-8. Thread-safe.
 */
public final class CanonicalJson {
    /** Deepest nesting that is read or written. */
    public static final int MAX_DEPTH = 64;

    /** The largest whole number that a double holds with all its neighbours, 2^53 - 1. */
    private static final long MAX_SAFE = (1L << 53) - 1;

    private static final String HEX = "0123456789abcdef";

    private static final JsonMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private CanonicalJson() {}

    /**
     * The canonical bytes of {@code value}.
     *
     * @throws IllegalArgumentException for what RFC 8785 cannot write: a whole number beyond ±(2^53 - 1), which readers
     *     would round, a lone surrogate, binary or deeper nesting than {@link #MAX_DEPTH}
     */
    public static byte[] bytes(JsonNode value) {
        return utf8(text(value));
    }

    /** {@link #bytes} as text. */
    public static String text(JsonNode value) {
        StringBuilder out = new StringBuilder(256);
        write(value, out, 0);
        return out.toString();
    }

    /**
     * Reads {@code json} and accepts it only if it is canonical: what would be written in other bytes is refused.
     *
     * @throws NotCanonicalException naming the first byte that is not as it must be
     */
    public static JsonNode parse(byte[] json) throws NotCanonicalException {
        JsonNode value;
        byte[] again;
        try {
            value = STRICT.readTree(json);
            again = bytes(value);
        } catch (JacksonException e) {
            var at = e.getLocation();
            throw new NotCanonicalException(
                    "not JSON" + (at == null ? "" : " at byte " + Math.max(0, at.getByteOffset())));
        } catch (IllegalArgumentException e) {
            throw new NotCanonicalException("not canonical JSON: " + e.getMessage());
        }
        int difference = Arrays.mismatch(json, again);
        if (difference >= 0) {
            throw new NotCanonicalException("not canonical JSON (RFC 8785): byte " + difference
                    + (difference >= again.length ? " follows the end of the value" : " would be written differently"));
        }
        return value;
    }

    /** Says that bytes are not canonical JSON, and where. */
    public static final class NotCanonicalException extends Exception {
        private static final long serialVersionUID = 1;

        NotCanonicalException(String message) {
            super(message);
        }
    }

    private static void write(JsonNode value, StringBuilder out, int depth) {
        if (depth >= MAX_DEPTH) {
            throw new IllegalArgumentException("nested deeper than " + MAX_DEPTH);
        }
        switch (value.getNodeType()) {
            case OBJECT -> writeObject(value, out, depth);
            case ARRAY -> {
                out.append('[');
                Iterator<JsonNode> elements = value.iterator();
                while (elements.hasNext()) {
                    write(elements.next(), out, depth + 1);
                    if (elements.hasNext()) {
                        out.append(',');
                    }
                }
                out.append(']');
            }
            case STRING -> writeString(value.stringValue(), out);
            case NUMBER -> writeNumber(value, out);
            case BOOLEAN -> out.append(value.booleanValue());
            case NULL -> out.append("null");
            case BINARY, POJO, MISSING ->
                throw new IllegalArgumentException("JSON has no form for " + value.getNodeType());
        }
    }

    private static void writeObject(JsonNode object, StringBuilder out, int depth) {
        // String's natural order is that of UTF-16 code units, as section 3.2.3 wants it.
        List<String> names = object.propertyNames().stream().sorted().toList();
        out.append('{');
        boolean first = true;
        for (String name : names) {
            if (!first) {
                out.append(',');
            }
            first = false;
            writeString(name, out);
            out.append(':');
            write(object.required(name), out, depth + 1);
        }
        out.append('}');
    }

    private static void writeNumber(JsonNode number, StringBuilder out) {
        if (number.isIntegralNumber()) {
            if (!number.canConvertToLong() || Math.abs(number.longValue()) > MAX_SAFE) {
                throw new IllegalArgumentException("whole numbers beyond 2^53 - 1 are not exact in JSON");
            }
            out.append(number.longValue());
        } else {
            NumberForm.write(number.asDouble(), out);
        }
    }

    private static void writeString(String text, StringBuilder out) {
        out.append('"');
        int plainFrom = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c != '"' && c != '\\') {
                continue;
            }
            out.append(text, plainFrom, i);
            plainFrom = i + 1;
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        out.append(text, plainFrom, text.length()).append('"');
    }

    private static byte[] utf8(String text) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8
                    .newEncoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .encode(CharBuffer.wrap(text.toCharArray())); // over an array, several times as fast as over text
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a lone surrogate is no character", e);
        }
    }
}

package dev.hufu.rego.builtin;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Bool;
import dev.hufu.rego.Obj;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.SetValue;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.io.Reader;
import java.io.StringReader;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Base64, hex, URL queries, YAML, and JSON with a layout. */
public final class Encodings {
    private Encodings() {}

    static void register(Registry registry) {
        encoder(registry, "base64.encode", Base64.getEncoder());
        encoder(registry, "base64url.encode", Base64.getUrlEncoder());
        encoder(registry, "base64url.encode_no_pad", Base64.getUrlEncoder().withoutPadding());
        registry.unary("base64.decode", (_, a) -> text(base64(Operands.string(1, a))));
        registry.unary("base64.is_valid", (_, a) -> Value.of(a instanceof Str text && isBase64(text.value())));
        registry.unary("base64url.decode", (_, a) -> text(base64Url(Operands.string(1, a))));
        registry.unary("hex.encode", (_, a) -> new Str(HexFormat.of().formatHex(bytes(Operands.string(1, a)))));
        registry.unary("hex.decode", (_, a) -> text(hex(Operands.string(1, a))));
        registry.unary("urlquery.encode", (_, a) -> new Str(urlEncode(Operands.string(1, a))));
        registry.unary("urlquery.decode", (_, a) -> new Str(urlDecode(Operands.string(1, a))));
        registry.unary("urlquery.encode_object", (_, a) -> encodeObject(Operands.object(1, a)));
        registry.unary("urlquery.decode_object", (_, a) -> decodeObject(Operands.string(1, a)));
        registry.unary("yaml.marshal", (context, a) -> {
            context.room(a.weight());
            return new Str(YamlWriter.write(context, a));
        });
        registry.unary("yaml.unmarshal", (context, a) -> {
            context.reserve(Operands.string(1, a).length());
            return yaml(new PacedReader(context, Operands.string(1, a)));
        });
        registry.unary("yaml.is_valid", (context, a) -> Value.of(isYaml(context, a)));
        registry.binary("json.marshal_with_options", (context, a, b) -> marshal(context, a, Operands.object(2, b)));
    }

    private static void encoder(Registry registry, String name, Base64.Encoder encoder) {
        registry.unary(name, (context, a) -> {
            context.room(Operands.string(1, a).length() * 2L);
            return new Str(encoder.encodeToString(bytes(Operands.string(1, a))));
        });
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Str text(byte[] bytes) {
        return new Str(new String(bytes, StandardCharsets.UTF_8));
    }

    static byte[] base64(String text) {
        String joined = text.replace("\n", "").replace("\r", "");
        try {
            if (joined.length() % 4 != 0) {
                throw new IllegalArgumentException("not padded");
            }
            return Base64.getDecoder().decode(joined);
        } catch (IllegalArgumentException malformed) {
            throw BuiltinException.failed("illegal base64 data at input byte " + firstBad(text, "+/"));
        }
    }

    /** Padded or not. */
    static byte[] base64Url(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException malformed) {
            throw BuiltinException.failed("illegal base64 data at input byte " + firstBad(text, "-_"));
        }
    }

    private static int firstBad(String text, String extra) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letter && extra.indexOf(c) < 0) {
                return i;
            }
        }
        return text.length() / 4 * 4;
    }

    static boolean isBase64(String text) {
        try {
            base64(text);
            return true;
        } catch (BuiltinException malformed) {
            return false;
        }
    }

    static byte[] hex(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.digit(c, 16) < 0 || c > 'f') {
                throw BuiltinException.failed("encoding/hex: invalid byte: U+%04X '%c'".formatted((int) c, c));
            }
        }
        if (text.length() % 2 == 1) {
            throw BuiltinException.failed("encoding/hex: odd length hex string");
        }
        return HexFormat.of().parseHex(text);
    }

    private static String urlEncode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String urlDecode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw BuiltinException.failed("invalid URL escape");
        }
    }

    private static Value encodeObject(Obj object) {
        List<String> pairs = new ArrayList<>();
        object.forEach((key, value) -> {
            String name = urlEncode(Operands.string(1, key));
            switch (value) {
                case Str text -> pairs.add(name + "=" + urlEncode(text.value()));
                case Arr _, SetValue _ -> {
                    for (Value one : Operands.elements(1, value)) {
                        pairs.add(name + "=" + urlEncode(Operands.string(1, one)));
                    }
                }
                default -> throw BuiltinException.operandOf(1, "string, array, set", value);
            }
        });
        return new Str(String.join("&", pairs));
    }

    private static Value decodeObject(String query) {
        Map<String, List<Value>> values = new LinkedHashMap<>();
        if (query.indexOf(';') >= 0) {
            throw BuiltinException.failed("invalid semicolon separator in query");
        }
        for (String pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = urlDecode(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : urlDecode(pair.substring(equals + 1));
                values.computeIfAbsent(name, _ -> new ArrayList<>()).add(new Str(value));
            }
        }
        ObjBuilder members = new ObjBuilder();
        values.forEach((name, list) -> members.put(name, Arr.of(list)));
        return members.build();
    }

    /** The first document of a YAML text; throws {@link BuiltinException} where it is malformed. */
    public static Value yaml(String text) {
        return yaml(new StringReader(text));
    }

    private static Value yaml(Reader text) {
        try {
            return Yaml.first(text);
        } catch (MarkedYamlEngineException error) {
            int row = error.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw BuiltinException.failed("yaml: line " + row + ": did not find expected node content");
        } catch (YamlEngineException | IllegalArgumentException malformed) {
            throw BuiltinException.failed("yaml: malformed document: " + malformed.getMessage());
        }
    }

    private static boolean isYaml(Context context, Value value) {
        if (!(value instanceof Str text)) {
            return false;
        }
        try {
            yaml(new PacedReader(context, text.value()));
            return true;
        } catch (BuiltinException malformed) {
            return false;
        }
    }

    private static Value marshal(Context context, Value value, Obj options) {
        String prefix = option(options, "prefix", "");
        String indent = option(options, "indent", "\t");
        options.keys().forEach(key -> {
            if (!List.of("pretty", "prefix", "indent").contains(Comparisons.text(key))) {
                throw BuiltinException.type("operand 2 object contained unknown key " + key);
            }
        });
        Value wanted = options.get("pretty");
        boolean pretty = wanted != null ? wanted.equals(Bool.TRUE) : options.size() > 0;
        context.room(value.weight());
        return new Str(
                pretty ? prefix + layout(context, value, "\n" + prefix, indent) : value.toEscapedJson(context::spend));
    }

    private static String option(Obj options, String name, String otherwise) {
        Value value = options.get(name);
        return value == null ? otherwise : Operands.string(2, value);
    }

    private static String layout(Context context, Value value, String newLine, String indent) {
        List<String> lines = new ArrayList<>();
        String inner = newLine + indent;
        context.reserve(inner.length());
        switch (value) {
            case Arr array -> array.forEach(item -> lines.add(layout(context, item, inner, indent)));
            case SetValue set -> set.forEach(item -> lines.add(layout(context, item, inner, indent)));
            case Obj object ->
                object.forEach((key, item) -> {
                    String name = new Str(key instanceof Str text ? text.value() : key.toEscapedJson()).toEscapedJson();
                    lines.add(name + ": " + layout(context, item, inner, indent));
                });
            default -> {
                return value.toEscapedJson();
            }
        }
        String open = value instanceof Obj ? "{" : "[";
        String close = value instanceof Obj ? "}" : "]";
        return lines.isEmpty() ? open + close : open + inner + String.join("," + inner, lines) + newLine + close;
    }
}

package dev.hufu.rego.builtin;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Bool;
import dev.hufu.rego.Null;
import dev.hufu.rego.Num;
import dev.hufu.rego.Obj;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import dev.hufu.rego.syntax.Printable;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The functions of Go's templates. Values are the documents, where a number is text as Go's {@code json.Number} is, and
 * for what a template itself writes {@code String}, {@code Long}, {@code Double} and {@code Boolean}.
 */
final class TemplateFunctions {
    private static final Set<String> NAMES = Set.of(
            "and",
            "call",
            "eq",
            "ge",
            "gt",
            "html",
            "index",
            "js",
            "le",
            "len",
            "lt",
            "ne",
            "not",
            "or",
            "print",
            "printf",
            "println",
            "slice",
            "urlquery");

    private TemplateFunctions() {}

    static boolean isKnown(String name) {
        return NAMES.contains(name);
    }

    /** What a document is to the functions: text for a string, the template's own boolean for one. */
    static Object plain(Object value) {
        return switch (value) {
            case Str text -> text.value();
            case Bool bool -> bool.value();
            default -> value;
        };
    }

    /** The text of what Go holds as a string, which a document's number is, too; null for anything else. */
    @org.jspecify.annotations.Nullable
    static String asText(Object value) {
        Object plain = plain(value);
        return plain instanceof String text ? text : plain instanceof Num number ? number.toString() : null;
    }

    static boolean isTrue(Object value) {
        return switch (plain(value)) {
            case Boolean bool -> bool;
            case Long number -> number != 0;
            case Double number -> number != 0;
            case Null _ -> false;
            case Arr array -> array.size() > 0;
            case Obj object -> object.size() > 0;
            case Object text -> !text.toString().isEmpty();
        };
    }

    static Object call(Context context, String name, List<Object> args) {
        return switch (name) {
            case "print" -> sprint(args);
            case "println" ->
                String.join(" ", args.stream().map(TemplateFunctions::show).toList()) + "\n";
            case "printf" -> printf(context, args);
            case "html" -> html(text(args));
            case "js" -> js(text(args));
            case "urlquery" ->
                URLEncoder.encode(text(args), StandardCharsets.UTF_8).replace("*", "%2A");
            case "len" -> length(one(name, args));
            case "not" -> !isTrue(one(name, args));
            case "index" -> index(args);
            case "slice" -> slice(args);
            case "eq", "ne", "lt", "le", "gt", "ge" -> compare(name, args);
            default -> throw BuiltinException.failed("error calling " + name + ": no such function");
        };
    }

    private static BuiltinException failed(String name, String why) {
        return BuiltinException.failed("error calling " + name + ": " + why);
    }

    private static Object one(String name, List<Object> args) {
        if (args.size() != 1) {
            throw BuiltinException.failed("wrong number of args for " + name + ": want 1 got " + args.size());
        }
        return args.getFirst();
    }

    /** As {@code fmt.Sprint} joins: a space between two that are no text. */
    private static String sprint(List<Object> args) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < args.size(); i++) {
            boolean apart = i > 0 && asText(args.get(i)) == null && asText(args.get(i - 1)) == null;
            out.append(apart ? " " : "").append(show(args.get(i)));
        }
        return out.toString();
    }

    private static String text(List<Object> args) {
        return sprint(args);
    }

    /** As {@code %v}. */
    static String show(Object value) {
        return switch (plain(value)) {
            case Null _ -> "<nil>";
            case Double number -> real(number);
            case Arr array ->
                "["
                        + String.join(
                                " ",
                                array.asList().stream()
                                        .map(TemplateFunctions::show)
                                        .toList()) + "]";
            case Obj object -> {
                List<String> members = new ArrayList<>();
                object.forEach((key, member) -> members.add(show(key) + ":" + show(member)));
                yield "map[" + String.join(" ", members) + "]";
            }
            case Object other -> other.toString();
        };
    }

    private static String real(double value) {
        BigDecimal exact = BigDecimal.valueOf(value).stripTrailingZeros();
        int exponent = exact.precision() - exact.scale() - 1;
        if (value == 0 || (exponent >= -4 && exponent < 21)) {
            return exact.toPlainString();
        }
        String digits = exact.unscaledValue().abs().toString();
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        String sign = exact.signum() < 0 ? "-" : "";
        return sign + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+")
                + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    private static Object printf(Context context, List<Object> args) {
        if (args.isEmpty() || !(plain(args.getFirst()) instanceof String format)) {
            throw BuiltinException.failed("wrong type for value; expected string");
        }
        List<Value> values = new ArrayList<>();
        List<String> types = new ArrayList<>();
        for (Object arg : args.subList(1, args.size())) {
            switch (plain(arg)) {
                case Long number -> add(values, types, Num.of(number), "int");
                case Double number -> {
                    String text = BigDecimal.valueOf(number).toString();
                    add(values, types, Num.of(new BigDecimal(text), text), "float64");
                }
                case Boolean bool -> add(values, types, new Str(bool.toString()), "bool");
                case Num number -> add(values, types, new Str(number.toString()), "json.Number");
                case Object other -> add(values, types, new Str(show(other)), type(other));
            }
        }
        return GoFormat.format(context, format, Arr.of(values), types);
    }

    private static void add(List<Value> values, List<String> types, Value value, String type) {
        values.add(value);
        types.add(type);
    }

    private static String type(Object value) {
        return switch (value) {
            case Arr _ -> "[]interface {}";
            case Obj _ -> "map[string]interface {}";
            default -> "string";
        };
    }

    private static String html(String text) {
        return text.replace("\0", "\uFFFD")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("'", "&#39;")
                .replace("\"", "&#34;");
    }

    private static String js(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c == '\\' || c == '\'' || c == '"') {
                out.append('\\').append((char) c);
            } else if (c < 0x20 || "<>&=".indexOf(c) >= 0 || !Printable.is(c)) {
                out.append("\\u%04X".formatted(c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    private static Object length(Object value) {
        String text = asText(value);
        if (text != null) {
            return (long) text.getBytes(StandardCharsets.UTF_8).length;
        }
        return switch (value) {
            case Arr array -> (long) array.size();
            case Obj object -> (long) object.size();
            case Null _ -> throw failed("len", "len of nil pointer");
            default -> throw failed("len", "len of type " + type(value));
        };
    }

    private static Object index(List<Object> args) {
        if (args.isEmpty()) {
            throw BuiltinException.failed("wrong number of args for index: want at least 1 got 0");
        }
        Object at = args.getFirst();
        for (Object key : args.subList(1, args.size())) {
            at = switch (at) {
                case Arr array -> array.at(place("index", key, array.size() - 1));
                case Obj object -> {
                    String name = asText(key);
                    if (name == null) {
                        throw failed("index", "value has type " + type(key) + "; should be string");
                    }
                    Value member = object.get(name);
                    yield member == null ? Null.NULL : member;
                }
                case Null _ -> throw failed("index", "index of untyped nil");
                default -> {
                    String text = asText(at);
                    if (text == null) {
                        throw failed("index", "can't index item of type " + type(at));
                    }
                    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                    yield (long) (bytes[place("index", key, bytes.length - 1)] & 0xff);
                }
            };
        }
        return at;
    }

    private static int place(String name, Object key, int last) {
        if (!(key instanceof Long number)) {
            throw failed(
                    name, "cannot index slice/array with type " + (key instanceof Num ? "json.Number" : type(key)));
        }
        if (number < 0 || number > last) {
            throw failed(name, (name.equals("index") ? "index" : "slice index") + " out of range: " + number);
        }
        return number.intValue();
    }

    private static Object slice(List<Object> args) {
        Object item = args.isEmpty() ? Null.NULL : args.getFirst();
        String text = asText(item);
        byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        int size = item instanceof Arr array ? array.size() : bytes.length;
        if ((text == null && !(item instanceof Arr)) || args.size() > (text == null ? 4 : 3)) {
            throw failed(
                    "slice", item instanceof Null ? "slice of untyped nil" : "can't slice item of type " + type(item));
        }
        int from = args.size() > 1 ? place("slice", args.get(1), size) : 0;
        int to = args.size() > 2 ? place("slice", args.get(2), size) : size;
        if (from > to) {
            throw failed("slice", "invalid slice index: " + from + " > " + to);
        }
        return item instanceof Arr array
                ? array.slice(from, to)
                : new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private static Object compare(String name, List<Object> args) {
        boolean several = name.equals("eq") && args.size() > 2;
        if (args.size() < 2 || (args.size() > 2 && !several)) {
            throw BuiltinException.failed("wrong number of args for " + name + ": want 2 got " + args.size());
        }
        Object first = args.getFirst();
        if (several) {
            return args.subList(1, args.size()).stream().anyMatch(other -> equal(name, first, other));
        }
        Object second = args.get(1);
        return switch (name) {
            case "eq" -> equal(name, first, second);
            case "ne" -> !equal(name, first, second);
            case "lt" -> order(name, first, second) < 0;
            case "le" -> order(name, first, second) <= 0;
            case "gt" -> order(name, first, second) > 0;
            default -> order(name, first, second) >= 0;
        };
    }

    private static boolean equal(String name, Object a, Object b) {
        if (a instanceof Null || b instanceof Null) {
            return a instanceof Null && b instanceof Null;
        }
        if (a instanceof Arr || a instanceof Obj || b instanceof Arr || b instanceof Obj) {
            throw failed(name, "non-comparable type");
        }
        String text = asText(a);
        String other = asText(b);
        if (text != null && other != null) {
            return text.equals(other);
        }
        if (plain(a).getClass() != plain(b).getClass()) {
            throw failed(name, "incompatible types for comparison");
        }
        return plain(a).equals(plain(b));
    }

    private static int order(String name, Object a, Object b) {
        String text = asText(a);
        String other = asText(b);
        if (text != null && other != null) {
            return new Str(text).compareTo(new Str(other));
        }
        if (a instanceof Long first && b instanceof Long second) {
            return first.compareTo(second);
        }
        if (a instanceof Double first && b instanceof Double second) {
            return first.compareTo(second);
        }
        throw failed(name, "incompatible types for comparison");
    }
}

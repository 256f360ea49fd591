package dev.hufu.rego.format;

import dev.hufu.rego.Str;
import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Location;
import dev.hufu.rego.syntax.Printable;
import dev.hufu.rego.syntax.Term;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Terms on one line whatever they looked like, and text in quotes, escaped as Go's {@code strconv.Quote} does. */
final class Plain {
    private Plain() {}

    static String of(Term term) {
        return switch (term) {
            case Term.Const constant -> constant(constant);
            case Term.Var variable -> variable.name();
            case Term.Ref ref -> of(ref.head()) + keys(ref.path());
            case Term.ArrayOf array -> "[" + all(array.items()) + "]";
            case Term.SetOf set -> set.items().isEmpty() ? "set()" : "{" + all(set.items()) + "}";
            case Term.ObjectOf object ->
                object.entries().stream()
                        .map(entry -> of(entry.key()) + ": " + of(entry.value()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case Term.Comprehension comprehension -> comprehension(comprehension);
            case Term.Call call -> of(call.function()) + "(" + all(call.args()) + ")";
            case Term.Template template -> template.toString();
        };
    }

    private static String constant(Term.Const constant) {
        return constant.value() instanceof Str text
                ? quoted(text.value())
                : constant.value().toJson();
    }

    private static String keys(List<Term> path) {
        StringBuilder keys = new StringBuilder();
        for (Term key : path) {
            boolean dotted = key instanceof Term.Const(Str text, Location _) && Style.isName(text.value());
            keys.append(dotted ? "." + ((Str) ((Term.Const) key).value()).value() : "[" + of(key) + "]");
        }
        return keys.toString();
    }

    private static String all(List<Term> items) {
        return items.stream().map(Plain::of).collect(Collectors.joining(", "));
    }

    private static String comprehension(Term.Comprehension comprehension) {
        Term key = comprehension.key();
        String body = comprehension.body().stream().map(Expr::toString).collect(Collectors.joining("; "));
        String inner = (key == null ? "" : of(key) + ": ") + of(comprehension.value()) + " | " + body;
        return comprehension.shape() == Term.Shape.ARRAY ? "[" + inner + "]" : "{" + inner + "}";
    }

    /** A set's members once each, in their places. */
    static List<Term> distinct(List<Term> members) {
        Map<Object, Term> found = new LinkedHashMap<>();
        members.forEach(member -> found.putIfAbsent(identity(member), member));
        return List.copyOf(found.values());
    }

    /** What makes two terms the same; what cannot be told so simply is only itself, and so is each wildcard. */
    private static Object identity(Term term) {
        return switch (term) {
            case Term.Const constant -> constant.value();
            case Term.Var variable -> variable.isWildcard() ? new Object() : variable.name();
            case Term.ArrayOf array ->
                List.of("array", array.items().stream().map(Plain::identity).toList());
            case Term.Ref ref ->
                List.of(
                        "ref",
                        identity(ref.head()),
                        ref.path().stream().map(Plain::identity).toList());
            case Term.Call call ->
                List.of(
                        "call",
                        identity(call.function()),
                        call.args().stream().map(Plain::identity).toList());
            case Term.SetOf set ->
                List.of("set", set.items().stream().map(Plain::identity).collect(Collectors.toSet()));
            case Term.ObjectOf object ->
                List.of(
                        "object",
                        object.entries().stream()
                                .map(entry -> List.of(identity(entry.key()), identity(entry.value())))
                                .collect(Collectors.toSet()));
            case Term.Comprehension _, Term.Template _ -> new Object();
        };
    }

    static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case 7 -> out.append("\\a");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case 11 -> out.append("\\v");
                default -> out.append(Printable.is(c) ? Character.toString(c) : escaped(c));
            }
        });
        return out.append('"').toString();
    }

    private static String escaped(int c) {
        String form = c < 0x80 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x";
        return String.format(Locale.ROOT, form, c);
    }
}

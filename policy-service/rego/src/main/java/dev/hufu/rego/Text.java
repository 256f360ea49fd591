package dev.hufu.rego;

import java.util.function.LongConsumer;

/** A value as Rego writes it: {@code [1, 2]}, {@code {"a": 1}}, {@code set()}. */
final class Text {
    private static final String HEX = "0123456789abcdef";

    private Text() {}

    static String of(Value value) {
        return of(value, Json.UNCOUNTED);
    }

    /** @param written is told how many characters an element took */
    static String of(Value value, LongConsumer written) {
        StringBuilder out = new StringBuilder();
        write(out, value, written);
        return out.toString();
    }

    private static void write(StringBuilder out, Value value, LongConsumer written) {
        switch (value) {
            case Null _, Bool _, Num _ -> out.append(value);
            case Str text -> quote(out, text.value());
            case Arr items -> writeAll(out, '[', items, ']', written);
            case SetValue set when set.size() == 0 -> out.append("set()");
            case SetValue set -> writeAll(out, '{', set, '}', written);
            case Obj object -> {
                out.append('{');
                for (int i = 0; i < object.size(); i++) {
                    out.append(i == 0 ? "" : ", ");
                    part(out, object.keyAt(i), written);
                    out.append(": ");
                    part(out, object.valueAt(i), written);
                }
                out.append('}');
            }
        }
    }

    private static void part(StringBuilder out, Value value, LongConsumer written) {
        int before = out.length();
        write(out, value, written);
        written.accept(value.isScalar() ? out.length() - before : 1);
    }

    private static void writeAll(
            StringBuilder out, char open, Iterable<Value> items, char close, LongConsumer written) {
        out.append(open);
        String separator = "";
        for (Value item : items) {
            out.append(separator);
            part(out, item, written);
            separator = ", ";
        }
        out.append(close);
    }

    /** A JSON string literal; everything beyond ASCII's controls stands as it is. */
    static void quote(StringBuilder out, String text) {
        quote(out, text, false);
    }

    /** @param forHtml as Go's encoder: without what HTML or a script could take for its own */
    static void quote(StringBuilder out, String text, boolean forHtml) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    boolean special = forHtml && (c == '<' || c == '>' || c == '&');
                    if (forHtml && (c == '\u2028' || c == '\u2029')) {
                        out.append("\\u202").append(HEX.charAt(c & 15));
                    } else if (c < 0x20 || special) {
                        out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}

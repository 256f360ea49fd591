package dev.hufu.rego.builtin;

import com.google.re2j.Pattern;
import dev.hufu.rego.Arr;
import dev.hufu.rego.Null;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;

/** {@code glob.*}, by translation to patterns of linear time. */
public final class Globs {
    private static final String SPECIAL = "*?\\[]{}";

    private final String glob;
    private final String anyButDelimiters;
    private final StringBuilder pattern = new StringBuilder();
    private int at;
    private int braces;

    private Globs(String glob, String delimiters) {
        this.glob = glob;
        this.anyButDelimiters = delimiters.isEmpty() ? "(?s:.)" : "[^" + escapeClass(delimiters) + "]";
    }

    static void register(Registry registry) {
        registry.nary("glob.match", 3, (context, args) -> {
            String glob = Operands.string(1, args[0]);
            String delimiters = delimiters(args[1]);
            String text = Operands.string(3, args[2]);
            Pattern compiled = Regexes.compile(new Globs(glob, delimiters).translate());
            return Value.of(Regexes.matcher(context, compiled, text).find());
        });
        registry.unary("glob.quote_meta", (_, a) -> new Str(quote(Operands.string(1, a))));
    }

    /**
     * Whether the whole text is one that the pattern means; throws {@link BuiltinException} for a malformed pattern.
     *
     * @param delimiters characters that {@code *} and {@code ?} do not stand for
     */
    public static boolean matches(String glob, String delimiters, String text) {
        Pattern compiled = Regexes.compile(new Globs(glob, delimiters).translate());
        return compiled.matcher(text).find();
    }

    private static String delimiters(Value value) {
        if (value instanceof Null) {
            return "";
        }
        if (!(value instanceof Arr array)) {
            throw BuiltinException.operandOf(2, "array, null", value);
        }
        StringBuilder out = new StringBuilder();
        for (Value one : array) {
            String text = one instanceof Str string ? string.value() : "";
            if (text.codePointCount(0, text.length()) != 1) {
                throw BuiltinException.type("operand 2 must be array of single-character strings");
            }
            out.append(text);
        }
        return out.isEmpty() ? "." : out.toString();
    }

    private static String escapeClass(String characters) {
        StringBuilder out = new StringBuilder();
        characters
                .codePoints()
                .forEach(c -> out.append("\\x{").append(Integer.toHexString(c)).append('}'));
        return out.toString();
    }

    private static String quote(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (SPECIAL.indexOf(c) >= 0) {
                out.append('\\');
            }
            out.append(c);
        }
        return out.toString();
    }

    private String translate() {
        pattern.append("^");
        while (at < glob.length()) {
            int c = glob.codePointAt(at);
            at += Character.charCount(c);
            switch (c) {
                case '*' -> star();
                case '?' -> pattern.append(anyButDelimiters);
                case '[' -> characterClass();
                case '{' -> {
                    braces++;
                    pattern.append("(?:");
                }
                case '}' -> closeBrace();
                case ',' -> pattern.append(braces > 0 ? "|" : ",");
                case '\\' -> {
                    if (at < glob.length()) {
                        literal(glob.codePointAt(at));
                        at += Character.charCount(glob.codePointAt(at));
                    }
                }
                default -> literal(c);
            }
        }
        if (braces != 0) {
            throw BuiltinException.failed("glob: unclosed alternatives");
        }
        return pattern.append("$").toString();
    }

    private void closeBrace() {
        if (braces == 0) {
            literal('}');
        } else {
            braces--;
            pattern.append(')');
        }
    }

    private void star() {
        if (at < glob.length() && glob.charAt(at) == '*') {
            while (at < glob.length() && glob.charAt(at) == '*') {
                at++;
            }
            pattern.append("(?s:.*)");
        } else {
            pattern.append(anyButDelimiters).append('*');
        }
    }

    private void characterClass() {
        int end = glob.indexOf(']', at);
        if (end < 0) {
            throw BuiltinException.failed("glob: unclosed character class");
        }
        String content = glob.substring(at, end);
        at = end + 1;
        boolean negated = content.startsWith("!");
        String body = negated ? content.substring(1) : content;
        pattern.append(negated ? "[^" : "[");
        int[] points = body.codePoints().toArray();
        if (points.length == 0) {
            throw BuiltinException.failed("glob: empty character class");
        }
        if (points.length == 3 && points[1] == '-') {
            pattern.append(escapeClass(Character.toString(points[0])))
                    .append('-')
                    .append(escapeClass(Character.toString(points[2])));
        } else {
            pattern.append(escapeClass(body));
        }
        pattern.append(']');
    }

    private void literal(int c) {
        pattern.append(Pattern.quote(Character.toString(c)));
    }
}

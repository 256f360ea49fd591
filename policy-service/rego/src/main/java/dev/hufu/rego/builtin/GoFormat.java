package dev.hufu.rego.builtin;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Num;
import dev.hufu.rego.Value;
import dev.hufu.rego.syntax.Printable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** The verbs of Go's {@code fmt}, which {@code sprintf} is defined by. */
final class GoFormat {
    private static final int MAX_WIDTH = 10_000;
    /** Beyond it an operand is no width to Go. */
    private static final int MAX_STAR = 1_000_000;
    /** The exponent from which the shortest form has one. */
    private static final int SHORTEST_LIMIT = 6;

    private final Context context;
    private final String format;
    private final Arr args;
    /** Go's types of the operands where they are others than their values tell. */
    private final List<String> types;

    private final StringBuilder out = new StringBuilder();
    private int at;
    private int next;
    private boolean reordered;
    /** The verb's operand is picked by a number in brackets that there is. */
    private boolean goodIndex;

    private GoFormat(Context context, String format, Arr args, List<String> types) {
        this.context = context;
        this.format = format;
        this.args = args;
        this.types = types;
    }

    /** Flags, width and precision of one verb; -1 where none is written. */
    private record Spec(
            boolean minus, boolean plus, boolean sharp, boolean space, boolean zero, int width, int precision) {
        static final Spec PLAIN = new Spec(false, false, false, false, false, -1, -1);
    }

    static String format(Context context, String format, Arr args) {
        return new GoFormat(context, format, args, List.of()).run();
    }

    static String format(Context context, String format, Arr args, List<String> types) {
        return new GoFormat(context, format, args, types).run();
    }

    private String run() {
        while (at < format.length()) {
            context.room(out.length());
            char c = format.charAt(at++);
            if (c != '%') {
                out.append(c);
            } else if (at == format.length()) {
                out.append("%!(NOVERB)");
            } else {
                verb();
            }
        }
        if (!reordered && next < args.size()) {
            out.append("%!(EXTRA ");
            String separator = "";
            for (; next < args.size(); next++) {
                Value extra = args.at(next);
                String pointer = extra instanceof Num number && !number.isLong() && !isFloat(number) ? "*" : "";
                out.append(separator)
                        .append(pointer)
                        .append(type(extra))
                        .append('=')
                        .append(one(Spec.PLAIN, 'v', extra));
                separator = ", ";
            }
            out.append(')');
        }
        return out.toString();
    }

    private void verb() {
        Spec spec = spec();
        if (at == format.length()) {
            out.append("%!(NOVERB)");
            return;
        }
        int verb = format.codePointAt(at);
        at += Character.charCount(verb);
        if (verb == '%') {
            out.append('%');
            return;
        }
        if (!goodIndex) {
            out.append("%!").appendCodePoint(verb).append("(BADINDEX)");
            return;
        }
        if (next >= args.size()) {
            out.append("%!").appendCodePoint(verb).append("(MISSING)");
            return;
        }
        out.append(one(spec, verb, args.at(next++)));
    }

    private Spec spec() {
        boolean minus = false;
        boolean plus = false;
        boolean sharp = false;
        boolean space = false;
        boolean zero = false;
        for (; at < format.length() && "-+# 0".indexOf(format.charAt(at)) >= 0; at++) {
            switch (format.charAt(at)) {
                case '-' -> minus = true;
                case '+' -> plus = true;
                case '#' -> sharp = true;
                case ' ' -> space = true;
                default -> zero = true;
            }
        }
        goodIndex = true;
        boolean picked = index();
        int width;
        if (isStar()) {
            width = star(Integer.MIN_VALUE, "%!(BADWIDTH)");
            if (width < -1) {
                minus = true;
                width = -width;
            }
            picked = false;
        } else {
            width = digits();
            goodIndex &= !picked || width < 0;
        }
        int precision = -1;
        if (at < format.length() && format.charAt(at) == '.') {
            at++;
            goodIndex &= !picked;
            picked = index();
            if (isStar()) {
                precision = star(0, "%!(BADPREC)");
                picked = false;
            } else {
                precision = Math.max(0, digits());
            }
        }
        if (!picked) {
            index();
        }
        return new Spec(minus, plus, sharp, space, zero && !minus, width, precision);
    }

    /** {@code [2]} picks the operand; true where there is one of that number. */
    private boolean index() {
        if (at == format.length() || format.charAt(at) != '[') {
            return false;
        }
        reordered = true;
        int end = format.length() - at < 3 ? -1 : format.indexOf(']', at + 1);
        String number = end < 0 ? "" : format.substring(at + 1, end);
        boolean wellFormed = number.length() < 8 && number.matches("\\d+");
        int index = wellFormed ? Integer.parseInt(number) - 1 : -1;
        at = end < 0 ? at + 1 : end + 1;
        if (index >= 0 && index < args.size()) {
            next = index;
            return true;
        }
        goodIndex = false;
        return wellFormed;
    }

    private boolean isStar() {
        return at < format.length() && format.charAt(at) == '*';
    }

    /** The operand says how many; -1 where it does not, or not as many as the least. */
    private int star(int least, String otherwise) {
        at++;
        Value many = next < args.size() ? args.at(next++) : null;
        if (many instanceof Num number
                && number.isLong()
                && !isFloat(number)
                && number.asLong() >= least
                && Math.abs(number.asLong()) <= MAX_STAR) {
            return Math.clamp(number.asLong(), -MAX_WIDTH, MAX_WIDTH);
        }
        out.append(otherwise);
        return -1;
    }

    private int digits() {
        int from = at;
        int value = 0;
        while (at < format.length() && format.charAt(at) >= '0' && format.charAt(at) <= '9') {
            value = Math.min(MAX_WIDTH, value * 10 + format.charAt(at++) - '0');
        }
        return from == at ? -1 : value;
    }

    private static boolean isFloat(Num number) {
        String text = number.toString();
        return text.indexOf('.') >= 0 || text.indexOf('e') >= 0 || text.indexOf('E') >= 0;
    }

    private String type(Value value) {
        int index = types.isEmpty() ? -1 : args.asList().indexOf(value);
        if (index >= 0) {
            return types.get(index);
        }
        if (value instanceof Num number) {
            return isFloat(number) ? "float64" : number.isLong() ? "int64" : "big.Int";
        }
        return "string";
    }

    private String one(Spec spec, int verb, Value value) {
        if (value instanceof Num number) {
            return isFloat(number) ? real(spec, verb, number) : integer(spec, verb, number);
        }
        return text(spec, verb, value);
    }

    /** A verb that does not suit the operand shows its type, and its value by the same flags. */
    private String bad(Spec spec, int verb, Value value) {
        Spec shown = value instanceof Num number && !number.isLong() ? Spec.PLAIN : spec;
        return "%!" + Character.toString(verb) + "(" + type(value) + "=" + one(shown, 'v', value) + ")";
    }

    private String text(Spec spec, int verb, Value value) {
        String text = Comparisons.text(context, value);
        if (spec.precision >= 0 && text.codePointCount(0, text.length()) > spec.precision) {
            text = text.substring(0, text.offsetByCodePoints(0, spec.precision));
        }
        return switch (verb) {
            case 'v', 's' -> pad(spec, verb == 'v' && spec.sharp ? quote(text, '"') : text);
            case 'q' -> pad(spec, spec.sharp && text.indexOf('`') < 0 ? "`" + text + "`" : quote(text, '"'));
            case 'x' -> pad(spec, HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)));
            case 'X' -> pad(spec, HexFormat.of().withUpperCase().formatHex(text.getBytes(StandardCharsets.UTF_8)));
            case 'T' -> pad(spec, type(value));
            case 't' -> type(value).equals("bool") ? pad(spec, text) : bad(spec, verb, value);
            default -> bad(spec, verb, value);
        };
    }

    /** A Go literal. */
    private static String quote(String text, char mark) {
        StringBuilder out = new StringBuilder().append(mark);
        text.codePoints().forEach(c -> {
            int escape = "\u0007\b\f\n\r\t\u000b".indexOf(c);
            if (c == mark || c == '\\') {
                out.append('\\').appendCodePoint(c);
            } else if (escape >= 0) {
                out.append('\\').append("abfnrtv".charAt(escape));
            } else if (c < 0x20 || c == 0x7f) {
                out.append("\\x%02x".formatted(c));
            } else if (Printable.is(c)) {
                out.appendCodePoint(c);
            } else {
                out.append((c > 0xffff ? "\\U%08x" : "\\u%04x").formatted(c));
            }
        });
        return out.append(mark).toString();
    }

    private String integer(Spec spec, int verb, Num number) {
        BigInteger value = number.asDecimal().toBigInteger();
        return switch (verb) {
            case 'v', 'd' -> signed(spec, value, "", value.abs().toString());
            case 's' ->
                number.isLong()
                        ? bad(spec, verb, number)
                        : signed(spec, value, "", value.abs().toString());
            case 'x' -> signed(spec, value, spec.sharp ? "0x" : "", value.abs().toString(16));
            case 'X' ->
                signed(
                        spec,
                        value,
                        spec.sharp ? "0X" : "",
                        value.abs().toString(16).toUpperCase(Locale.ROOT));
            case 'o' -> signed(spec, value, spec.sharp ? "0" : "", value.abs().toString(8));
            case 'O' -> signed(spec, value, "0o", value.abs().toString(8));
            case 'b' -> signed(spec, value, spec.sharp ? "0b" : "", value.abs().toString(2));
            case 'c' -> number.isLong() ? pad(spec, character(value)) : bad(spec, verb, number);
            case 'q' -> number.isLong() ? pad(spec, quote(character(value), '\'')) : bad(spec, verb, number);
            case 'U' -> number.isLong() ? pad(spec, "U+%04X".formatted(value)) : bad(spec, verb, number);
            case 'T' -> pad(spec, number.isLong() ? "int64" : "*big.Int");
            default -> bad(spec, verb, number);
        };
    }

    private static String character(BigInteger value) {
        boolean valid = value.bitLength() < 22 && Character.isValidCodePoint(value.intValue());
        return valid ? Character.toString(value.intValue()) : "\uFFFD";
    }

    private String real(Spec spec, int verb, Num number) {
        if (Double.isInfinite(number.asDouble())) {
            return pad(spec, number.toString());
        }
        double value = number.asDouble();
        return switch (verb) {
            case 'v', 'g', 'G' -> {
                String shown = shortest(Math.abs(value), spec.precision);
                yield signed(spec, number, verb == 'G' ? shown.toUpperCase(Locale.ROOT) : shown);
            }
            case 'f', 'F' -> signed(spec, number, fixed(Math.abs(value), spec.precision < 0 ? 6 : spec.precision));
            case 'e', 'E' -> {
                String shown = scientific(new BigDecimal(Math.abs(value)), spec.precision < 0 ? 6 : spec.precision);
                yield signed(spec, number, verb == 'E' ? shown.toUpperCase(Locale.ROOT) : shown);
            }
            case 'x', 'X' -> {
                String shown = hex(Math.abs(value), spec.precision);
                yield signed(spec, number, verb == 'X' ? shown.toUpperCase(Locale.ROOT) : shown);
            }
            case 'T' -> pad(spec, "float64");
            default -> bad(spec, verb, number);
        };
    }

    /** {@code 0x1.8p+01}: two digits of exponent at least, no zeros behind the last digit. */
    private static String hex(double value, int precision) {
        String java =
                precision < 0 ? Double.toHexString(value) : ("%." + Math.max(1, precision) + "a").formatted(value);
        int mark = java.indexOf('p');
        String mantissa = precision < 0 ? java.substring(0, mark).replaceAll("\\.0$", "") : java.substring(0, mark);
        int exponent = Integer.parseInt(java.substring(mark + 1));
        return mantissa + "p" + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    private static String fixed(double value, int precision) {
        return new BigDecimal(value).setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static String scientific(BigDecimal value, int precision) {
        if (value.signum() == 0) {
            return (precision == 0 ? "0" : "0." + "0".repeat(precision)) + "e+00";
        }
        BigDecimal rounded = value.round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        StringBuilder digits = new StringBuilder(rounded.unscaledValue().toString());
        while (digits.length() < precision + 1) {
            digits.append('0');
        }
        digits.setLength(precision + 1);
        String mantissa =
                precision == 0 ? digits.toString() : digits.insert(1, '.').toString();
        return mantissa + "e" + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    /** {@code %g}: the shortest digits that give the same double, or as many as the precision says. */
    static String shortest(double value, int precision) {
        if (value == 0) {
            return "0";
        }
        BigDecimal digits = precision < 0
                ? new BigDecimal(Double.toString(Math.abs(value)))
                : new BigDecimal(Math.abs(value))
                        .round(new MathContext(Math.max(1, precision), RoundingMode.HALF_EVEN));
        BigDecimal stripped = digits.stripTrailingZeros();
        int digitsCount = stripped.precision();
        int exponent = digitsCount - stripped.scale() - 1;
        int limit = precision < 0 ? SHORTEST_LIMIT : Math.max(1, precision);
        if (precision >= 0 && limit > digitsCount && digitsCount > exponent) {
            limit = digitsCount;
        }
        String sign = value < 0 ? "-" : "";
        if (exponent < -4 || exponent >= limit) {
            return sign + scientific(stripped, digitsCount - 1);
        }
        return sign + stripped.toPlainString();
    }

    private static String signed(Spec spec, BigInteger value, String prefix, String digits) {
        String shown =
                spec.precision > digits.length() ? "0".repeat(spec.precision - digits.length()) + digits : digits;
        return withSign(spec, value.signum() < 0, prefix, shown, spec.precision < 0);
    }

    private static String signed(Spec spec, Num value, String digits) {
        return withSign(spec, value.compareTo(Num.ZERO) < 0, "", digits, true);
    }

    private static String withSign(Spec spec, boolean negative, String prefix, String digits, boolean zeros) {
        String sign = negative ? "-" : spec.plus ? "+" : spec.space ? " " : "";
        if (spec.zero && zeros) {
            int missing = spec.width - sign.length() - prefix.length() - digits.length();
            return sign + prefix + "0".repeat(Math.max(0, missing)) + digits;
        }
        return pad(spec, sign + prefix + digits);
    }

    private static String pad(Spec spec, String text) {
        int missing = spec.width - text.codePointCount(0, text.length());
        if (missing <= 0) {
            return text;
        }
        String filler = (spec.zero ? "0" : " ").repeat(missing);
        return spec.minus ? text + " ".repeat(missing) : filler + text;
    }
}

package dev.hufu.rego.builtin;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Num;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/** The verbs of Go's {@code fmt}, which {@code sprintf} is defined by. */
final class GoFormat {
    private static final int MAX_WIDTH = 10_000;

    private final Context context;
    private final String format;
    private final Arr args;
    private final StringBuilder out = new StringBuilder();
    private int at;
    private int next;

    private GoFormat(Context context, String format, Arr args) {
        this.context = context;
        this.format = format;
        this.args = args;
    }

    /** Flags, width and precision of one verb; -1 where none is written. */
    private record Spec(
            boolean minus, boolean plus, boolean sharp, boolean space, boolean zero, int width, int precision) {}

    static String format(Context context, String format, Arr args) {
        return new GoFormat(context, format, args).run();
    }

    private String run() {
        while (at < format.length()) {
            char c = format.charAt(at++);
            if (c != '%') {
                out.append(c);
            } else if (at == format.length()) {
                out.append("%!(NOVERB)");
            } else {
                verb();
            }
        }
        if (next < args.size()) {
            out.append("%!(EXTRA ");
            String separator = "";
            for (; next < args.size(); next++) {
                out.append(separator).append(describe(args.at(next)));
                separator = ", ";
            }
            out.append(')');
        }
        context.reserve(out.length());
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
        int width = number();
        int precision = -1;
        if (at < format.length() && format.charAt(at) == '.') {
            at++;
            precision = Math.max(0, number());
        }
        return new Spec(minus, plus, sharp, space, zero && !minus, width, precision);
    }

    private int number() {
        if (at < format.length() && format.charAt(at) == '*') {
            at++;
            if (next < args.size() && args.at(next++) instanceof Num width && width.isLong()) {
                return (int) Math.min(MAX_WIDTH, Math.max(0, width.asLong()));
            }
            out.append("%!(BADWIDTH)");
            return -1;
        }
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

    private static String describe(Value value) {
        return switch (value) {
            case Num number when isFloat(number) -> "float64=" + shortest(number.asDouble(), -1);
            case Num number when number.isLong() -> "int=" + number;
            case Num number -> "*big.Int=" + number;
            default -> "string=" + Comparisons.text(value);
        };
    }

    private String one(Spec spec, int verb, Value value) {
        if (value instanceof Num number) {
            return isFloat(number) ? real(spec, verb, number) : integer(spec, verb, number);
        }
        return text(spec, verb, value);
    }

    private static String bad(int verb, Value value) {
        return "%!" + Character.toString(verb) + "(" + describe(value) + ")";
    }

    private static String text(Spec spec, int verb, Value value) {
        String text = Comparisons.text(value);
        if (spec.precision >= 0 && text.codePointCount(0, text.length()) > spec.precision) {
            text = text.substring(0, text.offsetByCodePoints(0, spec.precision));
        }
        return switch (verb) {
            case 'v', 's' -> pad(spec, verb == 'v' && spec.sharp ? new Str(text).toString() : text);
            case 'q' -> pad(spec, spec.sharp && text.indexOf('`') < 0 ? "`" + text + "`" : new Str(text).toString());
            case 'x' -> pad(spec, HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)));
            case 'X' -> pad(spec, HexFormat.of().withUpperCase().formatHex(text.getBytes(StandardCharsets.UTF_8)));
            case 'T' -> pad(spec, "string");
            default -> bad(verb, value);
        };
    }

    private static String integer(Spec spec, int verb, Num number) {
        BigInteger value = number.asDecimal().toBigInteger();
        return switch (verb) {
            case 'v', 'd' -> signed(spec, value, "", value.abs().toString());
            case 's' ->
                number.isLong()
                        ? bad(verb, number)
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
            case 'c' -> pad(spec, character(value));
            case 'q' -> pad(spec, "'" + character(value) + "'");
            case 'U' -> pad(spec, "U+%04X".formatted(value));
            case 'T' -> pad(spec, number.isLong() ? "int" : "*big.Int");
            default -> bad(verb, number);
        };
    }

    private static String character(BigInteger value) {
        boolean valid = value.bitLength() < 22 && Character.isValidCodePoint(value.intValue());
        return valid ? Character.toString(value.intValue()) : "\uFFFD";
    }

    private static String real(Spec spec, int verb, Num number) {
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
            case 'T' -> pad(spec, "float64");
            default -> bad(verb, number);
        };
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
        int exponent = stripped.precision() - stripped.scale() - 1;
        int limit = precision < 0 ? 21 : Math.max(1, precision);
        String sign = value < 0 ? "-" : "";
        if (exponent < -4 || exponent >= Math.max(limit, precision < 0 ? 21 : stripped.precision())) {
            return sign + scientific(stripped, stripped.precision() - 1);
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

package dev.hufu.rego.builtin;

import dev.hufu.rego.Num;
import dev.hufu.rego.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts with SI and binary prefixes. */
final class Units {
    private static final Pattern AMOUNT = Pattern.compile("^([0-9.+-]*(?:[eE][+-]?[0-9]+)?)(.*)$", Pattern.DOTALL);
    private static final int MAX_LENGTH = 10_000;
    private static final int MAX_EXPONENT_DIGITS = 4;
    private static final int FRACTION_DIGITS = 10;
    private static final Map<String, BigDecimal> DECIMAL = Map.of(
            "k",
            power(10, 3),
            "m",
            power(10, 6),
            "g",
            power(10, 9),
            "t",
            power(10, 12),
            "p",
            power(10, 15),
            "e",
            power(10, 18));
    private static final Map<String, BigDecimal> BINARY = Map.of(
            "k",
            power(2, 10),
            "m",
            power(2, 20),
            "g",
            power(2, 30),
            "t",
            power(2, 40),
            "p",
            power(2, 50),
            "e",
            power(2, 60));

    private Units() {}

    private record Amount(String number, String unit) {}

    private static BigDecimal power(int base, int exponent) {
        return BigDecimal.valueOf(base).pow(exponent);
    }

    static void register(Registry registry) {
        registry.unary("units.parse", (_, a) -> units(Operands.string(1, a)));
        registry.unary("units.parse_bytes", (_, a) -> bytes(Operands.string(1, a)));
    }

    private static Amount split(String text, String nothing) {
        String bare = text.replace("\"", "");
        if (bare.length() > MAX_LENGTH) {
            throw BuiltinException.failed("amount longer than " + MAX_LENGTH);
        }
        if (bare.contains(" ")) {
            throw BuiltinException.failed("spaces not allowed in resource strings");
        }
        Matcher matcher = AMOUNT.matcher(bare);
        if (!matcher.matches() || matcher.group(1).isEmpty()) {
            throw BuiltinException.failed(nothing);
        }
        String number = matcher.group(1);
        int exponent = Math.max(number.indexOf('e'), number.indexOf('E'));
        if (exponent >= 0
                && number.substring(exponent + 1).replaceAll("[+-]", "").length() > MAX_EXPONENT_DIGITS) {
            throw BuiltinException.failed("exponent too large");
        }
        return new Amount(number, matcher.group(2));
    }

    private static BigDecimal number(String text, String failure) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException malformed) {
            throw BuiltinException.failed(failure);
        }
    }

    private static BuiltinException unknown(String unit) {
        return BuiltinException.failed((unit.isEmpty() ? "unit" : "byte unit " + unit) + " not recognized");
    }

    /** {@code m} is a thousandth and {@code M} a million; other letters may be of either case. */
    private static Value units(String text) {
        Amount amount = split(text, "no amount provided");
        String unit = amount.unit;
        BigDecimal factor = switch (unit.length()) {
            case 0 -> BigDecimal.ONE;
            case 1 -> unit.equals("m") ? new BigDecimal("0.001") : DECIMAL.get(unit.toLowerCase(Locale.ROOT));
            case 2 ->
                unit.toLowerCase(Locale.ROOT).endsWith("i")
                        ? BINARY.get(unit.substring(0, 1).toLowerCase(Locale.ROOT))
                        : null;
            default -> null;
        };
        if (factor == null) {
            throw BuiltinException.failed("unit " + unit + " not recognized");
        }
        BigDecimal value =
                number(amount.number, "could not parse amount to a number").multiply(factor);
        if (value.signum() == 0 || value.stripTrailingZeros().scale() <= 0) {
            return Num.of(value.toBigInteger());
        }
        BigDecimal rounded = value.setScale(FRACTION_DIGITS, RoundingMode.HALF_UP);
        return Num.of(rounded, rounded.toPlainString());
    }

    private static Value bytes(String text) {
        Amount amount = split(text.toLowerCase(Locale.ROOT), "no byte amount provided");
        String unit = amount.unit;
        BigDecimal factor;
        if (unit.isEmpty()) {
            factor = BigDecimal.ONE;
        } else {
            String prefix = unit.substring(0, 1);
            String rest = unit.substring(1);
            factor = rest.isEmpty() || rest.equals("b")
                    ? DECIMAL.get(prefix)
                    : rest.equals("i") || rest.equals("ib") ? BINARY.get(prefix) : null;
        }
        if (factor == null) {
            throw unknown(unit);
        }
        BigDecimal number = Real.round(number(amount.number, "could not parse byte amount to a number"));
        return Num.of(Real.round(number.multiply(factor)).toBigInteger());
    }
}

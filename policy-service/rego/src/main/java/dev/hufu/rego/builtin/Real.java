package dev.hufu.rego.builtin;

import dev.hufu.rego.Num;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Binary floating point with a 64-bit mantissa, which OPA computes fractions in: every result is rounded to the nearest,
 * ties to even, and printed as the shortest decimal that rounds back to it. A value is held exactly, as a decimal.
 */
final class Real {
    static final int MANTISSA_BITS = 64;
    /** Of a Go float64, which OPA multiplies a collection in. */
    static final int DOUBLE_BITS = 53;

    /** Enough decimal digits to tell any two 64-bit mantissas apart. */
    private static final int MAX_DIGITS = 21;

    private static final int PLAIN_BELOW = 6;

    private Real() {}

    static BigDecimal of(Num number) {
        return round(number.asDecimal());
    }

    /** Nearest value with a 64-bit mantissa. */
    static BigDecimal round(BigDecimal exact) {
        return round(exact, MANTISSA_BITS);
    }

    static BigDecimal round(BigDecimal exact, int bits) {
        if (exact.signum() == 0) {
            return BigDecimal.ZERO;
        }
        BigInteger numerator = exact.unscaledValue();
        BigInteger denominator = BigInteger.ONE;
        if (exact.scale() > 0) {
            denominator = BigInteger.TEN.pow(exact.scale());
        } else if (exact.scale() < 0) {
            numerator = numerator.multiply(BigInteger.TEN.pow(-exact.scale()));
        }
        return quotient(numerator, denominator, bits);
    }

    static BigDecimal divide(BigDecimal a, BigDecimal b) {
        if (a.signum() == 0) {
            return BigDecimal.ZERO;
        }
        int scale = a.scale() - b.scale();
        BigInteger numerator = a.unscaledValue();
        BigInteger denominator = b.unscaledValue();
        if (scale > 0) {
            denominator = denominator.multiply(BigInteger.TEN.pow(scale));
        } else {
            numerator = numerator.multiply(BigInteger.TEN.pow(-scale));
        }
        return quotient(numerator, denominator, MANTISSA_BITS);
    }

    private static BigDecimal quotient(BigInteger numerator, BigInteger denominator, int bits) {
        boolean negative = numerator.signum() * denominator.signum() < 0;
        BigInteger n = numerator.abs();
        BigInteger d = denominator.abs();
        // two spare bits and a sticky one decide the rounding
        int shift = bits + 2 - (n.bitLength() - d.bitLength());
        BigInteger[] parts =
                shift >= 0 ? n.shiftLeft(shift).divideAndRemainder(d) : n.divideAndRemainder(d.shiftLeft(-shift));
        BigInteger mantissa = parts[0];
        boolean sticky = parts[1].signum() != 0;
        int extra = mantissa.bitLength() - bits;
        BigInteger kept = mantissa.shiftRight(extra);
        boolean half = mantissa.testBit(extra - 1);
        boolean beyond = sticky || mantissa.getLowestSetBit() < extra - 1;
        if (half && (beyond || kept.testBit(0))) {
            kept = kept.add(BigInteger.ONE);
        }
        int exponent = extra - shift;
        BigDecimal value = exponent >= 0
                ? new BigDecimal(kept.shiftLeft(exponent))
                : new BigDecimal(kept.multiply(BigInteger.valueOf(5).pow(-exponent)), -exponent);
        return negative ? value.negate() : value;
    }

    /** The number as it is printed: integers in full, others in the shortest form. */
    static Num number(BigDecimal rounded) {
        return number(rounded, MANTISSA_BITS);
    }

    /** As above, of a value with a mantissa of so many bits. */
    static Num number(BigDecimal rounded, int bits) {
        if (rounded.signum() == 0) {
            return Num.ZERO;
        }
        BigDecimal digits = shortest(rounded, bits);
        boolean whole = rounded.stripTrailingZeros().scale() <= 0;
        String text = whole ? digits.toBigInteger().toString() : general(digits);
        return Num.parse(text);
    }

    private static BigDecimal shortest(BigDecimal value, int bits) {
        for (int digits = 1; digits < MAX_DIGITS; digits++) {
            BigDecimal candidate = value.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (round(candidate, bits).compareTo(value) == 0) {
                return candidate;
            }
        }
        return value.round(new MathContext(MAX_DIGITS, RoundingMode.HALF_EVEN));
    }

    /** Plain from 1e-4 to below 1e6, else with an exponent of two digits at least, as Go's shortest form. */
    private static String general(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        int exponent = stripped.precision() - stripped.scale() - 1;
        if (exponent >= -4 && exponent < PLAIN_BELOW) {
            return stripped.toPlainString();
        }
        String digits = stripped.unscaledValue().abs().toString();
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        String sign = stripped.signum() < 0 ? "-" : "";
        String shown = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : Integer.toString(Math.abs(exponent));
        return sign + mantissa + "e" + (exponent < 0 ? "-" : "+") + shown;
    }
}

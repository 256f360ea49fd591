package dev.hufu.rego;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A number of any precision. It keeps how it was written ({@code 1.0}, {@code 1e3}) for output, and compares and hashes
 * by its exact numeric value.
 */
public final class Num implements Value {
    /** Longest exponent that is read as a number; beyond it a parser answers with its own error. */
    public static final int MAX_EXPONENT = 30_103;

    private static final int INTERNED_FROM = -128;
    private static final Num[] INTERNED = new Num[1152];

    static {
        for (int i = 0; i < INTERNED.length; i++) {
            INTERNED[i] = new Num(i + INTERNED_FROM, null, null);
        }
    }

    public static final Num ZERO = of(0);
    public static final Num ONE = of(1);

    private final long small;
    /** The exact value where it is no long. */
    private final @Nullable BigDecimal big;
    /** How it was written, where that is not the plain form. */
    private final @Nullable String text;

    private Num(long small, @Nullable BigDecimal big, @Nullable String text) {
        this.small = small;
        this.big = big;
        this.text = text;
    }

    public static Num of(long value) {
        long at = value - INTERNED_FROM;
        return at >= 0 && at < INTERNED.length ? INTERNED[(int) at] : new Num(value, null, null);
    }

    public static Num of(BigInteger value) {
        return value.bitLength() < 64 ? of(value.longValue()) : new Num(0, new BigDecimal(value), null);
    }

    /** Reads a JSON number and keeps its text. Throws NumberFormatException where it is none or its exponent too long. */
    public static Num parse(String text) {
        if (text.length() < 19 && isPlainInteger(text)) {
            long value = Long.parseLong(text);
            return text.equals("-0") ? new Num(0, null, text) : of(value);
        }
        if (text.length() > MAX_EXPONENT) {
            throw new NumberFormatException("longer than " + MAX_EXPONENT + " digits");
        }
        BigDecimal exact = new BigDecimal(text);
        if (Math.abs((long) exact.precision() - exact.scale()) > MAX_EXPONENT) {
            throw new NumberFormatException("exponent beyond " + MAX_EXPONENT);
        }
        return of(exact, text);
    }

    /** A number with the text it is to be printed as. */
    public static Num of(BigDecimal exact, String text) {
        if (exact.scale() <= 0 || exact.stripTrailingZeros().scale() <= 0) {
            if (exact.precision() - exact.scale() <= 19) {
                BigInteger whole = exact.toBigInteger();
                if (whole.bitLength() < 64) {
                    long value = whole.longValue();
                    return text.equals(Long.toString(value)) ? of(value) : new Num(value, null, text);
                }
            }
        }
        return new Num(0, exact, text.equals(exact.toPlainString()) ? null : text);
    }

    private static boolean isPlainInteger(String text) {
        int from = text.startsWith("-") ? 1 : 0;
        if (from == text.length()) {
            return false;
        }
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return text.charAt(from) != '0' || text.length() == from + 1;
    }

    /** Whether the value is integral and fits a long. */
    public boolean isLong() {
        return big == null;
    }

    /** The long that {@link #isLong()} promised. */
    public long asLong() {
        return small;
    }

    public BigDecimal asDecimal() {
        return big != null ? big : BigDecimal.valueOf(small);
    }

    public double asDouble() {
        return big != null ? big.doubleValue() : small;
    }

    /** The integer it is, empty where it has a fraction. */
    public Optional<BigInteger> asInteger() {
        if (big == null) {
            return Optional.of(BigInteger.valueOf(small));
        }
        return big.stripTrailingZeros().scale() <= 0 ? Optional.of(big.toBigInteger()) : Optional.empty();
    }

    int compareNumber(Num other) {
        if (big == null && other.big == null) {
            return Long.compare(small, other.small);
        }
        return asDecimal().compareTo(other.asDecimal());
    }

    @Override
    public int rank() {
        return 2;
    }

    @Override
    public int weight() {
        if (text != null) {
            return text.length();
        }
        // a decimal digit takes more than three bits
        return big == null
                ? 1
                : Weight.checked(1L + big.unscaledValue().bitLength() / 3 + Math.abs((long) big.scale()));
    }

    @Override
    public String typeName() {
        return "number";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Num num && compareNumber(num) == 0);
    }

    @Override
    public int hashCode() {
        return big == null ? Long.hashCode(small) : big.stripTrailingZeros().hashCode();
    }

    @Override
    public String toString() {
        if (text != null) {
            return text;
        }
        return big == null ? Long.toString(small) : big.toPlainString();
    }
}

package dev.hufu.rego.builtin;

import dev.hufu.rego.Num;
import dev.hufu.rego.SetValue;
import dev.hufu.rego.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;

/** Numbers: exact on integers, 64-bit mantissas ({@link Real}) on fractions. */
final class Arithmetic {
    private static final long SMALL = 1L << 31;
    /** What floating point leaves of a quotient or product of zero and a negative number. */
    static final Num NEGATIVE_ZERO = Num.parse("-0");

    private static final int MAX_SHIFT = 100_000;
    /** Of a product: 300,000 decimal digits, a few milliseconds. */
    private static final long MAX_BITS = 1L << 20;

    private Arithmetic() {}

    static void register(Registry registry) {
        registry.binary("plus", (_, a, b) -> plus(Operands.number(1, a), Operands.number(2, b)));
        registry.binary("minus", (context, a, b) -> minus(context, a, b));
        registry.binary("mul", (context, a, b) -> times(context, Operands.number(1, a), Operands.number(2, b)));
        registry.binary("div", (_, a, b) -> divide(Operands.number(1, a), Operands.number(2, b)));
        registry.binary("rem", (_, a, b) -> remainder(Operands.number(1, a), Operands.number(2, b)));
        registry.unary("abs", (_, a) -> abs(Operands.number(1, a)));
        registry.unary("round", (_, a) -> round(Operands.number(1, a), RoundingMode.HALF_UP));
        registry.unary("ceil", (_, a) -> round(Operands.number(1, a), RoundingMode.CEILING));
        registry.unary("floor", (_, a) -> round(Operands.number(1, a), RoundingMode.FLOOR));
        registry.binary("bits.and", bits(BigInteger::and));
        registry.binary("bits.or", bits(BigInteger::or));
        registry.binary("bits.xor", bits(BigInteger::xor));
        registry.unary("bits.negate", (_, a) -> Num.of(Operands.integer(1, a).not()));
        registry.binary("bits.lsh", shift(BigInteger::shiftLeft));
        registry.binary("bits.rsh", shift(BigInteger::shiftRight));
        registry.binary("format_int", (_, a, b) -> formatInt(Operands.number(1, a), Operands.number(2, b)));
        registry.binary(
                "numbers.range",
                (context, a, b) -> range(context, Operands.integer(1, a), Operands.integer(2, b), BigInteger.ONE));
        registry.nary("numbers.range_step", 3, (context, args) -> {
            BigInteger step = Operands.integer(3, args[2]);
            if (step.signum() <= 0) {
                throw BuiltinException.failed("step must be a positive integer");
            }
            return range(context, Operands.integer(1, args[0]), Operands.integer(2, args[1]), step);
        });
    }

    private static boolean small(Num a, Num b) {
        return isSmall(a) && isSmall(b);
    }

    /** Not by absolute value: the smallest long has none. */
    private static boolean isSmall(Num a) {
        return a.isLong() && a.asLong() < SMALL && a.asLong() > -SMALL;
    }

    static Num plus(Num a, Num b) {
        return small(a, b) ? Num.of(a.asLong() + b.asLong()) : exactOr(a, b, BigInteger::add, BigDecimal::add);
    }

    static Num times(Context context, Num a, Num b) {
        return small(a, b)
                ? Num.of(a.asLong() * b.asLong())
                : negativeZero(a, b)
                        ? NEGATIVE_ZERO
                        : exactOr(a, b, (x, y) -> multiply(context, x, y), BigDecimal::multiply);
    }

    /** A product of zero and a fraction keeps the sign that whole numbers lose. */
    private static boolean negativeZero(Num a, Num b) {
        boolean fraction = a.asInteger().isEmpty() || b.asInteger().isEmpty();
        return fraction && (a.equals(Num.ZERO) || b.equals(Num.ZERO)) && isNegative(a) != isNegative(b);
    }

    static boolean isNegative(Num a) {
        return a.toJson().startsWith("-");
    }

    /** Squaring doubles the digits, so that a few dozen lines could fill any memory. */
    static BigInteger multiply(Context context, BigInteger a, BigInteger b) {
        long bits = (long) a.bitLength() + b.bitLength();
        context.reserve(bits > MAX_BITS ? Long.MAX_VALUE : bits / Long.SIZE);
        context.work(bits / Long.SIZE);
        return a.multiply(b);
    }

    private static Num exactOr(Num a, Num b, BinaryOperator<BigInteger> exact, BinaryOperator<BigDecimal> real) {
        Optional<BigInteger> x = a.asInteger();
        Optional<BigInteger> y = b.asInteger();
        if (x.isPresent() && y.isPresent()) {
            return Num.of(exact.apply(x.get(), y.get()));
        }
        return Real.number(Real.round(real.apply(Real.of(a), Real.of(b))));
    }

    private static Value minus(Context context, Value a, Value b) {
        if (a instanceof Num x && b instanceof Num y) {
            return small(x, y)
                    ? Num.of(x.asLong() - y.asLong())
                    : exactOr(x, y, BigInteger::subtract, BigDecimal::subtract);
        }
        if (a instanceof SetValue x && b instanceof SetValue y) {
            return ArraysAndSets.difference(context, x, y);
        }
        if (!(a instanceof Num) && !(a instanceof SetValue)) {
            throw BuiltinException.operandOf(1, "number, set", a);
        }
        throw BuiltinException.operand(2, b instanceof Num ? "set" : a instanceof Num ? "number" : "set", b);
    }

    private static Num divide(Num a, Num b) {
        if (b.equals(Num.ZERO)) {
            throw BuiltinException.failed("divide by zero");
        }
        if (a.equals(Num.ZERO)) {
            return b.compareTo(Num.ZERO) < 0 ? NEGATIVE_ZERO : Num.ZERO;
        }
        if (small(a, b) && a.asLong() % b.asLong() == 0) {
            return Num.of(a.asLong() / b.asLong());
        }
        return Real.number(Real.divide(Real.of(a), Real.of(b)));
    }

    private static Num remainder(Num a, Num b) {
        Optional<BigInteger> x = a.asInteger();
        Optional<BigInteger> y = b.asInteger();
        if (x.isEmpty() || y.isEmpty()) {
            throw BuiltinException.failed("modulo on floating-point number");
        }
        if (y.get().signum() == 0) {
            throw BuiltinException.failed("modulo by zero");
        }
        return Num.of(x.get().remainder(y.get()));
    }

    private static Num abs(Num a) {
        Optional<BigInteger> whole = a.asInteger();
        return whole.isPresent()
                ? Num.of(whole.get().abs())
                : Real.number(Real.of(a).abs());
    }

    private static Num round(Num a, RoundingMode mode) {
        return a.asInteger().map(Num::of).orElseGet(() -> Num.of(rounded(Real.of(a), mode)));
    }

    /** Between -1 and 0 OPA takes the fraction cut off for a positive zero; so does this, that both decide alike (ADR 0070). */
    private static BigInteger rounded(BigDecimal value, RoundingMode mode) {
        boolean cutToZero = value.signum() < 0 && value.compareTo(BigDecimal.ONE.negate()) > 0;
        if (cutToZero && mode == RoundingMode.CEILING) {
            return BigInteger.ONE;
        }
        return cutToZero && mode == RoundingMode.FLOOR
                ? BigInteger.ZERO
                : value.setScale(0, mode).toBigInteger();
    }

    private static Fn.Binary bits(BiFunction<BigInteger, BigInteger, BigInteger> operation) {
        return (_, a, b) -> Num.of(operation.apply(Operands.integer(1, a), Operands.integer(2, b)));
    }

    private static Fn.Binary shift(BiFunction<BigInteger, Integer, BigInteger> operation) {
        return (context, a, b) -> {
            BigInteger value = Operands.integer(1, a);
            BigInteger by = Operands.integer(2, b);
            if (by.signum() < 0) {
                throw BuiltinException.type("operand 2 must be an unsigned integer number but got a negative integer");
            }
            if (by.bitLength() > 31 || by.intValue() > MAX_SHIFT) {
                throw BuiltinException.failed("shift beyond " + MAX_SHIFT + " bits");
            }
            context.reserve((value.bitLength() + by.intValue()) / Long.SIZE);
            return Num.of(operation.apply(value, by.intValue()));
        };
    }

    private static Value formatInt(Num number, Num base) {
        long radix = base.isLong() ? base.asLong() : 0;
        if (radix != 2 && radix != 8 && radix != 10 && radix != 16) {
            throw BuiltinException.operandOf(2, "2, 8, 10, 16", base);
        }
        return Value.of(
                number.asDecimal().setScale(0, RoundingMode.DOWN).toBigInteger().toString((int) radix));
    }

    private static Value range(Context context, BigInteger from, BigInteger to, BigInteger step) {
        BigInteger count = to.subtract(from).abs().divide(step).add(BigInteger.ONE);
        context.reserve(count.bitLength() < 31 ? count.intValue() : Long.MAX_VALUE);
        context.work(count.intValueExact());
        BigInteger by = to.compareTo(from) < 0 ? step.negate() : step;
        Value[] items = new Value[count.intValueExact()];
        BigInteger at = from;
        for (int i = 0; i < items.length; i++) {
            context.spend(2);
            items[i] = Num.of(at);
            at = at.add(by);
        }
        return dev.hufu.rego.Arr.wrap(items);
    }
}

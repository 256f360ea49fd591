package dev.hufu.rego.builtin;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Bool;
import dev.hufu.rego.Num;
import dev.hufu.rego.Obj;
import dev.hufu.rego.SetValue;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From many values to one. */
final class Aggregates {
    private Aggregates() {}

    static void register(Registry registry) {
        registry.unary("count", (_, a) -> count(a));
        registry.unary("sum", (context, a) -> fold(context, a, Aggregates::sum));
        registry.unary("product", (context, a) -> fold(context, a, Aggregates::product));
        registry.unary("max", (_, a) -> extreme(Operands.elements(1, a), Comparator.naturalOrder()));
        registry.unary("min", (_, a) -> extreme(Operands.elements(1, a), Comparator.reverseOrder()));
        registry.unary("sort", (context, a) -> {
            Value[] items = Operands.elements(1, a).toArray(Value[]::new);
            context.reserve(items.length);
            Arrays.sort(items, context.order());
            return Arr.wrap(items);
        });
        registry.unary(
                "all", (_, a) -> Value.of(Operands.elements(1, a).stream().allMatch(Bool.TRUE::equals)));
        registry.unary("any", (_, a) -> Value.of(Operands.elements(1, a).contains(Bool.TRUE)));
    }

    private static Value count(Value value) {
        return switch (value) {
            case Arr array -> Num.of(array.size());
            case Obj object -> Num.of(object.size());
            case SetValue set -> Num.of(set.size());
            case Str text -> Num.of(text.value().codePointCount(0, text.value().length()));
            case dev.hufu.rego.Null _, Bool _, Num _ ->
                throw BuiltinException.operandOf(1, "array, object, set, string", value);
        };
    }

    /** Of numbers, which are all whole or not. */
    private interface Fold {
        Num of(Context context, List<Num> numbers, boolean whole);
    }

    private static Value fold(Context context, Value collection, Fold fold) {
        List<Value> elements = Operands.elements(1, collection);
        context.work(elements.size());
        List<Num> numbers = new ArrayList<>(elements.size());
        boolean whole = true;
        for (Value element : elements) {
            if (!(element instanceof Num number)) {
                String kind = collection instanceof Arr ? "array" : "set";
                throw BuiltinException.type("operand 1 must be " + kind + " of numbers but got " + kind + " containing "
                        + element.typeName());
            }
            numbers.add(number);
            whole &= number.isLong() || number.asInteger().isPresent();
        }
        return fold.of(context, numbers, whole);
    }

    private static Num sum(Context context, List<Num> numbers, boolean whole) {
        if (whole) {
            return numbers.stream().reduce(Num.ZERO, Arithmetic::plus);
        }
        BigDecimal sum = BigDecimal.ZERO;
        for (Num number : numbers) {
            sum = Real.round(sum.add(Real.of(number)));
        }
        return Real.number(sum);
    }

    private static Num product(Context context, List<Num> numbers, boolean whole) {
        if (whole) {
            return numbers.stream().reduce(Num.ONE, (x, y) -> Arithmetic.times(context, x, y));
        }
        BigDecimal product = BigDecimal.ONE;
        boolean negative = false;
        for (Num number : numbers) {
            product = Real.round(product.multiply(Real.of(number)), Real.DOUBLE_BITS);
            negative ^= Arithmetic.isNegative(number);
        }
        return product.signum() == 0 && negative ? Arithmetic.NEGATIVE_ZERO : Real.number(product, Real.DOUBLE_BITS);
    }

    /** The greatest; of equals, as 1 and 1.0 are, the last, as in OPA. */
    private static @Nullable Value extreme(List<Value> elements, Comparator<Value> order) {
        Value found = null;
        for (Value element : elements) {
            found = found == null || order.compare(element, found) >= 0 ? element : found;
        }
        return found;
    }
}

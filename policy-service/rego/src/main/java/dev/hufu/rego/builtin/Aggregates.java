package dev.hufu.rego.builtin;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Bool;
import dev.hufu.rego.Num;
import dev.hufu.rego.Obj;
import dev.hufu.rego.SetValue;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** From many values to one. */
final class Aggregates {
    private Aggregates() {}

    static void register(Registry registry) {
        registry.unary("count", (_, a) -> count(a));
        registry.unary("sum", (context, a) -> fold(context, a, Num.ZERO, Arithmetic::plus));
        registry.unary("product", Aggregates::product);
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

    /** Exact of integers; otherwise rounded to a double after each, as OPA does here and not for {@code *}. */
    private static Value product(Context context, Value collection) {
        boolean whole = Operands.elements(1, collection).stream()
                .allMatch(element ->
                        !(element instanceof Num number) || number.asInteger().isPresent());
        return fold(
                context,
                collection,
                Num.ONE,
                whole ? (x, y) -> Arithmetic.times(context, x, y) : (x, y) -> roundedTimes(context, x, y));
    }

    private static Num roundedTimes(Context context, Num a, Num b) {
        double rounded = new BigDecimal(a.asDouble()).multiply(Real.of(b)).doubleValue();
        return Double.isInfinite(rounded) ? Arithmetic.times(context, a, b) : Num.parse(GoFormat.shortest(rounded, -1));
    }

    private static Value fold(Context context, Value collection, Num start, BinaryOperator<Num> operation) {
        List<Value> elements = Operands.elements(1, collection);
        context.work(elements.size());
        Num result = start;
        for (Value element : elements) {
            if (!(element instanceof Num number)) {
                String kind = collection instanceof Arr ? "array" : "set";
                throw BuiltinException.type("operand 1 must be " + kind + " of numbers but got " + kind + " containing "
                        + element.typeName());
            }
            result = operation.apply(result, number);
        }
        return result;
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

package dev.hufu.rego.builtin;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Bool;
import dev.hufu.rego.Null;
import dev.hufu.rego.Num;
import dev.hufu.rego.Obj;
import dev.hufu.rego.SetValue;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tests and casts of types. */
final class Types {
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,6})?");

    /** What is a number in JSON, too, and may be printed as it was written. */
    private static final Pattern JSON = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

    private Types() {}

    static void register(Registry registry) {
        is(registry, "is_array", Arr.class);
        is(registry, "is_boolean", Bool.class);
        is(registry, "is_null", Null.class);
        is(registry, "is_number", Num.class);
        is(registry, "is_object", Obj.class);
        is(registry, "is_set", SetValue.class);
        is(registry, "is_string", Str.class);
        registry.unary("type_name", (_, a) -> Value.of(a.typeName()));
        registry.unary("to_number", (_, a) -> toNumber(a));
        cast(registry, "cast_boolean", Bool.class, "boolean");
        cast(registry, "cast_null", Null.class, "null");
        cast(registry, "cast_object", Obj.class, "object");
        cast(registry, "cast_string", Str.class, "string");
        registry.unary("cast_array", (_, a) -> Arr.of(Operands.elements(1, a)));
        registry.unary("cast_set", (context, a) -> SetValue.of(Operands.elements(1, a), context.order()));
    }

    private static void is(Registry registry, String name, Class<? extends Value> type) {
        registry.unary(name, (_, a) -> Value.of(type.isInstance(a)));
    }

    private static void cast(Registry registry, String name, Class<? extends Value> type, String wanted) {
        registry.unary(name, (_, a) -> {
            if (type.isInstance(a)) {
                return a;
            }
            throw BuiltinException.operand(1, wanted, a);
        });
    }

    private static @Nullable Value toNumber(Value value) {
        return switch (value) {
            case Null _ -> Num.ZERO;
            case Bool bool -> Num.of(bool.value() ? 1 : 0);
            case Num number -> number;
            case Str text -> parse(text);
            case Arr _, Obj _, SetValue _ ->
                throw BuiltinException.operandOf(1, "null, boolean, number, string", value);
        };
    }

    private static Num plain(BigDecimal value) {
        return Num.of(value, value.toString());
    }

    private static Value parse(Str text) {
        String written = text.value();
        if (!NUMBER.matcher(written).matches()) {
            if (written.matches("(?i)[+-]?(inf|infinity|nan)")) {
                throw BuiltinException.type("operand 1 must be valid number string but got " + written);
            }
            throw BuiltinException.failed("strconv.ParseFloat: parsing " + text + ": invalid syntax");
        }
        try {
            if (Double.isInfinite(Double.parseDouble(written))) {
                throw new NumberFormatException("beyond a double");
            }
            return JSON.matcher(written).matches() ? Num.parse(written) : plain(new BigDecimal(written));
        } catch (NumberFormatException tooLong) {
            throw BuiltinException.failed("strconv.ParseFloat: parsing " + text + ": value out of range");
        }
    }
}

package dev.hufu.rego.builtin;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Num;
import dev.hufu.rego.Obj;
import dev.hufu.rego.SetValue;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.math.BigInteger;
import java.util.List;

/** Takes operands as the type a builtin wants, or says which one is wrong. Positions count from 1. */
final class Operands {
    private static final int MAX_INDEX_DIGITS = 19;

    private Operands() {}

    static String string(int position, Value value) {
        if (value instanceof Str text) {
            return text.value();
        }
        throw BuiltinException.operand(position, "string", value);
    }

    static Num number(int position, Value value) {
        if (value instanceof Num number) {
            return number;
        }
        throw BuiltinException.operand(position, "number", value);
    }

    static BigInteger integer(int position, Value value) {
        return number(position, value)
                .asInteger()
                .orElseThrow(() -> BuiltinException.type(
                        "operand " + position + " must be integer number but got floating-point number"));
    }

    /** An integer of no more than 19 digits, written without exponent as OPA wants it here; clamped where it does not fit an int. */
    static int index(int position, Value value) {
        BigInteger whole = integer(position, value);
        String text = value.toJson();
        int digits = text.length() - (text.startsWith("-") ? 1 : 0);
        if (digits > MAX_INDEX_DIGITS || text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
            throw BuiltinException.type(
                    "operand " + position + " must be integer number but got floating-point number");
        }
        return whole.bitLength() < 32 ? whole.intValue() : whole.signum() < 0 ? Integer.MIN_VALUE : Integer.MAX_VALUE;
    }

    static Arr array(int position, Value value) {
        if (value instanceof Arr array) {
            return array;
        }
        throw BuiltinException.operand(position, "array", value);
    }

    static SetValue set(int position, Value value) {
        if (value instanceof SetValue set) {
            return set;
        }
        throw BuiltinException.operand(position, "set", value);
    }

    static Obj object(int position, Value value) {
        if (value instanceof Obj object) {
            return object;
        }
        throw BuiltinException.operand(position, "object", value);
    }

    /** The elements of an array or a set. */
    static List<Value> elements(int position, Value value) {
        return switch (value) {
            case Arr array -> array.asList();
            case SetValue set -> set.asList();
            case dev.hufu.rego.Null _, dev.hufu.rego.Bool _, Num _, Str _, Obj _ ->
                throw BuiltinException.operandOf(position, "array, set", value);
        };
    }
}

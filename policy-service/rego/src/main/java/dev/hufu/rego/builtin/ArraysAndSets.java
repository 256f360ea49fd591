package dev.hufu.rego.builtin;

import dev.hufu.rego.Arr;
import dev.hufu.rego.SetValue;
import dev.hufu.rego.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Arrays and sets. */
final class ArraysAndSets {
    private ArraysAndSets() {}

    static void register(Registry registry) {
        registry.binary("array.concat", (context, a, b) -> {
            List<Value> items = new ArrayList<>(Operands.array(1, a).asList());
            items.addAll(Operands.array(2, b).asList());
            context.reserve(items.size());
            return Arr.of(items);
        });
        registry.unary(
                "array.reverse", (_, a) -> Arr.of(Operands.array(1, a).asList().reversed()));
        registry.nary("array.slice", 3, (_, args) -> slice(args));
        registry.unary("array.flatten", (context, a) -> flatten(context, Operands.array(1, a)));
        registry.binary("and", (_, a, b) -> intersection(Operands.set(1, a), Operands.set(2, b)));
        registry.binary("or", (context, a, b) -> {
            SetValue members = Operands.set(1, a).union(Operands.set(2, b));
            context.reserve(members.size());
            return members;
        });
        registry.binary("set_diff", (_, a, b) -> difference(Operands.set(1, a), Operands.set(2, b)));
        registry.unary("intersection", (_, a) -> intersectionOfAll(Operands.set(1, a)));
        registry.unary("union", (context, a) -> unionOfAll(context, Operands.set(1, a)));
    }

    private static Value slice(Value[] args) {
        Arr array = Operands.array(1, args[0]);
        int from = Math.max(0, Operands.index(2, args[1]));
        int to = Math.min(array.size(), Operands.index(3, args[2]));
        return from >= to ? Arr.EMPTY : array.slice(from, to);
    }

    private static Value flatten(Context context, Arr array) {
        List<Value> items = new ArrayList<>();
        for (Value item : array) {
            if (item instanceof Arr inner) {
                items.addAll(inner.asList());
            } else {
                items.add(item);
            }
        }
        context.reserve(items.size());
        return Arr.of(items);
    }

    private static SetValue intersection(SetValue a, SetValue b) {
        Set<Value> members = new HashSet<>();
        for (Value member : a) {
            if (b.contains(member)) {
                members.add(member);
            }
        }
        return SetValue.of(members);
    }

    static SetValue difference(SetValue a, SetValue b) {
        Set<Value> members = new HashSet<>();
        for (Value member : a) {
            if (!b.contains(member)) {
                members.add(member);
            }
        }
        return SetValue.of(members);
    }

    private static SetValue member(Value value) {
        if (value instanceof SetValue set) {
            return set;
        }
        throw BuiltinException.type("operand 1 must be set of sets but got set containing " + value.typeName());
    }

    private static Value intersectionOfAll(SetValue sets) {
        SetValue result = null;
        for (Value one : sets) {
            SetValue set = member(one);
            result = result == null ? set : intersection(result, set);
        }
        return result == null ? SetValue.EMPTY : result;
    }

    private static Value unionOfAll(Context context, SetValue sets) {
        Set<Value> members = new HashSet<>();
        for (Value one : sets) {
            members.addAll(member(one).asList());
        }
        context.reserve(members.size());
        return SetValue.of(members);
    }
}

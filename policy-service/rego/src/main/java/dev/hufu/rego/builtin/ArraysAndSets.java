package dev.hufu.rego.builtin;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Distinct;
import dev.hufu.rego.SetValue;
import dev.hufu.rego.Value;
import java.util.ArrayList;
import java.util.List;

/** Arrays and sets. */
final class ArraysAndSets {
    private ArraysAndSets() {}

    static void register(Registry registry) {
        registry.binary("array.concat", (context, a, b) -> {
            context.reserve(
                    (long) Operands.array(1, a).size() + Operands.array(2, b).size());
            List<Value> items = new ArrayList<>(Operands.array(1, a).asList());
            items.addAll(Operands.array(2, b).asList());
            return Arr.of(items);
        });
        registry.unary(
                "array.reverse", (_, a) -> Arr.of(Operands.array(1, a).asList().reversed()));
        registry.nary("array.slice", 3, (_, args) -> slice(args));
        registry.unary("array.flatten", (context, a) -> flatten(context, Operands.array(1, a)));
        registry.binary("and", (context, a, b) -> intersection(context, Operands.set(1, a), Operands.set(2, b)));
        registry.binary("or", (context, a, b) -> {
            SetValue members = Operands.set(1, a).union(Operands.set(2, b));
            context.reserve(members.size());
            return members;
        });
        registry.binary("set_diff", (context, a, b) -> difference(context, Operands.set(1, a), Operands.set(2, b)));
        registry.unary("intersection", (context, a) -> intersectionOfAll(context, Operands.set(1, a)));
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
                context.reserve(inner.size());
                items.addAll(inner.asList());
            } else {
                items.add(item);
            }
        }
        context.reserve(array.size());
        return Arr.of(items);
    }

    private static SetValue intersection(Context context, SetValue a, SetValue b) {
        List<Value> members = new ArrayList<>();
        for (Value member : a) {
            context.spend(1);
            if (b.contains(member)) {
                members.add(member);
            }
        }
        return SetValue.of(members, context.order());
    }

    static SetValue difference(Context context, SetValue a, SetValue b) {
        List<Value> members = new ArrayList<>();
        for (Value member : a) {
            context.spend(1);
            if (!b.contains(member)) {
                members.add(member);
            }
        }
        return SetValue.of(members, context.order());
    }

    private static SetValue member(Value value) {
        if (value instanceof SetValue set) {
            return set;
        }
        throw BuiltinException.type("operand 1 must be set of sets but got set containing " + value.typeName());
    }

    private static Value intersectionOfAll(Context context, SetValue sets) {
        SetValue result = null;
        for (Value one : sets) {
            SetValue set = member(one);
            result = result == null ? set : intersection(context, result, set);
        }
        return result == null ? SetValue.EMPTY : result;
    }

    private static Value unionOfAll(Context context, SetValue sets) {
        Distinct members = new Distinct();
        for (Value one : sets) {
            SetValue set = member(one);
            context.spend(set.size());
            members.addAll(set.asList());
            context.room(members.size());
        }
        context.reserve(members.size());
        return SetValue.of(members, context.order());
    }
}

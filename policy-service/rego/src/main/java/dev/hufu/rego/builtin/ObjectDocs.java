package dev.hufu.rego.builtin;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Distinct;
import dev.hufu.rego.Obj;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.SetValue;
import dev.hufu.rego.Value;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code object.*}. */
final class ObjectDocs {
    private ObjectDocs() {}

    static void register(Registry registry) {
        registry.nary("object.get", 3, (_, args) -> get(Operands.object(1, args[0]), args[1], args[2]));
        registry.unary(
                "object.keys", (context, a) -> SetValue.of(Operands.object(1, a).keys(), context.order()));
        registry.binary("object.remove", (context, a, b) -> remove(context, Operands.object(1, a), keys(b)));
        registry.binary("object.filter", (context, a, b) -> filter(context, Operands.object(1, a), keys(b)));
        registry.binary("object.union", (context, a, b) -> {
            Obj left = Operands.object(1, a);
            Obj right = Operands.object(2, b);
            context.reserve(left.size() + right.size());
            return union(context, left, right);
        });
        registry.unary("object.union_n", (context, a) -> unionAll(context, Operands.array(1, a)));
        registry.binary("object.subset", (context, a, b) -> subset(context, a, b));
    }

    private static @Nullable Value get(Obj object, Value key, Value otherwise) {
        if (!(key instanceof Arr path)) {
            Value found = object.get(key);
            return found == null ? otherwise : found;
        }
        Value at = object;
        for (Value step : path) {
            at = at.get(step);
            if (at == null) {
                return otherwise;
            }
        }
        return at;
    }

    private static Collection<Value> keys(Value value) {
        if (value instanceof Obj object) {
            return object.keys();
        }
        if (value instanceof Arr || value instanceof SetValue) {
            return Operands.elements(2, value);
        }
        throw BuiltinException.operandOf(2, "object, set, array", value);
    }

    private static Value remove(Context context, Obj object, Collection<Value> keys) {
        Obj left = object;
        for (Value key : keys) {
            context.spend(left.size() >> 5);
            left = left.without(key);
        }
        return left;
    }

    private static Value filter(Context context, Obj object, Collection<Value> keys) {
        ObjBuilder kept = new ObjBuilder();
        for (Value key : keys) {
            Value value = object.get(key);
            if (value != null) {
                kept.put(key, value);
            }
        }
        return kept.build(context.order());
    }

    /** Deep: objects under one key are merged, else the right side wins. */
    private static Obj union(Context context, Obj left, Obj right) {
        ObjBuilder merged = new ObjBuilder().putAll(left);
        merge(context, merged, right);
        return merged.build(context.order());
    }

    private static void merge(Context context, ObjBuilder into, Obj right) {
        right.forEach((key, value) -> {
            context.spend(2);
            Value before = into.get(key);
            if (before instanceof Obj x && value instanceof Obj y) {
                context.work(1);
                into.put(key, union(context, x, y));
            } else {
                into.put(key, value);
            }
        });
    }

    private static Value unionAll(Context context, Arr objects) {
        ObjBuilder result = new ObjBuilder();
        for (Value one : objects) {
            if (!(one instanceof Obj object)) {
                throw BuiltinException.type(
                        "operand 1 must be array of objects but got array containing " + one.typeName());
            }
            context.reserve(object.size());
            merge(context, result, object);
        }
        return result.build(context.order());
    }

    private static @Nullable Value subset(Context context, Value whole, Value part) {
        if (whole instanceof Obj object && part instanceof Obj wanted) {
            return Value.of(objectSubset(context, object, wanted));
        }
        if (whole instanceof SetValue set && part instanceof SetValue wanted) {
            return Value.of(wanted.asList().stream().allMatch(set::contains));
        }
        if (whole instanceof Arr array && part instanceof Arr wanted) {
            return Value.of(arraySubset(context, array.asList(), wanted.asList()));
        }
        if (whole instanceof Arr array && part instanceof SetValue wanted) {
            Distinct items = new Distinct();
            items.addAll(array.asList());
            return Value.of(items.containsAll(wanted.asList()));
        }
        throw BuiltinException.type("both arguments object.subset must be of the same type or array and set");
    }

    private static boolean objectSubset(Context context, Obj whole, Obj part) {
        for (int i = 0; i < part.size(); i++) {
            context.spend(2);
            Value value = whole.get(part.keyAt(i));
            Value wanted = part.valueAt(i);
            boolean holds = value != null && (value.equals(wanted) || inner(context, value, wanted));
            if (!holds) {
                return false;
            }
        }
        return true;
    }

    private static boolean inner(Context context, Value value, Value wanted) {
        if (value instanceof Obj a && wanted instanceof Obj b) {
            return objectSubset(context, a, b);
        }
        if (value instanceof SetValue a && wanted instanceof SetValue b) {
            return b.asList().stream().allMatch(a::contains);
        }
        return value instanceof Arr a && wanted instanceof Arr b && arraySubset(context, a.asList(), b.asList());
    }

    private static boolean arraySubset(Context context, List<Value> whole, List<Value> part) {
        for (int from = 0; from + part.size() <= whole.size(); from++) {
            int same = 0;
            while (same < part.size() && whole.get(from + same).equals(part.get(same))) {
                same++;
                context.spend(1);
            }
            if (same == part.size()) {
                return true;
            }
        }
        return false;
    }
}

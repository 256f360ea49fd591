package dev.hufu.rego.builtin;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Obj;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.SetValue;
import dev.hufu.rego.Value;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code object.*}. */
final class ObjectDocs {
    private ObjectDocs() {}

    static void register(Registry registry) {
        registry.nary("object.get", 3, (_, args) -> get(Operands.object(1, args[0]), args[1], args[2]));
        registry.unary(
                "object.keys", (_, a) -> SetValue.of(Operands.object(1, a).keys()));
        registry.binary("object.remove", (_, a, b) -> remove(Operands.object(1, a), new HashSet<>(keys(b))));
        registry.binary("object.filter", (_, a, b) -> filter(Operands.object(1, a), keys(b)));
        registry.binary("object.union", (context, a, b) -> {
            Obj left = Operands.object(1, a);
            Obj right = Operands.object(2, b);
            context.reserve(left.size() + right.size());
            return union(left, right);
        });
        registry.unary("object.union_n", (context, a) -> unionAll(context, Operands.array(1, a)));
        registry.binary("object.subset", (_, a, b) -> subset(a, b));
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

    private static Value remove(Obj object, Set<Value> keys) {
        ObjBuilder left = new ObjBuilder();
        object.forEach((key, value) -> {
            if (!keys.contains(key)) {
                left.put(key, value);
            }
        });
        return left.build();
    }

    private static Value filter(Obj object, Collection<Value> keys) {
        ObjBuilder kept = new ObjBuilder();
        for (Value key : keys) {
            Value value = object.get(key);
            if (value != null) {
                kept.put(key, value);
            }
        }
        return kept.build();
    }

    /** Deep: objects under one key are merged, else the right side wins. */
    static Obj union(Obj left, Obj right) {
        ObjBuilder merged = new ObjBuilder().putAll(left);
        right.forEach((key, value) -> {
            Value before = left.get(key);
            merged.put(key, before instanceof Obj x && value instanceof Obj y ? union(x, y) : value);
        });
        return merged.build();
    }

    private static Value unionAll(Context context, Arr objects) {
        Obj result = Obj.EMPTY;
        for (Value one : objects) {
            if (!(one instanceof Obj object)) {
                throw BuiltinException.type(
                        "operand 1 must be array of objects but got array containing " + one.typeName());
            }
            context.reserve(object.size());
            result = union(result, object);
        }
        return result;
    }

    private static @Nullable Value subset(Value whole, Value part) {
        if (whole instanceof Obj object && part instanceof Obj wanted) {
            return Value.of(objectSubset(object, wanted));
        }
        if (whole instanceof SetValue set && part instanceof SetValue wanted) {
            return Value.of(wanted.asList().stream().allMatch(set::contains));
        }
        if (whole instanceof Arr array && part instanceof Arr wanted) {
            return Value.of(arraySubset(array.asList(), wanted.asList()));
        }
        if (whole instanceof Arr array && part instanceof SetValue wanted) {
            return Value.of(new HashSet<>(array.asList()).containsAll(wanted.asList()));
        }
        throw BuiltinException.type("both arguments object.subset must be of the same type or array and set");
    }

    private static boolean objectSubset(Obj whole, Obj part) {
        for (int i = 0; i < part.size(); i++) {
            Value value = whole.get(part.keyAt(i));
            Value wanted = part.valueAt(i);
            boolean holds = value != null && (value.equals(wanted) || inner(value, wanted));
            if (!holds) {
                return false;
            }
        }
        return true;
    }

    private static boolean inner(Value value, Value wanted) {
        if (value instanceof Obj a && wanted instanceof Obj b) {
            return objectSubset(a, b);
        }
        if (value instanceof SetValue a && wanted instanceof SetValue b) {
            return b.asList().stream().allMatch(a::contains);
        }
        return value instanceof Arr a && wanted instanceof Arr b && arraySubset(a.asList(), b.asList());
    }

    private static boolean arraySubset(List<Value> whole, List<Value> part) {
        return java.util.Collections.indexOfSubList(whole, part) >= 0;
    }
}

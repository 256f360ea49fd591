package dev.hufu.rego.builtin;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Obj;
import dev.hufu.rego.SetValue;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;

/** Order and membership. */
final class Comparisons {
    private Comparisons() {}

    static void register(Registry registry) {
        registry.binary("equal", (_, a, b) -> Value.of(a.equals(b)));
        registry.binary("eq", (_, a, b) -> Value.of(a.equals(b)));
        registry.binary("neq", (_, a, b) -> Value.of(!a.equals(b)));
        registry.binary("lt", (_, a, b) -> Value.of(a.compareTo(b) < 0));
        registry.binary("lte", (_, a, b) -> Value.of(a.compareTo(b) <= 0));
        registry.binary("gt", (_, a, b) -> Value.of(a.compareTo(b) > 0));
        registry.binary("gte", (_, a, b) -> Value.of(a.compareTo(b) >= 0));
        registry.binary("internal.member_2", (_, member, collection) -> Value.of(isMember(member, collection)));
        registry.nary("internal.member_3", 3, (_, args) -> Value.of(isEntry(args[0], args[1], args[2])));
        registry.unary("internal.template_string", (context, parts) -> template(context, Operands.array(1, parts)));
    }

    static boolean isMember(Value member, Value collection) {
        return switch (collection) {
            case SetValue set -> set.contains(member);
            case Arr array -> array.contains(member);
            case Obj object -> {
                for (int i = 0; i < object.size(); i++) {
                    if (object.valueAt(i).equals(member)) {
                        yield true;
                    }
                }
                yield false;
            }
            case dev.hufu.rego.Null _, dev.hufu.rego.Bool _, dev.hufu.rego.Num _, Str _ -> false;
        };
    }

    private static boolean isEntry(Value key, Value member, Value collection) {
        Value found = collection.get(key);
        return found != null && found.equals(member);
    }

    /** Each part is a constant, or the set of the values that an expression has: none is shown as undefined. */
    private static Value template(Context context, Arr parts) {
        StringBuilder out = new StringBuilder();
        for (Value part : parts) {
            if (part instanceof SetValue values) {
                if (values.size() > 1) {
                    throw BuiltinException.failed("template expression has several values");
                }
                out.append(
                        values.size() == 0
                                ? "<undefined>"
                                : text(context, values.asList().getFirst()));
            } else {
                out.append(text(context, part));
            }
        }
        return new Str(out.toString());
    }

    /** As below, of what may be large. */
    static String text(Context context, Value value) {
        context.room(value.weight());
        return value instanceof Str string ? string.value() : value.toString(context::spend);
    }

    static String text(Value value) {
        return value instanceof Str string ? string.value() : value.toString();
    }
}

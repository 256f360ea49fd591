package dev.hufu.rego.builtin;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Obj;
import dev.hufu.rego.SetValue;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** RFC 6902 over documents that may hold sets; an operation that cannot be done leaves the result undefined. */
final class JsonPatch {
    private static final Str END = new Str("-");

    /** What a change of a large document takes, in units of {@link Context#spend}. */
    private static final int CHANGE = 256;

    private JsonPatch() {}

    static void register(Registry registry) {
        registry.binary("json.patch", (context, a, b) -> {
            Value document = a;
            for (Value operation : Operands.array(2, b)) {
                context.work(1);
                context.spend(CHANGE);
                document = document == null ? null : apply(document, Operands.object(2, operation));
            }
            return document;
        });
    }

    private static @Nullable Value apply(Value document, Obj operation) {
        String op = field(operation, "op") instanceof Str text ? text.value() : "";
        List<Value> path = JsonDocs.path(field(operation, "path"));
        return switch (op) {
            case "add" -> put(document, path, 0, field(operation, "value"));
            case "replace" -> {
                Value removed = get(document, path) == null ? null : remove(document, path, 0);
                yield removed == null ? null : put(removed, path, 0, field(operation, "value"));
            }
            case "remove" -> remove(document, path, 0);
            case "test" -> field(operation, "value").equals(get(document, path)) ? document : null;
            case "copy" -> {
                Value source = get(document, JsonDocs.path(field(operation, "from")));
                yield source == null ? null : put(document, path, 0, source);
            }
            case "move" -> {
                List<Value> from = JsonDocs.path(field(operation, "from"));
                Value source = get(document, from);
                Value rest = source == null ? null : remove(document, from, 0);
                yield rest == null || source == null ? null : put(rest, path, 0, source);
            }
            default -> throw BuiltinException.type("operand 2 bad patch: unrecognized op \"" + op + "\"");
        };
    }

    private static Value field(Obj operation, String name) {
        Value value = operation.get(name);
        if (value == null) {
            throw BuiltinException.type("operand 2 missing '" + name + "' attribute");
        }
        return value;
    }

    private static int index(Value key) {
        String text = Comparisons.text(key);
        return text.matches("0|[1-9]\\d{0,8}") ? Integer.parseInt(text) : -1;
    }

    private static @Nullable Value get(Value document, List<Value> path) {
        Value at = document;
        for (Value key : path) {
            if (at instanceof Arr array) {
                int index = index(key);
                at = index >= 0 && index < array.size() ? array.at(index) : null;
            } else {
                at = at.get(key);
            }
            if (at == null) {
                return null;
            }
        }
        return at;
    }

    /** An array's element goes before the one at its index. */
    private static @Nullable Value put(Value at, List<Value> path, int depth, Value value) {
        if (depth == path.size()) {
            return value;
        }
        Value key = path.get(depth);
        boolean last = depth == path.size() - 1;
        return switch (at) {
            case Obj object -> {
                Value below = object.get(key);
                Value changed = last ? value : below == null ? null : put(below, path, depth + 1, value);
                yield changed == null ? null : object.with(key, changed);
            }
            case SetValue set -> {
                List<Value> members = new ArrayList<>(set.asList());
                Value below = set.get(key);
                if (last ? !key.equals(value) : below == null) {
                    yield null;
                }
                members.remove(key);
                Value changed = last || below == null ? value : put(below, path, depth + 1, value);
                if (changed == null) {
                    yield null;
                }
                members.add(changed);
                yield SetValue.of(members);
            }
            case Arr array -> {
                List<Value> items = new ArrayList<>(array.asList());
                int index = last && key.equals(END) ? items.size() : index(key);
                if (index < 0 || index > items.size() || (!last && index == items.size())) {
                    yield null;
                }
                if (last) {
                    items.add(index, value);
                } else {
                    Value changed = put(items.get(index), path, depth + 1, value);
                    if (changed == null) {
                        yield null;
                    }
                    items.set(index, changed);
                }
                yield Arr.of(items);
            }
            default -> null;
        };
    }

    private static @Nullable Value remove(Value at, List<Value> path, int depth) {
        if (depth == path.size()) {
            return at;
        }
        Value key = path.get(depth);
        boolean last = depth == path.size() - 1;
        Value below = get(at, List.of(key));
        Value changed = last || below == null ? null : remove(below, path, depth + 1);
        if (below == null || (!last && changed == null)) {
            return null;
        }
        return switch (at) {
            case Obj object -> changed == null ? object.without(key) : object.with(key, changed);
            case SetValue set -> {
                List<Value> members = new ArrayList<>(set.asList());
                members.remove(key);
                if (changed != null) {
                    members.add(changed);
                }
                yield SetValue.of(members);
            }
            case Arr array -> {
                List<Value> items = new ArrayList<>(array.asList());
                if (changed == null) {
                    items.remove(index(key));
                } else {
                    items.set(index(key), changed);
                }
                yield Arr.of(items);
            }
            default -> null;
        };
    }
}

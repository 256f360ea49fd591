package dev.hufu.rego.builtin;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Obj;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.SetValue;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code json.*}: text, and documents cut by paths. */
final class JsonDocs {
    private JsonDocs() {}

    static void register(Registry registry) {
        registry.unary("json.marshal", (context, a) -> {
            context.room(a.weight());
            return new Str(a.toEscapedJson(context::spend));
        });
        registry.unary("json.unmarshal", (context, a) -> {
            context.reserve(Operands.string(1, a).length());
            return parse(context, Operands.string(1, a));
        });
        registry.unary(
                "json.is_valid", (context, a) -> Value.of(a instanceof Str text && isValid(context, text.value())));
        registry.binary("json.remove", (context, a, b) -> remove(context, Operands.object(1, a), paths(b)));
        registry.binary("json.filter", (context, a, b) -> filter(context, Operands.object(1, a), paths(b)));
    }

    static Value parse(Context context, String text) {
        try {
            return Value.fromJson(new PacedReader(context, text));
        } catch (IllegalArgumentException malformed) {
            throw BuiltinException.failed(String.valueOf(malformed.getMessage()));
        }
    }

    static boolean isValid(Context context, String text) {
        try {
            Value.fromJson(new PacedReader(context, text));
            return true;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    /** A tree of keys; a path's end is a leaf. */
    private static final class Paths {
        final Map<Value, Paths> below = new LinkedHashMap<>();
        boolean end;

        void add(List<Value> path) {
            Paths at = this;
            for (Value key : path) {
                at = at.below.computeIfAbsent(key, _ -> new Paths());
            }
            at.end = true;
        }
    }

    private static Paths paths(Value value) {
        if (!(value instanceof Arr) && !(value instanceof SetValue)) {
            throw BuiltinException.operandOf(2, "set, array", value);
        }
        Paths paths = new Paths();
        for (Value path : Operands.elements(2, value)) {
            paths.add(path(path));
        }
        return paths;
    }

    /** {@code "a/b~1c"} or {@code ["a", "b/c"]}. */
    static List<Value> path(Value path) {
        if (path instanceof Arr segments) {
            return segments.asList();
        }
        if (!(path instanceof Str text)) {
            throw badPath(path);
        }
        String trimmed = text.value().startsWith("/") ? text.value().substring(1) : text.value();
        List<Value> segments = new ArrayList<>();
        if (text.value().isEmpty()) {
            return segments;
        }
        for (String segment : trimmed.split("/", -1)) {
            segments.add(new Str(segment.replace("~1", "/").replace("~0", "~")));
        }
        return segments;
    }

    private static BuiltinException badPath(Value path) {
        return BuiltinException.type(
                "operand 2 must be one of {set, array} containing string paths or array of path segments but got "
                        + path.typeName());
    }

    private static @Nullable Paths step(Paths paths, Value key, boolean index) {
        Paths found = paths.below.get(key);
        return found != null || !index ? found : paths.below.get(new Str(key.toString()));
    }

    private static Value remove(Context context, Value document, Paths paths) {
        context.spend(1);
        return switch (document) {
            case Obj object -> {
                Obj left = object;
                for (Map.Entry<Value, Paths> path : paths.below.entrySet()) {
                    context.spend(1 + (left.size() >> 5));
                    Value value = object.get(path.getKey());
                    if (value != null) {
                        Paths below = path.getValue();
                        left = below.end
                                ? left.without(path.getKey())
                                : left.with(path.getKey(), remove(context, value, below));
                    }
                }
                yield left;
            }
            case Arr array -> {
                List<Value> left = new ArrayList<>();
                for (int i = 0; i < array.size(); i++) {
                    Paths below = step(paths, Value.of(i), true);
                    if (below == null) {
                        left.add(array.at(i));
                    } else if (!below.end) {
                        left.add(remove(context, array.at(i), below));
                    }
                }
                yield Arr.of(left);
            }
            case SetValue set -> {
                List<Value> left = new ArrayList<>();
                for (Value member : set) {
                    Paths below = step(paths, member, false);
                    if (below == null) {
                        left.add(member);
                    } else if (!below.end) {
                        left.add(remove(context, member, below));
                    }
                }
                yield SetValue.of(left);
            }
            default -> document;
        };
    }

    private static Value filter(Context context, Value document, Paths paths) {
        context.spend(1);
        if (paths.end || paths.below.isEmpty()) {
            return paths.end || !(document instanceof Obj) ? document : Obj.EMPTY;
        }
        return switch (document) {
            case Obj object -> {
                ObjBuilder kept = new ObjBuilder();
                paths.below.forEach((key, below) -> {
                    Value value = object.get(key);
                    if (value != null) {
                        kept.put(key, filter(context, value, below));
                    }
                });
                yield kept.build(context.order());
            }
            case Arr array -> {
                List<Value> kept = new ArrayList<>();
                for (int i = 0; i < array.size(); i++) {
                    Paths below = step(paths, Value.of(i), true);
                    if (below != null) {
                        kept.add(filter(context, array.at(i), below));
                    }
                }
                yield Arr.of(kept);
            }
            case SetValue set -> {
                List<Value> kept = new ArrayList<>();
                for (Value member : set) {
                    Paths below = step(paths, member, false);
                    if (below != null) {
                        kept.add(filter(context, member, below));
                    }
                }
                yield SetValue.of(kept);
            }
            default -> document;
        };
    }
}

package dev.hufu.rego.types;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What builtins take and give, read from the table beside this class. */
public final class Declarations {
    private static final Map<String, Type.Function> ALL = load();
    private static final Set<String> DEPRECATED = Set.of(
            "all",
            "any",
            "cast_array",
            "cast_boolean",
            "cast_null",
            "cast_object",
            "cast_set",
            "cast_string",
            "net.cidr_overlap",
            "re_match",
            "set_diff");

    private final String text;
    private int at;

    private Declarations(String text) {
        this.text = text;
    }

    /** Null for a builtin that the table does not have. */
    public static Type.@Nullable Function of(String builtin) {
        return ALL.get(builtin);
    }

    /** OPA names it deprecated: v1 and strict mode refuse it. */
    public static boolean isDeprecated(String builtin) {
        return DEPRECATED.contains(builtin);
    }

    private static Map<String, Type.Function> load() {
        try (InputStream in = Declarations.class.getResourceAsStream("builtins.txt")) {
            Map<String, Type.Function> all = new HashMap<>();
            String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.split("\n")) {
                int open = line.indexOf('(');
                if (open > 0 && !line.startsWith("#")) {
                    all.put(line.substring(0, open), new Declarations(line.substring(open + 1)).function());
                }
            }
            return Map.copyOf(all);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private boolean take(String token) {
        boolean there = text.startsWith(token, at);
        at += there ? token.length() : 0;
        return there;
    }

    private void expect(String token) {
        if (!take(token)) {
            throw new IllegalStateException("builtins.txt: expected " + token + " at " + at + " of " + text);
        }
    }

    private String word() {
        int from = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        return text.substring(from, at);
    }

    private Type.Function function() {
        List<Type.Parameter> parameters = new ArrayList<>();
        Type more = null;
        while (!take(")")) {
            Type.Parameter parameter = parameter();
            if (take("...")) {
                more = parameter.type();
            } else {
                parameters.add(parameter);
            }
            take(", ");
        }
        expect(" -> ");
        Type.Parameter result = take("void") ? new Type.Parameter("", Type.UNKNOWN) : parameter();
        return new Type.Function(parameters, more, result);
    }

    /** {@code name: type}, or a type. */
    private Type.Parameter parameter() {
        int from = at;
        String name = word();
        if (!name.isEmpty() && take(": ")) {
            return new Type.Parameter(name, type());
        }
        at = from;
        return new Type.Parameter("", type());
    }

    private Type type() {
        String name = word();
        return switch (name) {
            case "null" -> Type.Scalar.NULL;
            case "boolean" -> Type.BOOLEAN;
            case "number" -> Type.NUMBER;
            case "string" -> Type.STRING;
            case "any" -> new Type.Any(several());
            case "array" -> new Type.ArrayOf(several(), inBrackets());
            case "set" -> new Type.SetOf(inBrackets());
            case "object" -> object();
            default -> throw new IllegalStateException("builtins.txt: no type " + name + " in " + text);
        };
    }

    private List<Type> several() {
        List<Type> found = new ArrayList<>();
        if (take("<")) {
            while (!take(">")) {
                found.add(type());
                take(", ");
            }
        }
        return found;
    }

    private Type inBrackets() {
        if (!take("[")) {
            return Type.UNKNOWN;
        }
        Type type = type();
        expect("]");
        return type;
    }

    private Type object() {
        List<Type.Property> properties = new ArrayList<>();
        if (take("<")) {
            while (!take(">")) {
                expect("\"");
                String key = word();
                expect("\": ");
                properties.add(new Type.Property(dev.hufu.rego.Value.of(key), type()));
                take(", ");
            }
        }
        if (!take("[")) {
            return new Type.ObjectOf(properties, null);
        }
        Type key = type();
        expect(": ");
        Type value = type();
        expect("]");
        return new Type.ObjectOf(properties, new Type.Dynamic(key, value));
    }
}

package dev.hufu.rego.builtin;

import static dev.hufu.rego.builtin.GraphqlTree.child;
import static dev.hufu.rego.builtin.GraphqlTree.childOrNone;
import static dev.hufu.rego.builtin.GraphqlTree.flag;
import static dev.hufu.rego.builtin.GraphqlTree.list;
import static dev.hufu.rego.builtin.GraphqlTree.named;
import static dev.hufu.rego.builtin.GraphqlTree.text;
import static dev.hufu.rego.builtin.GraphqlTree.typeText;

import dev.hufu.rego.Bool;
import dev.hufu.rego.Obj;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.Str;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rules of GraphQL (October 2021, 5.6 and 5.8) for values and where variables stand. */
final class GraphqlValueRules {
    private static final Set<String> SCALARS = Set.of("Int", "Float", "String", "Boolean", "ID");

    private final GraphqlWalk walk;

    GraphqlValueRules(GraphqlWalk walk) {
        this.walk = walk;
    }

    void value(Obj value, GraphqlWalk.Expected expected) {
        int kind = GraphqlTree.kind(value);
        Obj operation = walk.operation;
        Obj variable = operation == null || kind != GraphqlTree.VARIABLE
                ? null
                : named(list(operation, "VariableDefinitions"), "Variable", text(value, "Raw"));
        if (operation != null && kind == GraphqlTree.VARIABLE && variable == null) {
            String name = text(operation, "Name");
            String by = name.isEmpty() ? "" : " by operation \"" + name + "\"";
            walk.error(value, "Variable \"" + show(value) + "\" is not defined" + by + ".");
        }
        if (kind == GraphqlTree.OBJECT) {
            Set<String> seen = new HashSet<>();
            for (Obj field : list(value, "Children")) {
                if (!seen.add(text(field, "Name"))) {
                    walk.error(field, "There can be only one input field named \"" + text(field, "Name") + "\".");
                }
            }
        }
        Obj type = expected.type();
        Obj definition = expected.definition();
        if (definition != null && type != null) {
            typed(value, kind, type, definition);
        }
        if (variable != null && type != null) {
            position(value, variable, type, expected.hasDefault());
        }
        if (kind == GraphqlTree.OBJECT && definition != null && isOneOf(definition)) {
            oneOfVariables(value, definition);
        }
    }

    /** A value as it is written. */
    private static String show(Obj value) {
        String raw = text(value, "Raw");
        List<Obj> children = list(value, "Children");
        return switch (GraphqlTree.kind(value)) {
            case GraphqlTree.VARIABLE -> "$" + raw;
            case GraphqlTree.STRING, GraphqlTree.BLOCK -> new Str(raw).toString();
            case GraphqlTree.LIST ->
                children.stream()
                        .map(each -> show(childOrNone(each, "Value")))
                        .collect(Collectors.joining(",", "[", "]"));
            case GraphqlTree.OBJECT ->
                children.stream()
                        .map(each -> text(each, "Name") + ":" + show(childOrNone(each, "Value")))
                        .collect(Collectors.joining(",", "{", "}"));
            default -> raw;
        };
    }

    private static boolean isOneOf(Obj definition) {
        return named(list(definition, "Directives"), "oneOf") != null;
    }

    private void typed(Obj value, int kind, Obj type, Obj definition) {
        String name = text(definition, "Name");
        boolean isEnum = text(definition, "Kind").equals("ENUM");
        if (kind == GraphqlTree.NULL && flag(type, "NonNull")) {
            walk.error(value, "Expected value of type \"" + typeText(type) + "\", found " + show(value) + ".");
        }
        if (text(definition, "Kind").equals("SCALAR") && !SCALARS.contains(name)) {
            return;
        }
        if (isUnreadable(value, kind)) {
            wrong(value, type, definition, "");
        }
        switch (kind) {
            case GraphqlTree.LIST -> {
                if (child(type, "Elem") == null) {
                    wrong(value, type, definition, "");
                }
            }
            case GraphqlTree.INT -> suits(value, type, definition, Set.of("Int", "Float", "ID"));
            case GraphqlTree.FLOAT -> suits(value, type, definition, Set.of("Float"));
            case GraphqlTree.BOOLEAN -> suits(value, type, definition, Set.of("Boolean"));
            case GraphqlTree.STRING, GraphqlTree.BLOCK -> {
                if (isEnum) {
                    walk.error(
                            value,
                            "Enum \"" + typeText(type) + "\" cannot represent non-enum value: " + show(value) + "."
                                    + meant(value, definition, true));
                } else {
                    suits(value, type, definition, Set.of("String", "ID"));
                }
            }
            case GraphqlTree.ENUM -> {
                if (!isEnum) {
                    wrong(value, type, definition, meant(value, definition, false));
                } else if (named(list(definition, "EnumValues"), text(value, "Raw")) == null) {
                    walk.error(
                            value,
                            "Value \"" + show(value) + "\" does not exist in \"" + typeText(type) + "\" enum."
                                    + meant(value, definition, true));
                }
            }
            case GraphqlTree.OBJECT -> object(value, definition, name);
            default -> {
                // null and variables are judged elsewhere
            }
        }
    }

    private static String meant(Obj value, Obj definition, boolean quote) {
        List<String> options = list(definition, "EnumValues").stream()
                .map(each -> text(each, "Name"))
                .toList();
        List<String> near = GraphqlSuggestions.near(text(value, "Raw"), options);
        return near.isEmpty() ? "" : " Did you mean the enum value " + GraphqlSuggestions.either(near, quote) + "?";
    }

    /** An integer beyond 64 bits. */
    private static boolean isUnreadable(Obj value, int kind) {
        if (kind != GraphqlTree.INT) {
            return false;
        }
        try {
            Long.parseLong(text(value, "Raw"));
            return false;
        } catch (NumberFormatException beyond) {
            return true;
        }
    }

    private void suits(Obj value, Obj type, Obj definition, Set<String> scalars) {
        if (!scalars.contains(text(definition, "Name"))) {
            wrong(value, type, definition, "");
        }
    }

    private void wrong(Obj value, Obj type, Obj definition, String more) {
        String wanted = typeText(type);
        String shown = show(value);
        String message = switch (wanted.endsWith("!") ? wanted.substring(0, wanted.length() - 1) : wanted) {
            case "Int" ->
                text(value, "Raw").matches("-?\\d+") && new java.math.BigInteger(text(value, "Raw")).bitLength() > 31
                        ? "Int cannot represent non 32-bit signed integer value: " + shown
                        : "Int cannot represent non-integer value: " + shown;
            case "String" -> "String cannot represent a non string value: " + shown;
            case "Boolean" -> "Boolean cannot represent a non boolean value: " + shown;
            case "Float" -> "Float cannot represent non numeric value: " + shown;
            case "ID" -> "ID cannot represent a non-string and non-integer value: " + shown;
            default ->
                wanted.equals("[String]")
                        ? "String cannot represent a non string value: " + shown
                        : text(definition, "Kind").equals("ENUM")
                                ? "Enum \"" + wanted + "\" cannot represent non-enum value: " + shown + "."
                                : "Expected value of type \"" + wanted + "\", found " + shown + ".";
        };
        walk.error(value, message + more);
    }

    private void object(Obj value, Obj definition, String name) {
        List<Obj> given = list(value, "Children");
        List<Obj> known = list(definition, "Fields");
        for (Obj field : known) {
            Obj type = childOrNone(field, "Type");
            boolean needed = flag(type, "NonNull") && child(field, "DefaultValue") == null;
            if (needed && named(given, text(field, "Name")) == null) {
                walk.error(
                        value,
                        "Field \"" + name + "." + text(field, "Name") + "\" of required type \"" + typeText(type)
                                + "\" was not provided.");
            }
        }
        if (isOneOf(definition)) {
            if (given.size() != 1) {
                walk.error(value, "OneOf Input Object \"" + name + "\" must specify exactly one key.");
            } else if (GraphqlTree.kind(childOrNone(given.getFirst(), "Value")) == GraphqlTree.NULL) {
                walk.error(
                        child(given.getFirst(), "Value"),
                        "Field \"" + name + "." + text(known.getFirst(), "Name") + "\" must be non-null.");
            }
        }
        List<String> names = known.stream().map(field -> text(field, "Name")).toList();
        for (Obj field : given) {
            String one = text(field, "Name");
            if (!names.contains(one)) {
                walk.error(
                        field,
                        "Field \"" + one + "\" is not defined by type \"" + name + "\"."
                                + GraphqlSuggestions.quoted("Did you mean", one, names));
            }
        }
    }

    private void position(Obj value, Obj variable, Obj type, boolean hasDefault) {
        Obj own = childOrNone(variable, "Type");
        @Nullable Obj otherwise = child(variable, "DefaultValue");
        boolean given = otherwise != null && GraphqlTree.kind(otherwise) != GraphqlTree.NULL;
        Obj wanted = given || hasDefault
                ? new ObjBuilder().putAll(type).put("NonNull", Bool.FALSE).build()
                : type;
        if (!GraphqlSchema.isCompatible(own, wanted)) {
            walk.error(
                    value,
                    "Variable \"" + show(value) + "\" of type \"" + typeText(own)
                            + "\" used in position expecting type \"" + typeText(type) + "\".");
        }
    }

    private void oneOfVariables(Obj value, Obj definition) {
        Obj operation = walk.operation;
        for (Obj each : list(value, "Children")) {
            Obj inner = childOrNone(each, "Value");
            Obj variable = operation == null || GraphqlTree.kind(inner) != GraphqlTree.VARIABLE
                    ? null
                    : named(list(operation, "VariableDefinitions"), "Variable", text(inner, "Raw"));
            if (variable != null && !flag(childOrNone(variable, "Type"), "NonNull")) {
                walk.error(
                        variable,
                        "Variable \"" + show(inner) + "\" is of type \"" + typeText(childOrNone(variable, "Type"))
                                + "\" but must be non-nullable to be used for OneOf Input Object \""
                                + text(definition, "Name") + "\".");
            }
        }
    }
}

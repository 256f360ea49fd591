package dev.hufu.rego.builtin;

import static dev.hufu.rego.builtin.GraphqlTree.child;
import static dev.hufu.rego.builtin.GraphqlTree.childOrNone;
import static dev.hufu.rego.builtin.GraphqlTree.flag;
import static dev.hufu.rego.builtin.GraphqlTree.list;
import static dev.hufu.rego.builtin.GraphqlTree.named;
import static dev.hufu.rego.builtin.GraphqlTree.text;
import static dev.hufu.rego.builtin.GraphqlTree.texts;
import static dev.hufu.rego.builtin.GraphqlTree.typeName;
import static dev.hufu.rego.builtin.GraphqlTree.typeText;

import dev.hufu.rego.Obj;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold of a type system (GraphQL October 2021, 3); the first that does not is thrown. */
final class GraphqlSchemaCheck {
    private final GraphqlSchema schema;

    GraphqlSchemaCheck(GraphqlSchema schema) {
        this.schema = schema;
    }

    void all() {
        List.copyOf(schema.types().values()).forEach(this::definition);
        Set<String> visited = new HashSet<>();
        for (Obj definition : schema.types().values()) {
            if (text(definition, "Kind").equals("INPUT_OBJECT")) {
                circles(definition, visited, new ArrayList<>(), new ArrayList<>());
            }
        }
        schema.directives().values().forEach(directive -> {
            name(directive);
            arguments(list(directive, "Arguments"), text(directive, "Name"));
        });
    }

    private BuiltinException error(Obj node, String message) {
        return schema.error(node, message);
    }

    /** An input object that must hold itself can never be given. */
    private void circles(Obj definition, Set<String> visited, List<String> onPath, List<Obj> fields) {
        String name = text(definition, "Name");
        if (!visited.add(name)) {
            return;
        }
        onPath.add(name);
        for (Obj field : list(definition, "Fields")) {
            Obj type = childOrNone(field, "Type");
            Obj next = flag(type, "NonNull") ? schema.type(text(type, "NamedType")) : null;
            if (next == null || !text(next, "Kind").equals("INPUT_OBJECT")) {
                continue;
            }
            fields.add(field);
            int start = onPath.indexOf(text(next, "Name"));
            if (start >= 0) {
                List<Obj> circle = fields.subList(start, fields.size());
                String path = String.join(
                        ".", circle.stream().map(one -> text(one, "Name")).toList());
                throw error(
                        circle.getFirst(),
                        "Cannot reference Input Object " + GraphqlSchema.quoted(text(next, "Name"))
                                + " within itself through a series of non-null fields: " + GraphqlSchema.quoted(path)
                                + ".");
            }
            circles(next, visited, onPath, fields);
            fields.removeLast();
        }
        onPath.removeLast();
    }

    private void name(Obj node) {
        String name = text(node, "Name");
        if (name.startsWith("__")) {
            throw error(
                    node,
                    "Name \"" + name + "\" must not begin with \"__\", which is reserved by GraphQL introspection.");
        }
    }

    private void definition(Obj definition) {
        String kind = text(definition, "Kind");
        List<Obj> fields = list(definition, "Fields");
        for (Obj field : fields) {
            name(field);
            type(field);
            arguments(list(field, "Arguments"), "");
            String location = kind.equals("INPUT_OBJECT") ? "INPUT_FIELD_DEFINITION" : "FIELD_DEFINITION";
            directives(list(field, "Directives"), location, "", true);
        }
        for (String member : texts(definition, "Types")) {
            Obj found = schema.type(member);
            if (found == null) {
                throw error(definition, "Undefined type " + GraphqlSchema.quoted(member) + ".");
            }
            if (!text(found, "Kind").equals("OBJECT")) {
                throw error(definition, kind + " type " + GraphqlSchema.quoted(member) + " must be OBJECT.");
            }
        }
        texts(definition, "Interfaces").forEach(one -> implementation(definition, one));
        switch (kind) {
            case "OBJECT", "INTERFACE" -> output(definition, fields);
            case "INPUT_OBJECT" -> input(definition, fields);
            case "ENUM" -> values(definition);
            default -> {
                // scalars and unions have no more
            }
        }
        once(definition, fields, "Field ");
        once(definition, list(definition, "EnumValues"), "Enum value ");
        Set<String> members = new HashSet<>();
        for (String member : texts(definition, "Types")) {
            if (!members.add(member)) {
                String name = text(definition, "Name");
                throw error(definition, "Union type " + name + " can only include type " + member + " once.");
            }
        }
        if (!flag(definition, "BuiltIn")) {
            name(definition);
        }
        directives(list(definition, "Directives"), kind, "", false);
    }

    private void once(Obj definition, List<Obj> nodes, String what) {
        Set<String> seen = new HashSet<>();
        for (Obj node : nodes) {
            if (!seen.add(text(node, "Name"))) {
                throw error(
                        node,
                        what + text(definition, "Name") + "." + text(node, "Name") + " can only be defined once.");
            }
        }
    }

    private void type(Obj field) {
        Obj type = childOrNone(field, "Type");
        if (schema.type(typeName(type)) == null) {
            throw error(type, "Undefined type " + typeName(type) + ".");
        }
    }

    private void some(Obj definition, boolean empty, String what) {
        if (empty) {
            throw error(
                    definition,
                    text(definition, "Kind") + " " + text(definition, "Name") + ": must define one or more " + what
                            + ".");
        }
    }

    private void output(Obj definition, List<Obj> fields) {
        some(definition, fields.isEmpty(), "fields");
        for (Obj field : fields) {
            Obj type = schema.type(typeName(childOrNone(field, "Type")));
            if (type != null && text(type, "Kind").equals("INPUT_OBJECT")) {
                throw error(
                        field,
                        text(definition, "Kind") + " " + text(definition, "Name")
                                + ": field must be one of SCALAR, OBJECT, INTERFACE, UNION, ENUM.");
            }
        }
    }

    private void input(Obj definition, List<Obj> fields) {
        some(definition, fields.isEmpty(), "input fields");
        for (Obj field : fields) {
            Obj type = schema.type(typeName(childOrNone(field, "Type")));
            if (type != null && !GraphqlSchema.isInput(type)) {
                throw error(
                        field,
                        text(type, "Kind") + " " + text(field, "Name")
                                + ": field must be one of SCALAR, ENUM, INPUT_OBJECT.");
            }
        }
    }

    private void values(Obj definition) {
        List<Obj> values = list(definition, "EnumValues");
        some(definition, values.isEmpty(), "unique enum values");
        for (Obj value : values) {
            if (Set.of("true", "false", "null").contains(text(value, "Name"))) {
                throw error(
                        definition,
                        "ENUM " + text(definition, "Name") + ": non-enum value " + text(value, "Name") + ".");
            }
            directives(list(value, "Directives"), "ENUM_VALUE", "", true);
        }
    }

    private void arguments(List<Obj> arguments, String within) {
        for (Obj argument : arguments) {
            name(argument);
            type(argument);
            Obj type = childOrNone(argument, "Type");
            Obj definition = schema.type(typeName(type));
            if (definition != null && !GraphqlSchema.isInput(definition)) {
                throw error(
                        argument,
                        "cannot use " + typeText(type) + " as argument " + text(argument, "Name") + " because "
                                + text(definition, "Kind") + " is not a valid input type");
            }
            directives(list(argument, "Directives"), "ARGUMENT_DEFINITION", within, true);
        }
    }

    /** {@code within}: the directive that is being defined; {@code once}: whether they stand at one place. */
    void directives(List<Obj> directives, String location, String within, boolean once) {
        Set<String> seen = new HashSet<>();
        for (Obj directive : directives) {
            name(directive);
            String name = text(directive, "Name");
            if (!within.isEmpty() && name.equals(within)) {
                throw error(directive, "Directive " + name + " cannot refer to itself.");
            }
            Obj definition = schema.directive(name);
            if (definition == null) {
                throw error(directive, "Undefined directive " + name + ".");
            }
            if (once && !seen.add(name) && !flag(definition, "IsRepeatable")) {
                throw error(directive, "The directive " + name + " can only be used once at this location.");
            }
            if (!texts(definition, "Locations").contains(location)) {
                throw error(directive, "Directive " + name + " is not applicable on " + location + ".");
            }
            given(directive, definition);
        }
    }

    private void given(Obj directive, Obj definition) {
        String name = text(directive, "Name");
        List<Obj> given = list(directive, "Arguments");
        List<Obj> known = list(definition, "Arguments");
        for (Obj argument : given) {
            if (named(known, text(argument, "Name")) == null) {
                throw error(argument, "Undefined argument " + text(argument, "Name") + " for directive " + name + ".");
            }
        }
        for (Obj wanted : known) {
            Obj argument = named(given, text(wanted, "Name"));
            boolean needed = flag(childOrNone(wanted, "Type"), "NonNull") && child(wanted, "DefaultValue") == null;
            boolean missing = argument == null || GraphqlTree.kind(childOrNone(argument, "Value")) == GraphqlTree.NULL;
            if (needed && missing) {
                throw error(
                        directive, "Argument " + text(wanted, "Name") + " for directive " + name + " cannot be null.");
            }
        }
    }

    private void implementation(Obj definition, String name) {
        Obj wanted = schema.type(name);
        String own = text(definition, "Name");
        if (wanted == null) {
            throw error(definition, "Undefined type " + GraphqlSchema.quoted(name) + ".");
        }
        if (!text(wanted, "Kind").equals("INTERFACE")) {
            throw error(
                    definition, GraphqlSchema.quoted(name) + " is a non interface type " + text(wanted, "Kind") + ".");
        }
        String start = "For " + own + " to implement " + name + " ";
        for (Obj field : list(wanted, "Fields")) {
            Obj found = named(list(definition, "Fields"), text(field, "Name"));
            if (found == null) {
                throw error(definition, start + "it must have a field called " + text(field, "Name") + ".");
            }
            if (!isCovariant(childOrNone(field, "Type"), childOrNone(found, "Type"))) {
                throw error(
                        found,
                        start + "the field " + text(field, "Name") + " must have type "
                                + typeText(childOrNone(field, "Type")) + ".");
            }
            sameArguments(start, field, found);
        }
        for (String above : texts(wanted, "Interfaces")) {
            if (!texts(definition, "Interfaces").contains(above)) {
                throw error(
                        definition,
                        above.equals(own)
                                ? "Type " + own + " cannot implement " + name
                                        + " because it would create a circular reference."
                                : "Type " + own + " must implement " + above + " because it is implemented by " + name
                                        + ".");
            }
        }
    }

    private void sameArguments(String start, Obj wanted, Obj found) {
        String same = start + "the field " + text(wanted, "Name") + " must have the same arguments but ";
        for (Obj argument : list(wanted, "Arguments")) {
            Obj own = named(list(found, "Arguments"), text(argument, "Name"));
            if (own == null) {
                throw error(found, same + "it is missing " + text(argument, "Name") + ".");
            }
            if (!GraphqlSchema.isCompatible(childOrNone(argument, "Type"), childOrNone(own, "Type"))) {
                throw error(own, same + text(argument, "Name") + " has the wrong type.");
            }
        }
        for (Obj own : list(found, "Arguments")) {
            boolean more = named(list(wanted, "Arguments"), text(own, "Name")) == null;
            if (more && flag(childOrNone(own, "Type"), "NonNull") && child(own, "DefaultValue") == null) {
                throw error(
                        own,
                        start + "any additional arguments on " + text(found, "Name")
                                + " must be optional or have a default value but " + text(own, "Name")
                                + " is required.");
            }
        }
    }

    private boolean isCovariant(Obj wanted, Obj found) {
        if (flag(wanted, "NonNull") && !flag(found, "NonNull")) {
            return false;
        }
        String name = text(wanted, "NamedType");
        if (!name.isEmpty()) {
            String own = text(found, "NamedType");
            return name.equals(own) || schema.possible(name).contains(own);
        }
        Obj element = child(found, "Elem");
        return element != null && isCovariant(childOrNone(wanted, "Elem"), element);
    }
}

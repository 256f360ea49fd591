package dev.hufu.rego.builtin;

import dev.hufu.rego.Obj;
import dev.hufu.rego.Str;
import dev.hufu.rego.builtin.GraphqlLexer.Kind;
import dev.hufu.rego.builtin.GraphqlLexer.Token;
import dev.hufu.rego.builtin.GraphqlTree.Node;
import dev.hufu.rego.builtin.GraphqlTree.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Type systems in GraphQL (October 2021, 3). */
final class GraphqlSchemaParser {
    private static final Map<String, String> KINDS = Map.of(
            "scalar", "SCALAR",
            "type", "OBJECT",
            "interface", "INTERFACE",
            "union", "UNION",
            "enum", "ENUM",
            "input", "INPUT_OBJECT");
    private static final Set<String> LOCATIONS = Set.of(
            "QUERY",
            "MUTATION",
            "SUBSCRIPTION",
            "FIELD",
            "FRAGMENT_DEFINITION",
            "FRAGMENT_SPREAD",
            "INLINE_FRAGMENT",
            "VARIABLE_DEFINITION",
            "SCHEMA",
            "SCALAR",
            "OBJECT",
            "FIELD_DEFINITION",
            "ARGUMENT_DEFINITION",
            "INTERFACE",
            "UNION",
            "ENUM",
            "ENUM_VALUE",
            "INPUT_OBJECT",
            "INPUT_FIELD_DEFINITION");

    private final GraphqlParser parser;
    private final boolean builtIn;

    private GraphqlSchemaParser(String text, boolean builtIn) {
        this.parser = new GraphqlParser(text);
        this.builtIn = builtIn;
    }

    /** {@code builtIn}: the text is not the caller's but of the language. */
    static GraphqlTree parse(String text, boolean builtIn) {
        GraphqlSchemaParser schema = new GraphqlSchemaParser(text, builtIn);
        return new GraphqlTree(schema.document(), schema.parser.places());
    }

    /** Text in front of a definition and the comment before that. */
    private record Description(String text, @Nullable Obj comment) {}

    private Description description() {
        Token token = parser.peek();
        if (token.kind() != Kind.STRING && token.kind() != Kind.BLOCK_STRING) {
            return new Description("", null);
        }
        return new Description(parser.take().text(), token.comment());
    }

    private Obj document() {
        List<Obj> schemas = new ArrayList<>();
        List<Obj> schemaExtensions = new ArrayList<>();
        List<Obj> directives = new ArrayList<>();
        List<Obj> definitions = new ArrayList<>();
        List<Obj> extensions = new ArrayList<>();
        while (parser.peek().kind() != Kind.EOF) {
            Description description = description();
            Token token = parser.peek();
            if (token.kind() != Kind.NAME) {
                throw parser.unexpected();
            }
            if (KINDS.containsKey(token.text())) {
                definitions.add(definition(description, token.comment(), false));
            } else if (token.text().equals("schema")) {
                schemas.add(schema(description, token.comment(), false));
            } else if (token.text().equals("directive")) {
                directives.add(directive(description));
            } else if (token.text().equals("extend")) {
                if (!description.text.isEmpty()) {
                    throw parser.unexpectedPrevious();
                }
                parser.take();
                if (parser.peek().isName("schema")) {
                    schemaExtensions.add(schema(new Description("", null), token.comment(), true));
                } else if (KINDS.containsKey(parser.peek().text())) {
                    extensions.add(definition(new Description("", null), token.comment(), true));
                } else {
                    throw parser.unexpected();
                }
            } else {
                throw parser.unexpected();
            }
        }
        return new Node()
                .list("Schema", schemas)
                .list("SchemaExtension", schemaExtensions)
                .list("Directives", directives)
                .list("Definitions", definitions)
                .list("Extensions", extensions)
                .child("Comment", parser.peek().comment())
                .build();
    }

    private static Node described(Description description, @Nullable Obj comment) {
        return new Node()
                .text("Description", description.text)
                .child("BeforeDescriptionComment", description.comment)
                .child("AfterDescriptionComment", comment);
    }

    private Obj schema(Description description, @Nullable Obj comment, boolean extension) {
        parser.keyword("schema");
        Place place = parser.place();
        Node node = described(description, comment);
        List<Obj> directives = parser.directives(true);
        List<Obj> types = new ArrayList<>();
        Obj end = parser.some("{", "}", () -> {
            Place at = parser.place();
            Node type = new Node().child("Comment", parser.peek().comment());
            String operation = parser.take().text();
            if (!Set.of("query", "mutation", "subscription").contains(operation)) {
                throw parser.unexpectedPrevious();
            }
            parser.expect(":");
            types.add(parser.at(at, type.text("Operation", operation).text("Type", parser.name())));
        });
        if (extension && directives.isEmpty() && types.isEmpty()) {
            throw parser.unexpected();
        }
        node.list("Directives", directives).list("OperationTypes", types);
        return parser.at(place, node.child("EndOfDefinitionComment", end));
    }

    private Obj definition(Description description, @Nullable Obj comment, boolean extension) {
        String word = parser.take().text();
        Place place = parser.place();
        Node node = described(description, comment)
                .text("Kind", KINDS.getOrDefault(word, ""))
                .flag("BuiltIn", builtIn)
                .text("Name", parser.name());
        boolean implementing = word.equals("type") || (word.equals("interface") && !extension);
        List<Str> interfaces = implementing ? interfaces() : List.of();
        List<Obj> directives = parser.directives(true);
        List<Str> types = word.equals("union") ? members() : List.of();
        List<Obj> fields = new ArrayList<>();
        Obj end = null;
        switch (word) {
            case "type", "interface" -> end = parser.some("{", "}", () -> fields.add(field()));
            case "input" -> end = parser.some("{", "}", () -> fields.add(input()));
            case "enum" -> end = parser.some("{", "}", () -> fields.add(enumValue()));
            default -> {
                // scalars and unions have no fields
            }
        }
        boolean empty = interfaces.isEmpty() && directives.isEmpty() && types.isEmpty() && fields.isEmpty();
        if (extension && empty) {
            throw parser.unexpected();
        }
        node.list("Interfaces", interfaces).list("Directives", directives).list("Types", types);
        node.list(word.equals("enum") ? "EnumValues" : "Fields", fields).child("EndOfDefinitionComment", end);
        return parser.at(place, node);
    }

    private List<Str> interfaces() {
        List<Str> found = new ArrayList<>();
        if (parser.peek().text().equals("implements")) {
            parser.take();
            parser.skip("&");
            do {
                found.add(new Str(parser.name()));
            } while (parser.skip("&"));
        }
        return found;
    }

    private List<Str> members() {
        List<Str> found = new ArrayList<>();
        if (parser.skip("=")) {
            parser.skip("|");
            do {
                found.add(new Str(parser.name()));
            } while (parser.skip("|"));
        }
        return found;
    }

    private Node fieldStart() {
        Description description = description();
        Obj before = description.text.isEmpty() ? null : description.comment;
        return described(
                new Description(description.text, before), parser.peek().comment());
    }

    private Obj field() {
        Node node = fieldStart();
        Place place = parser.place();
        node.text("Name", parser.name());
        List<Obj> arguments = new ArrayList<>();
        parser.some("(", ")", () -> arguments.add(input()));
        parser.expect(":");
        node.list("Arguments", arguments).child("Type", parser.type());
        return parser.at(place, node.list("Directives", parser.directives(true)));
    }

    /** An argument, or a field of an input object. */
    private Obj input() {
        Node node = fieldStart();
        Place place = parser.place();
        node.text("Name", parser.name());
        parser.expect(":");
        node.child("Type", parser.type());
        if (parser.skip("=")) {
            node.child("DefaultValue", parser.value(true));
        }
        return parser.at(place, node.list("Directives", parser.directives(true)));
    }

    private Obj enumValue() {
        Node node = fieldStart();
        Place place = parser.place();
        return parser.at(place, node.text("Name", parser.name()).list("Directives", parser.directives(true)));
    }

    private Obj directive(Description description) {
        Obj comment = parser.take().comment();
        parser.expect("@");
        Place place = parser.place();
        Node node = described(description, comment).text("Name", parser.name());
        List<Obj> arguments = new ArrayList<>();
        parser.some("(", ")", () -> arguments.add(input()));
        boolean repeatable = parser.peek().isName("repeatable");
        if (repeatable) {
            parser.take();
        }
        node.list("Arguments", arguments).flag("IsRepeatable", repeatable);
        parser.keyword("on");
        parser.skip("|");
        List<Str> locations = new ArrayList<>();
        do {
            locations.add(new Str(parser.name()));
            if (!LOCATIONS.contains(locations.getLast().value())) {
                throw parser.unexpectedPrevious();
            }
        } while (parser.skip("|"));
        return parser.at(place, node.list("Locations", locations));
    }
}

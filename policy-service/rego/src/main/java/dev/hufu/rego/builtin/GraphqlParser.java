package dev.hufu.rego.builtin;

import dev.hufu.rego.Obj;
import dev.hufu.rego.Str;
import dev.hufu.rego.builtin.GraphqlLexer.Kind;
import dev.hufu.rego.builtin.GraphqlLexer.Token;
import dev.hufu.rego.builtin.GraphqlTree.Node;
import dev.hufu.rego.builtin.GraphqlTree.Place;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Executable documents of GraphQL (October 2021, 2); errors in the words of the library that OPA uses (gqlparser). */
final class GraphqlParser {
    private static final int MAX_DEPTH = 200;

    private final GraphqlLexer lexer;
    private final IdentityHashMap<Obj, Place> places = new IdentityHashMap<>();
    private @Nullable Token peeked;
    private Token previous = new Token(Kind.EOF, "", 1, 1, null);
    private int depth;

    GraphqlParser(String text) {
        this.lexer = new GraphqlLexer(text);
    }

    static GraphqlTree query(String text) {
        GraphqlParser parser = new GraphqlParser(text);
        List<Obj> operations = new ArrayList<>();
        List<Obj> fragments = new ArrayList<>();
        while (parser.peek().kind() != Kind.EOF) {
            Token token = parser.peek();
            if (token.isName("fragment")) {
                fragments.add(parser.fragmentDefinition());
            } else if (token.is("{")
                    || token.isName("query")
                    || token.isName("mutation")
                    || token.isName("subscription")) {
                operations.add(parser.operation());
            } else {
                throw parser.unexpected();
            }
        }
        Obj root = new Node()
                .list("Operations", operations)
                .list("Fragments", fragments)
                .build();
        return new GraphqlTree(root, parser.places);
    }

    static BuiltinException error(int row, int column, String message) {
        return BuiltinException.failed(message + " in GraphQL string at location " + row + ":" + column);
    }

    private static BuiltinException error(Token token, String message) {
        return error(token.row(), token.column(), message);
    }

    IdentityHashMap<Obj, Place> places() {
        return places;
    }

    Token peek() {
        Token token = peeked;
        if (token == null) {
            token = lexer.next();
            peeked = token;
        }
        return token;
    }

    Token take() {
        Token token = peek();
        if (token.kind() == Kind.INVALID) {
            throw error(token, token.text());
        }
        peeked = null;
        previous = token;
        return token;
    }

    BuiltinException unexpected() {
        return error(peek(), "Unexpected " + peek());
    }

    BuiltinException unexpectedPrevious() {
        return error(previous, "Unexpected " + previous);
    }

    boolean skip(String punctuator) {
        if (peek().is(punctuator)) {
            take();
            return true;
        }
        return false;
    }

    Token expect(String punctuator) {
        if (!peek().is(punctuator)) {
            throw error(peek(), "Expected " + punctuator + ", found " + peek().kindText());
        }
        return take();
    }

    Token keyword(String name) {
        if (!peek().isName(name)) {
            throw error(peek(), "Expected " + new Str(name) + ", found " + peek());
        }
        return take();
    }

    Token nameToken() {
        if (peek().kind() != Kind.NAME) {
            throw error(peek(), "Expected Name, found " + peek().kindText());
        }
        return take();
    }

    String name() {
        return nameToken().text();
    }

    Place place() {
        return new Place(peek().row(), peek().column());
    }

    Obj at(Place place, Node node) {
        Obj built = node.build();
        places.put(built, place);
        return built;
    }

    /** Runs until the closing token, which is taken, and gives its comment; nothing where the opening one is missing. */
    @Nullable
    Obj some(String open, String close, Runnable each) {
        if (!skip(open)) {
            return null;
        }
        if (++depth > MAX_DEPTH) {
            throw error(peek(), "nested deeper than " + MAX_DEPTH);
        }
        if (peek().is(close)) {
            throw error(peek(), "expected at least one definition, found " + peek().kindText());
        }
        while (!peek().is(close)) {
            each.run();
        }
        depth--;
        return take().comment();
    }

    private Obj operation() {
        Place place = place();
        Obj comment = peek().comment();
        Node node = new Node();
        if (peek().is("{")) {
            return at(
                    place, node.text("Operation", "query").text("Name", "").list("SelectionSet", requiredSelections()));
        }
        node.child("Comment", comment).text("Operation", take().text());
        node.text("Name", peek().kind() == Kind.NAME ? take().text() : "");
        node.list("VariableDefinitions", variables());
        node.list("Directives", directives(false));
        return at(place, node.list("SelectionSet", requiredSelections()));
    }

    private List<Obj> variables() {
        List<Obj> found = new ArrayList<>();
        some("(", ")", () -> {
            Place place = place();
            Node node = new Node().child("Comment", peek().comment());
            expect("$");
            node.text("Variable", name());
            expect(":");
            node.child("Type", type());
            if (skip("=")) {
                node.child("DefaultValue", value(true));
            }
            node.list("Directives", directives(false)).flag("Used", false);
            found.add(at(place, node));
        });
        return found;
    }

    private List<Obj> requiredSelections() {
        if (!peek().is("{")) {
            throw error(peek(), "Expected {, found " + peek().kindText());
        }
        return selections();
    }

    private List<Obj> selections() {
        List<Obj> found = new ArrayList<>();
        some("{", "}", () -> found.add(peek().is("...") ? fragment() : field()));
        return found;
    }

    private Obj field() {
        Place place = place();
        Node node = new Node().child("Comment", peek().comment());
        String alias = name();
        node.text("Alias", alias).text("Name", skip(":") ? name() : alias);
        node.list("Arguments", arguments(false)).list("Directives", directives(false));
        return at(place, node.list("SelectionSet", selections()));
    }

    private List<Obj> arguments(boolean constant) {
        List<Obj> found = new ArrayList<>();
        some("(", ")", () -> found.add(entry(constant)));
        return found;
    }

    /** {@code name: value}. */
    private Obj entry(boolean constant) {
        Place place = place();
        Node node = new Node().child("Comment", peek().comment()).text("Name", name());
        expect(":");
        return at(place, node.child("Value", value(constant)));
    }

    private Obj fragment() {
        Obj comment = expect("...").comment();
        Place place = place();
        Node node = new Node().child("Comment", comment);
        if (peek().kind() == Kind.NAME && !peek().isName("on")) {
            return at(place, node.text("Name", name()).list("Directives", directives(false)));
        }
        String condition = "";
        if (peek().isName("on")) {
            take();
            condition = name();
        }
        node.text("TypeCondition", condition).list("Directives", directives(false));
        return at(place, node.list("SelectionSet", requiredSelections()));
    }

    private Obj fragmentDefinition() {
        Place place = place();
        Node node = new Node().child("Comment", peek().comment());
        keyword("fragment");
        if (peek().isName("on")) {
            throw unexpected();
        }
        node.text("Name", name()).list("VariableDefinition", variables());
        keyword("on");
        node.text("TypeCondition", name()).list("Directives", directives(false));
        return at(place, node.list("SelectionSet", requiredSelections()));
    }

    Obj value(boolean constant) {
        Token token = peek();
        Place place = place();
        Node node = new Node().flag("ExpectedTypeHasDefault", false);
        if (token.is("[") || token.is("{")) {
            boolean list = token.is("[");
            node.child("Comment", token.comment()).list("Children", children(list, constant));
            return at(place, node.text("Raw", "").number("Kind", list ? GraphqlTree.LIST : GraphqlTree.OBJECT));
        }
        if (token.is("$") && !constant) {
            take();
            node.text("Raw", name());
            return at(place, node.number("Kind", GraphqlTree.VARIABLE));
        }
        int kind = switch (token.kind()) {
            case INT -> GraphqlTree.INT;
            case FLOAT -> GraphqlTree.FLOAT;
            case STRING -> GraphqlTree.STRING;
            case BLOCK_STRING -> GraphqlTree.BLOCK;
            case NAME ->
                switch (token.text()) {
                    case "true", "false" -> GraphqlTree.BOOLEAN;
                    case "null" -> GraphqlTree.NULL;
                    default -> GraphqlTree.ENUM;
                };
            case INVALID, EOF, PUNCTUATOR -> throw unexpected();
        };
        take();
        return at(place, node.text("Raw", token.text()).number("Kind", kind));
    }

    private List<Obj> children(boolean list, boolean constant) {
        if (++depth > MAX_DEPTH) {
            throw error(peek(), "nested deeper than " + MAX_DEPTH);
        }
        String close = list ? "]" : "}";
        take();
        List<Obj> found = new ArrayList<>();
        while (!peek().is(close)) {
            found.add(
                    list
                            ? new Node()
                                    .text("Name", "")
                                    .child("Value", value(constant))
                                    .build()
                            : entry(constant));
        }
        take();
        depth--;
        return found;
    }

    List<Obj> directives(boolean constant) {
        List<Obj> found = new ArrayList<>();
        while (peek().is("@")) {
            take();
            Place place = place();
            Node node = new Node().text("Name", name()).text("Location", "");
            found.add(at(place, node.list("Arguments", arguments(constant))));
        }
        return found;
    }

    Obj type() {
        if (++depth > MAX_DEPTH) {
            throw error(peek(), "nested deeper than " + MAX_DEPTH);
        }
        Node node = new Node();
        boolean list = skip("[");
        Place place = place();
        if (list) {
            node.text("NamedType", "").child("Elem", type());
            expect("]");
        } else {
            node.text("NamedType", name());
        }
        depth--;
        return at(place, node.flag("NonNull", skip("!")));
    }
}

package dev.hufu.rego.syntax;

import dev.hufu.rego.Bool;
import dev.hufu.rego.Null;
import dev.hufu.rego.Num;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Terms: literals, references, calls, collections, comprehensions, templates and the operators over them. */
final class TermParser {
    private static final int MAX_OPERATORS = 1000;
    private static final Map<String, String> RELATIONS =
            Map.of("==", "equal", "!=", "neq", "<", "lt", "<=", "lte", ">", "gt", ">=", "gte");
    private static final Map<String, String> SUMS = Map.of("+", "plus", "-", "minus");
    private static final Map<String, String> PRODUCTS = Map.of("*", "mul", "/", "div", "%", "rem");

    private static final Map<String, Value> LITERALS =
            Map.of("true", Bool.TRUE, "false", Bool.FALSE, "null", Null.NULL);

    private final Cursor cursor;
    private final Dialect dialect;
    private final BodyParser bodies;
    private final CollectionParser collections;
    private int chained;
    /** A term that was taken already, for the operators behind it to go on with. */
    private @Nullable Term begun;

    TermParser(Cursor cursor, Dialect dialect, BodyParser bodies) {
        this.cursor = cursor;
        this.dialect = dialect;
        this.bodies = bodies;
        this.collections = new CollectionParser(cursor, bodies, this);
    }

    /** A whole term, with {@code in}; {@code k, v in xs} where {@code pairs}. */
    Term term(boolean pairs) throws SyntaxException {
        return membership(pairs);
    }

    /** A term without {@code in}. */
    Term operand() throws SyntaxException {
        return relation();
    }

    private Term membership(boolean pairs) throws SyntaxException {
        return membership(pairs, null);
    }

    /** {@code first} was taken already, for the operators behind it to go on with. */
    private Term membership(boolean pairs, @Nullable Term first) throws SyntaxException {
        cursor.enter();
        begun = first;
        Location at = start();
        Term left = relation();
        if (pairs && dialect.hasIn() && cursor.peek().is(",")) {
            Term second = second();
            left = cursor.writtenLike(call("internal.member_3", at, left, second, relation()), left, -1);
        }
        while (dialect.hasIn() && cursor.takeIfName("in")) {
            left = infix("internal.member_2", at, left, relation());
        }
        cursor.leave();
        return left;
    }

    /** The member behind a key and a comma, with the {@code in}; without one the comma is not taken. */
    private Term second() throws SyntaxException {
        Cursor.Mark mark = cursor.mark();
        Location comma = cursor.place(cursor.take());
        Term second = null;
        try {
            second = relation();
        } catch (SyntaxException noTerm) {
            // the comma is what is wrong
        }
        if (second == null || !cursor.takeIfName("in")) {
            cursor.rewind(mark);
            throw new SyntaxException(
                    "unexpected , token: expected \\n or ; or }",
                    comma,
                    "conditions stand on lines of their own, or with `;` between them");
        }
        return second;
    }

    private Term relation() throws SyntaxException {
        Location at = start();
        Term left = union();
        while (true) {
            String name = operator(RELATIONS);
            if (name == null) {
                return left;
            }
            left = infix(name, at, left, union());
        }
    }

    private Term union() throws SyntaxException {
        Location at = start();
        Term left = intersection();
        while (cursor.takeIf("|")) {
            left = infix("or", at, left, intersection());
        }
        return left;
    }

    private Term intersection() throws SyntaxException {
        Location at = start();
        Term left = sum();
        while (cursor.takeIf("&")) {
            left = infix("and", at, left, sum());
        }
        return left;
    }

    private Term sum() throws SyntaxException {
        Location at = start();
        Term left = product();
        while (true) {
            String name = operator(SUMS);
            if (name == null) {
                return left;
            }
            left = infix(name, at, left, product());
        }
    }

    private Term product() throws SyntaxException {
        Location at = start();
        Term left = primary();
        while (true) {
            String name = operator(PRODUCTS);
            if (name == null) {
                return left;
            }
            left = infix(name, at, left, primary());
        }
    }

    private @Nullable String operator(Map<String, String> names) {
        Token token = cursor.peek();
        String name = token.kind() == Token.Kind.OPERATOR ? names.get(token.text()) : null;
        if (name != null) {
            cursor.take();
        }
        return name;
    }

    /** Each operator makes the tree deeper by one; a term's are bounded as nesting is. */
    private Term infix(String builtin, Location at, Term left, Term right) throws SyntaxException {
        newOperator();
        return cursor.writtenLike(call(builtin, at, left, right), left, -1);
    }

    void newOperator() throws SyntaxException {
        if (++chained > MAX_OPERATORS) {
            throw cursor.error("more than " + MAX_OPERATORS + " operators in one statement", "");
        }
    }

    void newStatement() {
        chained = 0;
        begun = null;
    }

    static Term call(String builtin, Location at, Term... args) {
        return new Term.Call(builtinName(builtin, at), List.of(args), at);
    }

    static Term builtinName(String dotted, Location at) {
        String[] parts = dotted.split("\\.");
        Term head = new Term.Var(parts[0], at);
        List<Term> path = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            path.add(new Term.Const(new Str(parts[i]), at));
        }
        return path.isEmpty() ? head : new Term.Ref(head, path, at);
    }

    private Location start() {
        return begun == null ? cursor.here() : begun.at();
    }

    /** What a collection begins with. A bar behind it is a comprehension's where no operator came before. */
    Term member(Term first) throws SyntaxException {
        return membership(false, first);
    }

    /** A term without operators. */
    Term primary() throws SyntaxException {
        Term first = begun;
        if (first != null) {
            begun = null;
            return first;
        }
        cursor.enter();
        Location at = cursor.here();
        Token token = cursor.peek();
        Term result = switch (token.kind()) {
            case NUMBER -> number("", at, token);
            case STRING -> {
                Str text = new Str(cursor.take().text());
                yield suffixes(cursor.written(constant(text, at), token));
            }
            case TEMPLATE_START -> cursor.written(template(at), token);
            case NAME -> name(token, at);
            case OPERATOR -> bracketed(token, at);
            case TEMPLATE_TEXT, TEMPLATE_OPEN, TEMPLATE_CLOSE, TEMPLATE_END, END ->
                throw cursor.unexpected("expected a term");
        };
        cursor.leave();
        return result;
    }

    private Term number(String sign, Location at, Token first) throws SyntaxException {
        String text = sign + cursor.peek().text();
        try {
            Num number = Num.parse(text);
            cursor.take();
            return cursor.written(constant(number, at), first);
        } catch (NumberFormatException bad) {
            throw cursor.error("illegal number format: " + bad.getMessage(), "");
        }
    }

    private static Term constant(Value value, Location at) {
        return new Term.Const(value, at);
    }

    private Term name(Token token, Location at) throws SyntaxException {
        if (!cursor.headsReference()) {
            Value literal = LITERALS.get(token.text());
            if (literal != null) {
                cursor.take();
                return cursor.written(constant(literal, at), token);
            }
            if (dialect.isKeyword(token.text()) && !isCalled(token.text())) {
                throw cursor.unexpected("expected a term");
            }
        }
        cursor.take();
        if (token.text().equals("set")
                && cursor.peek().is("(")
                && cursor.peek(1).is(")")) {
            cursor.take();
            cursor.take();
            return suffixes(cursor.written(new Term.SetOf(List.of(), at), token));
        }
        return suffixes(cursor.written(new Term.Var(token.text(), at), token));
    }

    /** Operators so far, for {@link #backTo}. */
    int operators() {
        return chained;
    }

    /** What was read since is read again. */
    void backTo(Cursor.Mark mark, int operators) {
        cursor.rewind(mark);
        chained = operators;
        begun = null;
    }

    /** A sign before a reference or a call: what is there taken from zero. */
    private Term negative(Token sign, Location at) throws SyntaxException {
        Token name = cursor.peek();
        boolean names = name.kind() == Token.Kind.NAME
                && !LITERALS.containsKey(name.text())
                && (name.isName("contains") || !dialect.isKeyword(name.text()));
        if (!names) {
            throw cursor.unexpected("expected a number");
        }
        Term zero = cursor.written(constant(Num.ZERO, at), sign);
        cursor.take();
        newOperator();
        Term taken = suffixes(cursor.written(new Term.Var(name.text(), cursor.place(name)), name));
        return cursor.written(call("minus", at, zero, taken), sign);
    }

    /** A keyword that is a builtin's name, too: where a term is expected it is no operator. */
    private boolean isCalled(String keyword) {
        Token next = cursor.peek(1);
        return next.is("(") && (keyword.equals("contains") || (Words.isLogic(keyword) && !next.spaced()));
    }

    private Term bracketed(Token token, Location at) throws SyntaxException {
        return switch (token.text()) {
            case "-" -> {
                cursor.take();
                yield cursor.peek().kind() == Token.Kind.NUMBER ? number("-", at, token) : negative(token, at);
            }
            case "(" -> {
                cursor.take();
                Term inner = term(true);
                cursor.expect(")", "expected `)`");
                cursor.writtenLike(inner, inner, token.start());
                yield inner instanceof Term.Const || inner instanceof Term.Ref || inner instanceof Term.Template
                        ? inner
                        : suffixes(inner);
            }
            case "[" -> {
                cursor.take();
                yield suffixes(cursor.written(collections.array(at), token));
            }
            case "{" -> {
                cursor.take();
                yield suffixes(cursor.written(collections.setOrObject(at), token));
            }
            default -> throw cursor.unexpected("expected a term");
        };
    }

    /** What follows a head without white space: keys, and a call's arguments. */
    private Term suffixes(Term head) throws SyntaxException {
        Term result = head;
        int start = cursor.previous().start();
        List<Term> path = new ArrayList<>();
        while (!cursor.peek().spaced()) {
            if (cursor.takeIf(".")) {
                Token key = cursor.peek();
                if (key.kind() != Token.Kind.NAME || key.spaced()) {
                    throw cursor.unexpected("expected a name after `.`");
                }
                cursor.take();
                path.add(cursor.written(constant(new Str(key.text()), cursor.place(key)), key));
            } else if (cursor.takeIf("[")) {
                path.add(term(false));
                cursor.expect("]", "expected `]`");
            } else if (cursor.peek().is("(") && callable(result)) {
                Term function = ref(result, path, start);
                cursor.take();
                result = cursor.writtenLike(new Term.Call(function, collections.list(")"), head.at()), head, start);
                path = new ArrayList<>();
            } else {
                break;
            }
        }
        return ref(result, path, start);
    }

    private static boolean callable(Term head) {
        return head instanceof Term.Var;
    }

    private Term ref(Term head, List<Term> path, int start) {
        return path.isEmpty() ? head : cursor.writtenLike(new Term.Ref(head, path, head.at()), head, start);
    }

    private Term template(Location at) throws SyntaxException {
        boolean raw = cursor.take().text().equals("`");
        List<Expr> parts = new ArrayList<>();
        while (cursor.peek().kind() != Token.Kind.TEMPLATE_END) {
            Token part = cursor.take();
            if (part.kind() == Token.Kind.TEMPLATE_TEXT) {
                if (!part.text().isEmpty()) {
                    Term text = cursor.written(constant(new Str(part.text()), cursor.place(part)), part);
                    parts.add(cursor.written(Expr.holds(text), part));
                }
            } else if (part.kind() == Token.Kind.TEMPLATE_OPEN) {
                Token first = cursor.peek();
                Term shown = term(true);
                Expr expr = new Expr(new Expr.Holds(shown), false, bodies.withs(), shown.at());
                parts.add(cursor.written(expr, first));
                if (cursor.peek().kind() != Token.Kind.TEMPLATE_CLOSE) {
                    throw cursor.unexpected("expected `}` at the end of a template expression");
                }
                cursor.take();
            } else {
                throw cursor.unexpected("expected a template string");
            }
        }
        cursor.take();
        return new Term.Template(parts, raw, at);
    }
}

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
    private int chained;

    TermParser(Cursor cursor, Dialect dialect, BodyParser bodies) {
        this.cursor = cursor;
        this.dialect = dialect;
        this.bodies = bodies;
    }

    /** A whole term, with {@code in}; {@code k, v in xs} where {@code pairs}. */
    Term term(boolean pairs) throws SyntaxException {
        return membership(pairs, true);
    }

    /** A term without {@code in}. */
    Term operand() throws SyntaxException {
        return relation(true);
    }

    private Term membership(boolean pairs, boolean union) throws SyntaxException {
        cursor.enter();
        Location at = cursor.here();
        Term left = relation(union);
        if (pairs && dialect.hasIn() && cursor.peek().is(",")) {
            Location comma = cursor.place(cursor.take());
            Term second = relation(union);
            if (!cursor.takeIfName("in")) {
                throw new SyntaxException(
                        "unexpected , token: expected \\n or ; or }",
                        comma,
                        "conditions stand on lines of their own, or with `;` between them");
            }
            left = call("internal.member_3", at, left, second, relation(union));
        }
        while (dialect.hasIn() && cursor.takeIfName("in")) {
            left = infix("internal.member_2", at, left, relation(union));
        }
        cursor.leave();
        return left;
    }

    private Term relation(boolean union) throws SyntaxException {
        Location at = cursor.here();
        Term left = union(union);
        while (true) {
            String name = operator(RELATIONS);
            if (name == null) {
                return left;
            }
            left = infix(name, at, left, union(union));
        }
    }

    private Term union(boolean allowed) throws SyntaxException {
        Location at = cursor.here();
        Term left = intersection();
        while (allowed && cursor.takeIf("|")) {
            left = infix("or", at, left, intersection());
        }
        return left;
    }

    private Term intersection() throws SyntaxException {
        Location at = cursor.here();
        Term left = sum();
        while (cursor.takeIf("&")) {
            left = infix("and", at, left, sum());
        }
        return left;
    }

    private Term sum() throws SyntaxException {
        Location at = cursor.here();
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
        Location at = cursor.here();
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
        return call(builtin, at, left, right);
    }

    void newOperator() throws SyntaxException {
        if (++chained > MAX_OPERATORS) {
            throw cursor.error("more than " + MAX_OPERATORS + " operators in one statement", "");
        }
    }

    void newStatement() {
        chained = 0;
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

    /** A term without operators. */
    Term primary() throws SyntaxException {
        cursor.enter();
        Location at = cursor.here();
        Token token = cursor.peek();
        Term result = switch (token.kind()) {
            case NUMBER -> number("", at);
            case STRING -> suffixes(constant(new Str(cursor.take().text()), at));
            case TEMPLATE_START -> template(at);
            case NAME -> name(token, at);
            case OPERATOR -> bracketed(token, at);
            case TEMPLATE_TEXT, TEMPLATE_OPEN, TEMPLATE_CLOSE, TEMPLATE_END, END ->
                throw cursor.unexpected("expected a term");
        };
        cursor.leave();
        return result;
    }

    private Term number(String sign, Location at) throws SyntaxException {
        String text = sign + cursor.peek().text();
        try {
            Num number = Num.parse(text);
            cursor.take();
            return constant(number, at);
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
                return constant(literal, at);
            }
            boolean callsContains =
                    token.text().equals("contains") && cursor.peek(1).is("(");
            if (dialect.isKeyword(token.text()) && !callsContains) {
                throw cursor.unexpected("expected a term");
            }
        }
        cursor.take();
        if (token.text().equals("set")
                && cursor.peek().is("(")
                && cursor.peek(1).is(")")) {
            cursor.take();
            cursor.take();
            return suffixes(new Term.SetOf(List.of(), at));
        }
        return suffixes(new Term.Var(token.text(), at));
    }

    private Term bracketed(Token token, Location at) throws SyntaxException {
        return switch (token.text()) {
            case "-" -> {
                cursor.take();
                if (cursor.peek().kind() != Token.Kind.NUMBER) {
                    throw cursor.unexpected("expected a number");
                }
                yield number("-", at);
            }
            case "(" -> {
                cursor.take();
                Term inner = term(true);
                cursor.expect(")", "expected `)`");
                yield inner;
            }
            case "[" -> {
                cursor.take();
                yield suffixes(array(at));
            }
            case "{" -> {
                cursor.take();
                yield suffixes(setOrObject(at));
            }
            default -> throw cursor.unexpected("expected a term");
        };
    }

    /** What follows a head without white space: keys, and a call's arguments. */
    private Term suffixes(Term head) throws SyntaxException {
        Term result = head;
        List<Term> path = new ArrayList<>();
        while (!cursor.peek().spaced()) {
            if (cursor.takeIf(".")) {
                Token key = cursor.peek();
                if (key.kind() != Token.Kind.NAME || key.spaced()) {
                    throw cursor.unexpected("expected a name after `.`");
                }
                cursor.take();
                path.add(constant(new Str(key.text()), cursor.place(key)));
            } else if (cursor.takeIf("[")) {
                path.add(term(false));
                cursor.expect("]", "expected `]`");
            } else if (cursor.peek().is("(") && callable(result)) {
                cursor.take();
                Term function = ref(result, path);
                result = new Term.Call(function, list(")"), head.at());
                path = new ArrayList<>();
            } else {
                break;
            }
        }
        return ref(result, path);
    }

    private static boolean callable(Term head) {
        return head instanceof Term.Var;
    }

    private static Term ref(Term head, List<Term> path) {
        return path.isEmpty() ? head : new Term.Ref(head, path, head.at());
    }

    /** Comma separated terms up to the closing bracket, which is taken; a trailing comma is allowed. */
    List<Term> list(String close) throws SyntaxException {
        List<Term> items = new ArrayList<>();
        while (!cursor.takeIf(close)) {
            items.add(term(false));
            if (!cursor.takeIf(",") && !cursor.peek().is(close)) {
                throw cursor.unexpected("expected `,` or `" + close + "`");
            }
        }
        return items;
    }

    private Term array(Location at) throws SyntaxException {
        if (cursor.takeIf("]")) {
            return new Term.ArrayOf(List.of(), at);
        }
        Term first = membership(false, false);
        if (cursor.takeIf("|")) {
            return new Term.Comprehension(Term.Shape.ARRAY, null, first, bodies.until("]"), at);
        }
        return new Term.ArrayOf(rest(first, "]"), at);
    }

    private List<Term> rest(Term first, String close) throws SyntaxException {
        List<Term> items = new ArrayList<>(List.of(first));
        if (!cursor.takeIf(",") && !cursor.peek().is(close)) {
            throw cursor.unexpected("expected `,` or `" + close + "`");
        }
        items.addAll(list(close));
        return items;
    }

    private Term setOrObject(Location at) throws SyntaxException {
        if (cursor.takeIf("}")) {
            return new Term.ObjectOf(List.of(), at);
        }
        Term first = membership(false, false);
        if (cursor.takeIf("|")) {
            return new Term.Comprehension(Term.Shape.SET, null, first, bodies.until("}"), at);
        }
        if (!cursor.takeIf(":")) {
            return new Term.SetOf(rest(first, "}"), at);
        }
        Term value = membership(false, false);
        if (cursor.takeIf("|")) {
            return new Term.Comprehension(Term.Shape.OBJECT, first, value, bodies.until("}"), at);
        }
        List<Term.Entry> entries = new ArrayList<>(List.of(new Term.Entry(first, value)));
        while (!cursor.takeIf("}")) {
            if (!cursor.takeIf(",")) {
                throw cursor.unexpected("expected `,` or `}`");
            }
            if (cursor.takeIf("}")) {
                break;
            }
            Term key = term(false);
            cursor.expect(":", "expected `:` in object");
            entries.add(new Term.Entry(key, term(false)));
        }
        return new Term.ObjectOf(entries, at);
    }

    private Term template(Location at) throws SyntaxException {
        boolean raw = cursor.take().text().equals("`");
        List<Expr> parts = new ArrayList<>();
        while (cursor.peek().kind() != Token.Kind.TEMPLATE_END) {
            Token part = cursor.take();
            if (part.kind() == Token.Kind.TEMPLATE_TEXT) {
                if (!part.text().isEmpty()) {
                    parts.add(Expr.holds(constant(new Str(part.text()), cursor.place(part))));
                }
            } else if (part.kind() == Token.Kind.TEMPLATE_OPEN) {
                Term shown = term(true);
                parts.add(new Expr(new Expr.Holds(shown), false, bodies.withs(), shown.at()));
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

package dev.hufu.rego.syntax;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code and}, {@code or} and {@code not} over bodies, where {@code future.keywords} or {@code rego.v2} is imported. {@code
 * not} binds tighter than {@code and}, which binds tighter than {@code or}. A brace or parenthesis may open an operand or a
 * term; that is tried once a place, so that what is nested is not read again and again.
 */
final class LogicParser {
    private final Cursor cursor;
    private final Dialect dialect;
    private final BodyParser bodies;
    /** Places where a bracket was found to open a term. */
    private final Set<Integer> terms = new HashSet<>();

    LogicParser(Cursor cursor, Dialect dialect, BodyParser bodies) {
        this.cursor = cursor;
        this.dialect = dialect;
        this.bodies = bodies;
    }

    /** An operator stands here. */
    boolean followed() {
        return isOperator("and") || isOperator("or");
    }

    private boolean isOperator(String name) {
        return dialect.isKeyword(name) && cursor.isKeyword(name);
    }

    /** The expression that begins with an operand in brackets; null where it is another. */
    @Nullable
    Expr led() throws SyntaxException {
        if (cursor.peek().is("(")) {
            Token first = cursor.peek();
            Expr.Operand group = dialect.hasLogic() ? group(false) : null;
            return group == null ? null : tail(group, first);
        }
        return ledByBraces();
    }

    /** {@code { … } and …}; null where the braces are followed by no operator. */
    @Nullable
    Expr ledByBraces() throws SyntaxException {
        if (!cursor.peek().is("{")
                || !dialect.hasLogic()
                || terms.contains(cursor.mark().at())) {
            return null;
        }
        Cursor.Mark start = cursor.mark();
        Expr.Operand led = null;
        Token first = cursor.take();
        Token inner = cursor.peek();
        try {
            Expr.Operand operand = new Expr.Operand(bodies.until("}"), true);
            if (followed()) {
                led = operand;
            }
        } catch (SyntaxException noBody) {
            if (cursor.atEnd()) {
                throw noBody;
            }
        }
        if (led != null) {
            refuseUnion(led, first, inner);
            return outermost(led, first);
        }
        terms.add(start.at());
        cursor.rewind(start);
        return null;
    }

    /** What stands behind a {@code not}, where that is a body or a group; null where it is another. */
    @Nullable
    Expr negated(Token not) throws SyntaxException {
        Expr.Operand operand = dialect.hasNotBodies() ? negatedOperand() : null;
        return operand == null ? null : tail(implicit(not(operand, not)), not);
    }

    private Expr.@Nullable Operand negatedOperand() throws SyntaxException {
        if (cursor.peek().is("{")) {
            return braces("write `not (…)` to negate a value");
        }
        return cursor.peek().is("(") ? group(true) : null;
    }

    /** A negated expression is a body of its own, where those are imported; its modifiers stay outside. */
    Expr negation(Expr.Form form, boolean negated, List<Expr.With> withs, Location at) {
        if (!negated || !dialect.hasNotBodies()) {
            return new Expr(form, negated, withs, at);
        }
        Expr inner = new Expr(form, false, List.of(), at);
        return new Expr(new Expr.Logic(Expr.Operator.NOT, List.of(implicit(inner))), false, withs, at);
    }

    /** The operators behind an expression without brackets, which begins the whole. */
    Expr chain(Expr operand, Token first) throws SyntaxException {
        if (!operand.withs().isEmpty()) {
            throw withOnOperand(operand.withs().getFirst().at());
        }
        if (first.is("{")) {
            throw bracesHoldNoBody(operand.at(), cursor.peek().text());
        }
        return outermost(implicit(operand), first);
    }

    /** The token that counts as the first of an operand: behind a {@code not} that makes no body of it. */
    Token ofOperand() {
        return cursor.isKeyword("not") && !dialect.hasNotBodies() ? cursor.peek(1) : cursor.peek();
    }

    /** An expression of a body, from its first token on; what a {@code not} without braces negates counts as written all over it. */
    Expr whole(Expr expr, Token first) {
        if (expr.form() instanceof Expr.Logic(Expr.Operator operator, List<Expr.Operand> operands)
                && operator == Expr.Operator.NOT
                && !operands.getFirst().explicit()) {
            operands.getFirst().body().forEach(inner -> cursor.written(inner, first));
        }
        return cursor.written(expr, first);
    }

    private SyntaxException withOnOperand(Location at) {
        return new SyntaxException(
                "`with` modifier is not allowed on operand of `" + cursor.peek().text() + "`",
                at,
                "put the operand in `(…)` or `{…}`, or `with` behind the whole expression");
    }

    private static SyntaxException bracesHoldNoBody(Location at, String operator) {
        return new SyntaxException(
                "operand of `" + operator + "` cannot begin with `{` unless the braces hold a body",
                at,
                "put the value in `(…)`");
    }

    private Expr tail(Expr.Operand operand, Token first) throws SyntaxException {
        return followed() || operand.body().size() > 1
                ? outermost(operand, first)
                : attached(operand.body().getFirst());
    }

    private Expr outermost(Expr.Operand operand, Token first) throws SyntaxException {
        return attached(disjunction(operand, first));
    }

    /** With the modifiers that follow; they do not count as part of an operand. */
    private Expr attached(Expr expr) throws SyntaxException {
        List<Expr.With> withs = bodies.withs();
        return withs.isEmpty() ? expr : cursor.writtenAs(new Expr(expr.form(), expr.negated(), withs, expr.at()), expr);
    }

    private Expr disjunction(Expr.Operand operand, Token first) throws SyntaxException {
        cursor.enter();
        Expr.Operand left = conjunction(operand, first);
        while (isOperator("or")) {
            cursor.take();
            Token right = ofOperand();
            left = implicit(joined(Expr.Operator.OR, left, conjunction(operand(), right), first));
        }
        cursor.leave();
        return left.body().getFirst();
    }

    private Expr.Operand conjunction(Expr.Operand operand, Token first) throws SyntaxException {
        Expr.Operand left = operand;
        while (isOperator("and")) {
            cursor.take();
            left = implicit(joined(Expr.Operator.AND, left, operand(), first));
        }
        return left;
    }

    private Expr joined(Expr.Operator operator, Expr.Operand left, Expr.Operand right, Token first)
            throws SyntaxException {
        bodies.terms().newOperator();
        for (Expr.Operand operand : List.of(left, right)) {
            if (operand.body().stream().allMatch(LogicParser::isPrint)) {
                throw new SyntaxException(
                        "operand of `" + operator.word() + "` cannot consist only of calls to `print`",
                        operand.body().getFirst().at(),
                        "`print` always holds; move it out of the operand");
            }
        }
        Expr.Form form = new Expr.Logic(operator, List.of(left, right));
        return cursor.written(new Expr(form, false, List.of(), cursor.place(first)), first);
    }

    private static boolean isPrint(Expr expr) {
        return !expr.negated()
                && expr.form() instanceof Expr.Holds holds
                && holds.term() instanceof Term.Call call
                && call.function() instanceof Term.Var name
                && name.name().equals("print");
    }

    /** An operand behind an operator. */
    private Expr.Operand operand() throws SyntaxException {
        Token first = cursor.peek();
        if (first.is("{")) {
            return braces("put the value in `(…)`");
        }
        Token start = ofOperand();
        boolean negated = cursor.takeIfName("not");
        Expr.Operand body = negated && dialect.hasNotBodies() && cursor.peek().is("{") ? negatedOperand() : null;
        if (body == null && cursor.peek().is("(") && dialect.hasLogic() && (!negated || dialect.hasNotBodies())) {
            body = group(true);
        }
        if (body != null) {
            return negated ? implicit(not(body, first)) : body;
        }
        Token inner = cursor.peek();
        Expr expr = negation(bodies.form(), negated, List.of(), cursor.place(first));
        if (expr.form() instanceof Expr.Logic not) {
            cursor.written(not.operands().getFirst().body().getFirst(), inner);
        }
        return implicit(cursor.written(expr, start));
    }

    /** A body in braces. Where they hold a value instead, that is what is told. */
    private Expr.Operand braces(String hint) throws SyntaxException {
        Cursor.Mark start = cursor.mark();
        Token open = cursor.take();
        Token inner = cursor.peek();
        Expr.Operand body;
        try {
            body = new Expr.Operand(bodies.until("}"), true);
        } catch (SyntaxException noBody) {
            Cursor.Mark failed = cursor.mark();
            cursor.rewind(start);
            boolean value = !cursor.peek(1).is("}") && isTerm();
            cursor.rewind(failed);
            throw value
                    ? new SyntaxException(
                            "`{...}` in an operand position must contain expression(s)", cursor.place(open), hint)
                    : noBody;
        }
        refuseUnion(body, open, inner);
        return body;
    }

    private boolean isTerm() {
        try {
            bodies.terms().term(true);
            return true;
        } catch (SyntaxException noTerm) {
            return false;
        }
    }

    /** {@code { a | b }} could be meant as a comprehension, unless a parenthesis follows the brace. */
    private void refuseUnion(Expr.Operand operand, Token open, Token inner) throws SyntaxException {
        Expr first = operand.body().getFirst();
        if (!inner.is("(")
                && first.form() instanceof Expr.Holds holds
                && holds.term() instanceof Term.Call call
                && call.function() instanceof Term.Var name
                && name.name().equals("or")
                && call.args().getFirst().at().equals(call.at())) {
            throw new SyntaxException(
                    "ambiguous `{ ... | ... }` operand: read as a body holding a set-union expression, not as a"
                            + " comprehension",
                    cursor.place(open),
                    "put the comprehension, or the union inside the braces, in `(…)`");
        }
    }

    /**
     * Operands in parentheses; null, and nothing read, where those hold a term.
     *
     * @param operand it stands behind an operator, so that {@code (a with …)} is an operand without one
     */
    private Expr.@Nullable Operand group(boolean operand) throws SyntaxException {
        if (terms.contains(cursor.mark().at())) {
            return null;
        }
        cursor.enter();
        Cursor.Mark start = cursor.mark();
        Location open = cursor.here();
        cursor.take();
        Token inner = ofOperand();
        Expr.Operand first = inner.is(")") ? null : speculate();
        Expr.Operand found = first == null ? null : grouped(first, inner, operand);
        if (found == null) {
            if (operand && cursor.mark().at() == start.at() + 1 && cursor.peek().is(")")) {
                throw new SyntaxException("empty parenthesized group", open, "");
            }
            terms.add(start.at());
            cursor.rewind(start);
        }
        cursor.leave();
        return found;
    }

    private Expr.@Nullable Operand speculate() {
        try {
            return operand();
        } catch (SyntaxException noOperand) {
            return null;
        }
    }

    private Expr.@Nullable Operand grouped(Expr.Operand first, Token inner, boolean operand) throws SyntaxException {
        Expr.Operand found = first;
        boolean single = first.body().size() == 1 && !first.explicit();
        if (followed()) {
            found = implicit(outermost(first, inner));
        } else if (single && cursor.isKeyword("with")) {
            Location at = cursor.here();
            found = implicit(attached(first.body().getFirst()));
            if (followed()) {
                throw withOnOperand(at);
            }
            cursor.expect(")", "expected ) to close parenthesized group");
            return operand || followed() ? found : null;
        } else if (!single || !isLogic(first.body().getFirst())) {
            return null;
        }
        cursor.expect(")", "expected ) to close parenthesized group");
        return found;
    }

    private static boolean isLogic(Expr expr) {
        return expr.negated() || expr.form() instanceof Expr.Logic;
    }

    private Expr not(Expr.Operand operand, Token first) {
        Expr.Form form = new Expr.Logic(Expr.Operator.NOT, List.of(operand));
        return cursor.written(new Expr(form, false, List.of(), cursor.place(first)), first);
    }

    private static Expr.Operand implicit(Expr expr) {
        return new Expr.Operand(List.of(expr), false);
    }
}

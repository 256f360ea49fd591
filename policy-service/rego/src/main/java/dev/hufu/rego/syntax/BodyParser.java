package dev.hufu.rego.syntax;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bodies and their expressions. */
final class BodyParser {
    private final Cursor cursor;
    private final Dialect dialect;
    private final TermParser terms;
    private final LogicParser logic;

    BodyParser(Cursor cursor, Dialect dialect) {
        this.cursor = cursor;
        this.dialect = dialect;
        this.terms = new TermParser(cursor, dialect, this);
        this.logic = new LogicParser(cursor, dialect, this);
    }

    LogicParser logic() {
        return logic;
    }

    TermParser terms() {
        return terms;
    }

    /** Expressions up to the closing bracket, which is taken. */
    List<Expr> until(String close) throws SyntaxException {
        cursor.enter();
        List<Expr> body = new ArrayList<>();
        while (!cursor.peek().is(close)) {
            body.add(expression());
            separator(close);
        }
        if (body.isEmpty()) {
            throw cursor.error("found empty body", "");
        }
        cursor.take();
        cursor.leave();
        return body;
    }

    /** A query: expressions to the end of the text. */
    List<Expr> query() throws SyntaxException {
        List<Expr> body = new ArrayList<>();
        while (!cursor.atEnd()) {
            body.add(expression());
            if (!cursor.atEnd()) {
                separator("");
            }
        }
        return body;
    }

    private void separator(String close) throws SyntaxException {
        if (cursor.takeIf(";")) {
            while (cursor.takeIf(";")) {
                // empty expressions are nothing
            }
            return;
        }
        if (cursor.peek().is("=")) {
            throw cursor.error("unexpected = token", "use `==` to compare inside a term");
        }
        if (!cursor.peek().is(close) && !cursor.peek().newLine()) {
            throw cursor.unexpected("expected \\n or ; or " + (close.isEmpty() ? "the end" : close));
        }
    }

    Expr expression() throws SyntaxException {
        Token first = cursor.peek();
        return logic.whole(anyExpression(first), first);
    }

    private Expr anyExpression(Token first) throws SyntaxException {
        Expr led = logic.led();
        if (led != null) {
            return led;
        }
        Location at = cursor.here();
        if (cursor.isKeyword("some")) {
            cursor.take();
            return some(at);
        }
        if (dialect.isKeyword("every") && cursor.isKeyword("every")) {
            cursor.take();
            return every(at);
        }
        Token start = logic.ofOperand();
        boolean negated = cursor.takeIfName("not");
        Expr negation = negated ? logic.negated(first) : null;
        if (negation != null) {
            return negation;
        }
        if (negated && cursor.isKeyword("some")) {
            throw cursor.error("illegal negation of 'some'", "");
        }
        if (negated && dialect.isKeyword("every") && cursor.isKeyword("every")) {
            throw cursor.error("illegal negation of 'every'", "put `every` in a rule of its own and negate that");
        }
        Expr.Form form = form();
        Expr expr = logic.negation(form, negated, withs(), at);
        return logic.followed() ? logic.chain(cursor.written(expr, start), first) : expr;
    }

    Expr.Form form() throws SyntaxException {
        Term left = terms.term(true);
        if (cursor.takeIf(":=")) {
            return new Expr.Assign(left, terms.term(true));
        }
        if (cursor.takeIf("=")) {
            return new Expr.Equal(left, terms.term(true));
        }
        return new Expr.Holds(left);
    }

    private Expr some(Location at) throws SyntaxException {
        List<Term> named = new ArrayList<>(List.of(terms.operand()));
        while (cursor.takeIf(",")) {
            named.add(terms.operand());
        }
        if (dialect.isKeyword("in") && cursor.takeIfName("in")) {
            if (named.size() > 2) {
                throw cursor.error("expected `some x[, y] in xs`", "");
            }
            @Nullable Term key = named.size() == 2 ? named.getFirst() : null;
            Expr.Form form = new Expr.SomeIn(key, named.getLast(), terms.term(false));
            return new Expr(form, false, withs(), at);
        }
        List<Term.Var> vars = new ArrayList<>();
        for (Term term : named) {
            vars.add(declared(term));
        }
        return new Expr(new Expr.SomeVars(vars), false, List.of(), at);
    }

    private Term.Var declared(Term term) throws SyntaxException {
        if (term instanceof Term.Var variable) {
            return variable;
        }
        throw cursor.error("expected a variable after `some`", "write `some x in xs` or `some x`");
    }

    private Expr every(Location at) throws SyntaxException {
        Term.Var first = variable();
        Term.@Nullable Var key = null;
        if (cursor.takeIf(",")) {
            key = first;
            first = variable();
        }
        if (!cursor.takeIfName("in")) {
            throw cursor.unexpected("expected `x[, y] in xs { ... }` expression");
        }
        Term domain = terms.term(false);
        cursor.expect("{", "missing body of `every`");
        Expr.Form form = new Expr.Every(key, first, domain, until("}"));
        return new Expr(form, false, withs(), at);
    }

    private Term.Var variable() throws SyntaxException {
        if (terms.primary() instanceof Term.Var variable) {
            return variable;
        }
        throw cursor.error("unexpected term: expected a variable", "");
    }

    List<Expr.With> withs() throws SyntaxException {
        List<Expr.With> withs = new ArrayList<>();
        while (cursor.isKeyword("with")) {
            Token first = cursor.take();
            Location at = cursor.place(first);
            Term target = terms.primary();
            if (!cursor.takeIfName("as")) {
                throw cursor.unexpected("expected `as` keyword");
            }
            withs.add(cursor.written(new Expr.With(target, terms.term(false), at), first));
        }
        return withs;
    }
}

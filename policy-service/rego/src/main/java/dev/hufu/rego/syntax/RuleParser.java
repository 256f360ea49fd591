package dev.hufu.rego.syntax;

import dev.hufu.rego.Bool;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules: heads, values, bodies and what stands after {@code else}. */
final class RuleParser {
    private final Cursor cursor;
    private final Dialect dialect;
    private final BodyParser bodies;

    RuleParser(Cursor cursor, Dialect dialect, BodyParser bodies) {
        this.cursor = cursor;
        this.dialect = dialect;
        this.bodies = bodies;
    }

    void newStatement() {
        bodies.terms().newStatement();
    }

    private record Head(
            List<Term> name,
            @Nullable List<Term> args,
            @Nullable Term member,
            Term value,
            boolean explicit,
            boolean assigned) {}

    /** One rule; several where v0 chains bodies. */
    List<Rule> rule() throws SyntaxException {
        Token first = cursor.peek();
        Location at = cursor.place(first);
        boolean isDefault = cursor.isKeyword("default");
        if (isDefault) {
            cursor.take();
        }
        Token firstOfHead = cursor.peek();
        Head head = head(isDefault);
        Token lastOfHead = cursor.previous();
        if (isDefault) {
            if (head.member != null || !head.explicit) {
                throw new SyntaxException("unexpected default rule: must have a value", at, "default allow := false");
            }
            DefaultRule.check(head.value, head.args, at);
            return List.of(cursor.writtenRule(make(head, always(at), null, true, at), first, firstOfHead, lastOfHead));
        }
        List<Rule> rules = new ArrayList<>();
        boolean hasBody = cursor.peek().is("{") || isIf();
        List<Expr> body = hasBody ? body(head) : always(at);
        if (!hasBody) {
            requireValue(head, at);
        }
        Rule orElse = orElse(head);
        rules.add(cursor.writtenRule(make(head, body, orElse, false, at), first, firstOfHead, lastOfHead));
        while (hasBody && orElse == null && cursor.peek().is("{")) {
            Token brace = cursor.take();
            Rule chained = make(head, bodies.until("}"), null, false, at);
            rules.add(cursor.writtenRule(chained, brace, brace, cursor.previous()));
        }
        boolean ends =
                cursor.atEnd() || cursor.peek().newLine() || cursor.peek().is(";");
        if (!ends && !isRuleNamedIf()) {
            throw cursor.unexpected("expected a new line after the rule");
        }
        return rules;
    }

    private Rule make(Head head, List<Expr> body, @Nullable Rule orElse, boolean isDefault, Location at) {
        int endRow = cursor.previous().row();
        boolean bodied = body.size() != 1 || !isAlways(body.getFirst(), at);
        boolean bare = head.args != null && head.args.isEmpty();
        Rule.Written written = new Rule.Written(head.assigned, bodied, bare);
        // without parameters it is no function
        @Nullable List<Term> args = bare ? null : head.args;
        return new Rule(
                head.name, args, head.member, head.value, body, orElse, isDefault, List.of(), written, at, endRow);
    }

    /** The body that {@link #always} made up: it stands where the rule does. */
    private static boolean isAlways(Expr expr, Location at) {
        return expr.at().equals(at);
    }

    private static List<Expr> always(Location at) {
        return List.of(Expr.holds(new Term.Const(Bool.TRUE, at)));
    }

    private void requireValue(Head head, Location at) throws SyntaxException {
        boolean called = head.args != null && !head.args.isEmpty();
        if (!head.explicit && head.member == null && !called && (dialect.isV1() || head.name.size() == 1)) {
            throw new SyntaxException(
                    head.name.size() == 1 && head.args == null
                            ? "var cannot be used for rule name"
                            : "rule must have value assignment and/or body declaration",
                    at,
                    "write `name := value` or `name if { ... }`");
        }
    }

    /** In v0 an {@code if} that was not imported begins a rule of that name. */
    private boolean isRuleNamedIf() {
        return !dialect.isKeyword("if") && cursor.peek().isName("if");
    }

    private boolean isIf() {
        return dialect.isKeyword("if") && cursor.isKeyword("if");
    }

    private Head head(boolean isDefault) throws SyntaxException {
        if (cursor.peek().kind() != Token.Kind.NAME) {
            throw cursor.unexpected("expected rule head");
        }
        String first = cursor.peek().text();
        boolean reserved = dialect.isKeyword(first) && !cursor.headsReference();
        if (reserved && !(first.equals("contains") && cursor.peek(1).is("("))) {
            throw cursor.unexpected("rule name cannot be a keyword");
        }
        Term term = bodies.terms().primary();
        @Nullable List<Term> args = null;
        if (term instanceof Term.Call call) {
            args = call.args();
            term = call.function();
        }
        List<Term> name = nameOf(term);
        Location at = term.at();
        boolean function = args != null && !args.isEmpty();
        if (!isDefault && !function && dialect.isKeyword("contains") && cursor.takeIfName("contains")) {
            return new Head(name, null, bodies.terms().term(true), new Term.Const(Bool.TRUE, at), false, false);
        }
        boolean assigned = cursor.peek().is(":=");
        if (cursor.takeIf(":=") || cursor.takeIf("=")) {
            return new Head(name, args, null, bodies.terms().term(true), true, assigned);
        }
        Term always = new Term.Const(Bool.TRUE, at);
        if (!dialect.isV1() && !function && isV0PartialSet(name) && !isIf()) {
            return new Head(name.subList(0, name.size() - 1), null, name.getLast(), always, false, false);
        }
        return new Head(name, args, null, always, false, false);
    }

    /** {@code p[x] { ... }}; {@code p.x { ... }} is a rule of its own. */
    private boolean isV0PartialSet(List<Term> name) {
        return name.size() == 2 && cursor.previous().is("]");
    }

    private List<Term> nameOf(Term term) throws SyntaxException {
        List<Term> name = new ArrayList<>();
        switch (term) {
            case Term.Var variable -> name.add(variable);
            case Term.Ref ref
            when ref.head() instanceof Term.Var variable -> {
                name.add(variable);
                name.addAll(ref.path());
            }
            case Term.Ref _, Term.Const _, Term.ArrayOf _, Term.SetOf _, Term.ObjectOf _, Term.Comprehension _ ->
                throw new SyntaxException("unexpected term: expected rule head", term.at(), "");
            case Term.Call _, Term.Template _ ->
                throw new SyntaxException("unexpected call: expected rule head", term.at(), "");
        }
        return name;
    }

    private List<Expr> body(Head head) throws SyntaxException {
        if (cursor.takeIfName("if")) {
            if (!cursor.peek().is("{")) {
                return List.of(bodies.expression());
            }
            Token first = cursor.peek();
            Expr led = bodies.logic().ledByBraces();
            return led == null ? braces() : List.of(cursor.written(led, first));
        }
        if (dialect.isV1()) {
            throw cursor.error(
                    "`if` keyword is required before rule body",
                    head.name.size() > 1 && !head.explicit
                            ? "write `name contains x if { ... }` for a set, `name[x] := y if { ... }` for an object"
                            : "write `name if { ... }`");
        }
        cursor.expect("{", "expected a body");
        return bodies.until("}");
    }

    /** An expression that begins with a brace, such as a comprehension; a set is never false, so there a body was meant. */
    private List<Expr> braces() throws SyntaxException {
        Cursor.Mark start = cursor.mark();
        try {
            Expr expr = bodies.expression();
            boolean set = expr.form() instanceof Expr.Holds holds && holds.term() instanceof Term.SetOf;
            if (!set) {
                return List.of(expr);
            }
        } catch (SyntaxException noExpression) {
            // a body, then, or nothing
        }
        cursor.rewind(start);
        newStatement();
        cursor.take();
        return bodies.until("}");
    }

    /** Behind {@code else if} a brace opens a body, whatever could be read else. */
    private List<Expr> elseBody(Head head) throws SyntaxException {
        if (isIf() && cursor.peek(1).is("{")) {
            cursor.take();
            cursor.take();
            return bodies.until("}");
        }
        return body(head);
    }

    private @Nullable Rule orElse(Head head) throws SyntaxException {
        if (!cursor.isKeyword("else")) {
            return null;
        }
        if (cursor.peek().newLine() && cursor.peek().column() == 1 && cursor.headsReference()) {
            return null;
        }
        if (head.member != null) {
            throw cursor.error("else keyword cannot be used on multi-value rules", "");
        }
        Token first = cursor.take();
        Location at = cursor.place(first);
        Term value = new Term.Const(Bool.TRUE, at);
        boolean explicit = false;
        boolean assigned = cursor.peek().is(":=");
        if (cursor.takeIf(":=") || cursor.takeIf("=")) {
            value = bodies.terms().term(true);
            explicit = true;
        }
        Token lastOfHead = cursor.previous();
        cursor.enter();
        Head own = new Head(head.name, head.args, null, value, explicit, assigned);
        boolean hasBody = cursor.peek().is("{") || isIf();
        if (!hasBody && !explicit) {
            throw cursor.unexpected("expected else value term or rule body");
        }
        List<Expr> body = hasBody ? elseBody(own) : always(at);
        Rule made = cursor.writtenRule(make(own, body, orElse(own), false, at), first, first, lastOfHead);
        cursor.leave();
        return made;
    }
}

package dev.hufu.rego.syntax;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Arrays, sets, objects and their comprehensions, behind the opening bracket. */
final class CollectionParser {
    private final Cursor cursor;
    private final BodyParser bodies;
    private final TermParser terms;
    /** Bars behind which there is no body: nothing where a union was meant, else what is wrong. */
    private final Map<Integer, Optional<SyntaxException>> bars = new HashMap<>();

    CollectionParser(Cursor cursor, BodyParser bodies, TermParser terms) {
        this.cursor = cursor;
        this.bodies = bodies;
        this.terms = terms;
    }

    /** Comma separated terms up to the closing bracket, which is taken; a trailing comma is allowed. */
    List<Term> list(String close) throws SyntaxException {
        List<Term> items = new ArrayList<>();
        while (!cursor.takeIf(close)) {
            items.add(terms.term(false));
            if (!cursor.takeIf(",") && !cursor.peek().is(close)) {
                throw cursor.unexpected("expected `,` or `" + close + "`");
            }
        }
        return items;
    }

    Term array(Location at) throws SyntaxException {
        if (cursor.takeIf("]")) {
            return new Term.ArrayOf(List.of(), at);
        }
        boolean list = cursor.takeIf(",");
        Term first = terms.primary();
        List<Expr> body = list ? null : comprehended(first, "]");
        return body == null
                ? new Term.ArrayOf(rest(terms.member(first), "]"), at)
                : new Term.Comprehension(Term.Shape.ARRAY, null, first, body, at);
    }

    /**
     * The body behind a bar; null where there is no bar, or one that a comma shows to be a union's: it is not taken then. What is found is
     * kept, so that what is nested is not read again and again.
     */
    private @Nullable List<Expr> comprehended(Term head, String close) throws SyntaxException {
        Cursor.Mark bar = cursor.mark();
        Optional<SyntaxException> known = bars.get(bar.at());
        if (known != null) {
            if (known.isPresent()) {
                throw known.get();
            }
            return null;
        }
        if (!cursor.takeIf("|")) {
            return null;
        }
        int operators = terms.operators();
        try {
            return bodies.until(close);
        } catch (SyntaxException noBody) {
            if (!cursor.peek().is(",")) {
                throw noBody;
            }
            terms.backTo(bar, operators);
            boolean union = isUnion(head, close);
            bars.put(bar.at(), union ? Optional.empty() : Optional.of(noBody));
            terms.backTo(bar, operators);
            if (!union) {
                throw noBody;
            }
            return null;
        }
    }

    private boolean isUnion(Term first, String close) {
        try {
            terms.member(first);
            return cursor.peek().is(",") || cursor.peek().is(close);
        } catch (SyntaxException noTerm) {
            return false;
        }
    }

    private List<Term> rest(Term first, String close) throws SyntaxException {
        List<Term> items = new ArrayList<>(List.of(first));
        if (!cursor.takeIf(",") && !cursor.peek().is(close)) {
            throw cursor.unexpected("expected `,` or `" + close + "`");
        }
        items.addAll(list(close));
        return items;
    }

    Term setOrObject(Location at) throws SyntaxException {
        if (cursor.takeIf("}")) {
            return new Term.ObjectOf(List.of(), at);
        }
        boolean list = cursor.takeIf(",");
        Term head = terms.primary();
        List<Expr> body = list ? null : comprehended(head, "}");
        if (body != null) {
            return new Term.Comprehension(Term.Shape.SET, null, head, body, at);
        }
        Term first = terms.member(head);
        if (!cursor.takeIf(":")) {
            return new Term.SetOf(rest(first, "}"), at);
        }
        Term plain = terms.primary();
        body = list ? null : comprehended(plain, "}");
        return body == null
                ? new Term.ObjectOf(entries(first, terms.member(plain)), at)
                : new Term.Comprehension(Term.Shape.OBJECT, first, plain, body, at);
    }

    private List<Term.Entry> entries(Term first, Term value) throws SyntaxException {
        List<Term.Entry> entries = new ArrayList<>(List.of(new Term.Entry(first, value)));
        while (!cursor.takeIf("}")) {
            if (!cursor.takeIf(",")) {
                throw cursor.unexpected("expected `,` or `}`");
            }
            if (cursor.takeIf("}")) {
                break;
            }
            Term key = terms.term(false);
            cursor.expect(":", "expected `:` in object");
            entries.add(new Term.Entry(key, terms.term(false)));
        }
        return entries;
    }
}

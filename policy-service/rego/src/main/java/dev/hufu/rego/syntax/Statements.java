package dev.hufu.rego.syntax;

import dev.hufu.rego.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a source's statements stand, so that whatever the compiler made of one can be shown as it was written. A statement ends
 * where its row does, unless a bracket is open, an operator waits for what follows, or the next row begins with
 * {@code with}.
 */
public final class Statements {
    private static final Set<String> OPENING = Set.of("{", "[", "(");
    private static final Set<String> CLOSING = Set.of("}", "]", ")");
    private static final Set<String> WAITING =
            Set.of(":=", "==", "!=", "<=", ">=", "=", "<", ">", "+", "-", "*", "/", "%", "&", "|", ",", ".");

    /**
     * A statement, or a rule's head.
     *
     * @param at its first row and column
     * @param text as written, comments and all
     */
    public record Statement(Location at, String text, int start, int end) {}

    private final List<Token> tokens;
    private final Source source;
    private final Map<Long, Integer> tokenAt = new HashMap<>();
    private final Set<Long> seen = new HashSet<>();
    private final List<Statement> found = new ArrayList<>();

    private Statements(Source source, List<Token> tokens) {
        this.source = source;
        this.tokens = tokens;
        for (int i = 0; i < tokens.size(); i++) {
            tokenAt.putIfAbsent(place(tokens.get(i).row(), tokens.get(i).column()), i);
        }
    }

    /** A module's statements, shorter ones first, so that the first that holds a place is the innermost. */
    public static Statements of(Source source, Module module) {
        Statements statements = lexed(source);
        module.rules().forEach(statements::rule);
        statements.found.sort(Comparator.comparingInt(one -> one.end - one.start));
        return statements;
    }

    private static Statements lexed(Source source) {
        try {
            return new Statements(source, new Lexer(source.file(), source.text()).tokens());
        } catch (SyntaxException unread) {
            throw new IllegalArgumentException("no module that parses: " + source.file(), unread);
        }
    }

    /** The innermost statement that holds the place; null where there is none. */
    public @Nullable Statement at(Location at) {
        Integer token = tokenAt.get(place(at.row(), at.column()));
        if (token == null) {
            return null;
        }
        int offset = tokens.get(token).start();
        for (Statement one : found) {
            if (one.start <= offset && offset < one.end) {
                return one;
            }
        }
        return null;
    }

    public List<Statement> all() {
        return List.copyOf(found);
    }

    private static long place(int row, int column) {
        return ((long) row << 32) | column;
    }

    private void rule(Rule rule) {
        add(rule.at(), true);
        rule.name().forEach(this::term);
        term(rule.value());
        Term member = rule.member();
        if (member != null) {
            term(member);
        }
        body(rule.body());
        Rule orElse = rule.orElse();
        if (orElse != null) {
            rule(orElse);
        }
    }

    private void body(List<Expr> body) {
        for (Expr expr : body) {
            add(expr.at(), false);
            if (expr.form() instanceof Expr.Every every) {
                body(every.body());
            }
            terms(expr).forEach(this::term);
        }
    }

    private static List<Term> terms(Expr expr) {
        List<Term> terms = new ArrayList<>();
        switch (expr.form()) {
            case Expr.Holds holds -> terms.add(holds.term());
            case Expr.Equal equal -> terms.addAll(List.of(equal.left(), equal.right()));
            case Expr.Assign assign -> terms.addAll(List.of(assign.target(), assign.value()));
            case Expr.SomeIn some -> terms.addAll(List.of(some.value(), some.domain()));
            case Expr.Every every -> terms.add(every.domain());
            case Expr.SomeVars _ -> {}
        }
        expr.withs().forEach(with -> terms.add(with.value()));
        return terms;
    }

    private void term(Term term) {
        switch (term) {
            case Term.Comprehension comprehension -> {
                body(comprehension.body());
                term(comprehension.value());
                Term key = comprehension.key();
                if (key != null) {
                    term(key);
                }
            }
            case Term.Ref ref -> {
                term(ref.head());
                ref.path().forEach(this::term);
            }
            case Term.ArrayOf array -> array.items().forEach(this::term);
            case Term.SetOf set -> set.items().forEach(this::term);
            case Term.ObjectOf object ->
                object.entries().forEach(entry -> {
                    term(entry.key());
                    term(entry.value());
                });
            case Term.Call call -> call.args().forEach(this::term);
            case Term.Template template ->
                template.parts().forEach(part -> terms(part).forEach(this::term));
            case Term.Const _, Term.Var _ -> {}
        }
    }

    private void add(Location at, boolean head) {
        Integer first = tokenAt.get(place(at.row(), at.column()));
        if (first == null || !seen.add(place(at.row(), at.column()))) {
            return;
        }
        int start = tokens.get(first).start();
        int end = tokens.get(last(first, head)).end();
        found.add(new Statement(at, source.text().substring(start, end), start, end));
    }

    private int last(int first, boolean head) {
        int depth = 0;
        for (int i = first; ; i++) {
            Token token = tokens.get(i);
            if (token.kind() == Token.Kind.END || (i > first && depth == 0 && ends(token, tokens.get(i - 1), head))) {
                return i - 1;
            }
            if (opens(token)) {
                depth++;
            } else if (closes(token) && --depth < 0) {
                return i - 1;
            }
        }
    }

    private static boolean opens(Token token) {
        return token.kind() == Token.Kind.TEMPLATE_OPEN
                || (token.kind() == Token.Kind.OPERATOR && OPENING.contains(token.text()));
    }

    private static boolean closes(Token token) {
        return token.kind() == Token.Kind.TEMPLATE_CLOSE
                || (token.kind() == Token.Kind.OPERATOR && CLOSING.contains(token.text()));
    }

    private static boolean ends(Token token, Token before, boolean head) {
        if (token.is(";") || (head && token.isName("if"))) {
            return true;
        }
        boolean waits = before.kind() == Token.Kind.OPERATOR && WAITING.contains(before.text());
        return token.newLine() && !waits && !token.isName("with");
    }
}

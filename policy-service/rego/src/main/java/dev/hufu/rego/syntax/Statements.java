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

    /** What a statement is, which says where it ends. */
    private enum Kind {
        HEAD,
        LINE,
        /** With {@code and} or {@code or}, which go on on the next row. */
        JOINED,
        /** Of one of those, or of {@code not}. */
        OPERAND
    }

    private record Seen(long place, boolean operand) {}

    private final List<Token> tokens;
    private final Source source;
    private final Map<Long, Integer> tokenAt = new HashMap<>();
    private final Set<Seen> seen = new HashSet<>();
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

    /** The longest statement that begins at the place: of operators between operands the whole, where {@link #at} is the first. */
    public @Nullable Statement whole(Location at) {
        return found.reversed().stream()
                .filter(one -> place(one.at.row(), one.at.column()) == place(at.row(), at.column()))
                .findFirst()
                .orElse(null);
    }

    public List<Statement> all() {
        return List.copyOf(found);
    }

    private static long place(int row, int column) {
        return ((long) row << 32) | column;
    }

    private void rule(Rule rule) {
        add(rule.at(), Kind.HEAD);
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
            add(expr.at(), expr.form() instanceof Expr.Logic ? Kind.JOINED : Kind.LINE);
            parts(expr);
        }
    }

    private void parts(Expr expr) {
        if (expr.form() instanceof Expr.Every every) {
            body(every.body());
        }
        if (expr.form() instanceof Expr.Logic logic) {
            logic.operands().forEach(operand -> operand.body().forEach(this::operand));
        }
        terms(expr).forEach(this::term);
    }

    /** Operators inside operators are one statement. */
    private void operand(Expr expr) {
        boolean joins = expr.form() instanceof Expr.Logic logic && logic.operator() != Expr.Operator.NOT;
        if (!joins) {
            add(expr.at(), Kind.OPERAND);
        }
        parts(expr);
    }

    private static List<Term> terms(Expr expr) {
        List<Term> terms = new ArrayList<>();
        switch (expr.form()) {
            case Expr.Holds holds -> terms.add(holds.term());
            case Expr.Equal equal -> terms.addAll(List.of(equal.left(), equal.right()));
            case Expr.Assign assign -> terms.addAll(List.of(assign.target(), assign.value()));
            case Expr.SomeIn some -> terms.addAll(List.of(some.value(), some.domain()));
            case Expr.Every every -> terms.add(every.domain());
            case Expr.SomeVars _, Expr.Logic _ -> {}
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

    private void add(Location at, Kind kind) {
        long place = place(at.row(), at.column());
        Integer first = tokenAt.get(place);
        if (first == null || !seen.add(new Seen(place, kind == Kind.OPERAND))) {
            return;
        }
        int start = tokens.get(first).start();
        int end = tokens.get(last(first, kind)).end();
        found.add(new Statement(at, source.text().substring(start, end), start, end));
    }

    private int last(int first, Kind kind) {
        int depth = 0;
        for (int i = first; ; i++) {
            Token token = tokens.get(i);
            if (token.kind() == Token.Kind.END || (i > first && depth == 0 && ends(token, tokens.get(i - 1), kind))) {
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

    private static boolean ends(Token token, Token before, Kind kind) {
        boolean joins = joins(token) && !before.is(".");
        boolean ended = switch (kind) {
            case HEAD -> token.isName("if");
            case OPERAND -> joins;
            case LINE, JOINED -> false;
        };
        if (ended || token.is(";")) {
            return true;
        }
        boolean waits = before.kind() == Token.Kind.OPERATOR && WAITING.contains(before.text());
        boolean goesOn = kind == Kind.JOINED && (joins || joins(before) || before.isName("not"));
        return token.newLine() && !waits && !goesOn && !token.isName("with");
    }

    private static boolean joins(Token token) {
        return token.isName("and") || token.isName("or");
    }
}

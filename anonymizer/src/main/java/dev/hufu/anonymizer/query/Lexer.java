package dev.hufu.anonymizer.query;

import static java.util.Map.entry;

import dev.hufu.anonymizer.query.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Splits a text into tokens and refuses what is in no query of the language, before any grammar is looked at.
 *
 * <p>Places are counted over the text with each literal as one run of its code points, so a line break inside a literal moves
 * nothing: what follows a literal has the same place whatever the literal says. Every lexically possible literal is accepted.
 */
final class Lexer {
    private static final int MAX_IDENTIFIER = 128;
    private static final int MAX_DEPTH = 32;
    private static final int MAX_NEGATIONS = 64;

    private static final Set<String> KEYWORDS = Set.of(
            "SELECT",
            "FROM",
            "WHERE",
            "GROUP",
            "BY",
            "HAVING",
            "ORDER",
            "LIMIT",
            "AS",
            "AND",
            "OR",
            "NOT",
            "IN",
            "BETWEEN",
            "IS",
            "NULL",
            "ASC",
            "DESC",
            "DISTINCT");
    private static final Set<String> OFFERED = Set.of("COUNT", "SUM", "AVG");
    private static final Set<String> OTHER_AGGREGATES = Set.of(
            "MIN",
            "MAX",
            "MEDIAN",
            "MODE",
            "STDDEV",
            "STDDEV_POP",
            "STDDEV_SAMP",
            "VARIANCE",
            "VAR_POP",
            "VAR_SAMP",
            "QUANTILE",
            "QUANTILE_CONT",
            "QUANTILE_DISC",
            "PERCENTILE_CONT",
            "PERCENTILE_DISC",
            "APPROX_COUNT_DISTINCT",
            "STRING_AGG",
            "ARRAY_AGG",
            "LISTAGG",
            "LIST",
            "FIRST",
            "LAST",
            "ANY_VALUE",
            "CORR",
            "COVAR_POP",
            "COVAR_SAMP");

    /** Words that have a meaning in SQL and none here; a column of such a name is written in double quotes. */
    private static final Map<String, SqlRefusal> REFUSED = Map.ofEntries(
            entry("JOIN", SqlRefusal.JOIN),
            entry("NATURAL", SqlRefusal.JOIN),
            entry("CROSS", SqlRefusal.JOIN),
            entry("LATERAL", SqlRefusal.JOIN),
            entry("UNION", SqlRefusal.SET_OPERATION),
            entry("INTERSECT", SqlRefusal.SET_OPERATION),
            entry("EXCEPT", SqlRefusal.SET_OPERATION),
            entry("WITH", SqlRefusal.SUBQUERY),
            entry("EXISTS", SqlRefusal.SUBQUERY),
            entry("OVER", SqlRefusal.WINDOW),
            entry("WINDOW", SqlRefusal.WINDOW),
            entry("QUALIFY", SqlRefusal.WINDOW),
            entry("PARTITION", SqlRefusal.WINDOW),
            entry("CAST", SqlRefusal.CAST),
            entry("TRY_CAST", SqlRefusal.CAST),
            entry("CASE", SqlRefusal.CASE),
            entry("LIKE", SqlRefusal.PATTERN),
            entry("ILIKE", SqlRefusal.PATTERN),
            entry("SIMILAR", SqlRefusal.PATTERN),
            entry("REGEXP", SqlRefusal.PATTERN),
            entry("GLOB", SqlRefusal.PATTERN),
            entry("OFFSET", SqlRefusal.CLAUSE),
            entry("FETCH", SqlRefusal.CLAUSE),
            entry("ROLLUP", SqlRefusal.CLAUSE),
            entry("CUBE", SqlRefusal.CLAUSE),
            entry("GROUPING", SqlRefusal.CLAUSE),
            entry("TABLESAMPLE", SqlRefusal.CLAUSE),
            entry("FILTER", SqlRefusal.CLAUSE),
            entry("PIVOT", SqlRefusal.CLAUSE),
            entry("INTO", SqlRefusal.CLAUSE));

    private final int[] text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    private int column = 1;

    private Lexer(int[] text) {
        this.text = text;
    }

    /** @throws SqlRefusedException if the text cannot be a query of the language whatever its grammar */
    static List<Token> tokens(String sql) {
        if (sql.length() > 2 * QueryLanguage.MAX_LENGTH) {
            throw new SqlRefusedException(SqlRefusal.TOO_LONG, 1, 1, "");
        }
        int[] text = sql.codePoints().toArray();
        if (text.length > QueryLanguage.MAX_LENGTH) {
            throw new SqlRefusedException(SqlRefusal.TOO_LONG, 1, 1, "");
        }
        Lexer lexer = new Lexer(text);
        lexer.scan();
        return lexer.checked();
    }

    private void scan() {
        while (at < text.length) {
            int c = text[at];
            if (c == '\n') {
                at++;
                line++;
                column = 1;
            } else if (c == ' ' || c == '\t' || c == '\r') {
                advance(1);
            } else if (c == '\'') {
                quoted(Kind.TEXT, '\'');
            } else if (c == '"') {
                quoted(Kind.IDENTIFIER, '"');
            } else if (isWordStart(c)) {
                word();
            } else if (isDigit(c) || (c == '.' && isDigit(peek(1)) && !follows(Kind.IDENTIFIER))) {
                number(0);
            } else {
                sign(c);
            }
            if (tokens.size() > QueryLanguage.MAX_TOKENS) {
                throw tokens.getLast().refuse(SqlRefusal.TOO_MANY_TOKENS);
            }
        }
    }

    private void sign(int c) {
        int next = peek(1);
        if ((c == '-' && next == '-') || (c == '/' && next == '*')) {
            throw here(SqlRefusal.COMMENT);
        }
        if (c == '-'
                && isNumberStart(1)
                && (tokens.isEmpty() || !tokens.getLast().endsTerm())) {
            number(1);
            return;
        }
        String two = next < 0 ? "" : Character.toString(c) + Character.toString(next);
        switch (two) {
            case "<=", ">=", "<>" -> add(Kind.SIGN, two, 2);
            case "!=" -> add(Kind.SIGN, "<>", 2);
            default -> {
                switch (c) {
                    case '(', ')', ',', '.', '*', '=', '<', '>', ';' -> add(Kind.SIGN, Character.toString(c), 1);
                    case '+', '-', '/', '%', '|', '^' -> throw here(SqlRefusal.EXPRESSION);
                    case '?' -> throw here(SqlRefusal.PARAMETER);
                    default -> throw here(SqlRefusal.CHARACTER);
                }
            }
        }
    }

    private void word() {
        int end = at;
        while (end < text.length && (isWordStart(text[end]) || isDigit(text[end]))) {
            end++;
        }
        String word = new String(text, at, end - at);
        if (word.length() > MAX_IDENTIFIER) {
            throw here(SqlRefusal.TOO_LONG);
        }
        boolean afterDot = !tokens.isEmpty() && tokens.getLast().is(".");
        Kind kind = !afterDot && KEYWORDS.contains(word.toUpperCase(Locale.ROOT)) ? Kind.KEYWORD : Kind.IDENTIFIER;
        SqlRefusal refused = afterDot ? null : REFUSED.get(word.toUpperCase(Locale.ROOT));
        add(kind, word, end - at);
        if (refused != null) {
            throw tokens.getLast().refuse(refused);
        }
    }

    private void quoted(Kind kind, int quote) {
        StringBuilder value = new StringBuilder();
        int end = at + 1;
        while (end < text.length && (text[end] != quote || (end + 1 < text.length && text[end + 1] == quote))) {
            if (kind == Kind.IDENTIFIER && !(Character.isLetterOrDigit(text[end]) || isPrintableAscii(text[end]))) {
                throw here(SqlRefusal.CHARACTER);
            }
            end += text[end] == quote ? 1 : 0;
            value.appendCodePoint(text[end]);
            end++;
        }
        if (end >= text.length) {
            throw here(SqlRefusal.UNCLOSED);
        }
        if (kind == Kind.IDENTIFIER && (value.isEmpty() || value.length() > MAX_IDENTIFIER)) {
            throw here(SqlRefusal.SYNTAX);
        }
        add(kind, value.toString(), end + 1 - at);
    }

    private void number(int from) {
        int end = at + from;
        while (end < text.length && isDigit(text[end])) {
            end++;
        }
        if (end < text.length && text[end] == '.') {
            end++;
            while (end < text.length && isDigit(text[end])) {
                end++;
            }
        }
        if (end < text.length && (text[end] == 'e' || text[end] == 'E')) {
            int exponent = end + 1;
            if (exponent < text.length && (text[exponent] == '+' || text[exponent] == '-')) {
                exponent++;
            }
            if (exponent < text.length && isDigit(text[exponent])) {
                end = exponent;
                while (end < text.length && isDigit(text[end])) {
                    end++;
                }
            }
        }
        add(Kind.NUMBER, new String(text, at, end - at), end - at);
        if (end < text.length && isWordStart(text[end])) {
            throw here(SqlRefusal.SYNTAX);
        }
    }

    private List<Token> checked() {
        if (tokens.isEmpty()) {
            throw here(SqlRefusal.SYNTAX);
        }
        int end = tokens.getLast().is(";") ? tokens.size() - 1 : tokens.size();
        int depth = 0;
        int negations = 0;
        for (int i = 0; i < end; i++) {
            Token t = tokens.get(i);
            depth += t.is("(") ? 1 : t.is(")") ? -1 : 0;
            negations += t.is("NOT") ? 1 : 0;
            if (depth > MAX_DEPTH || negations > MAX_NEGATIONS) {
                throw t.refuse(SqlRefusal.TOO_DEEP);
            }
            if (t.is(";")) {
                throw tokens.get(i + 1).refuse(SqlRefusal.SEVERAL_STATEMENTS);
            }
            if (i == 0 && !t.is("SELECT")) {
                throw t.refuse(SqlRefusal.STATEMENT);
            }
            if (i > 0 && t.is("SELECT")) {
                throw t.refuse(SqlRefusal.SUBQUERY);
            }
            if (t.kind() == Kind.IDENTIFIER && i + 1 < end && tokens.get(i + 1).is("(")) {
                call(i);
            }
            if (t.kind() == Kind.IDENTIFIER && i + 1 < end && isNulls(i, end)) {
                keyword(i);
                keyword(i + 1);
            }
            if (t.isLiteral() && i > 0 && tokens.get(i - 1).endsTerm()) {
                throw t.refuse(SqlRefusal.SYNTAX);
            }
        }
        return List.copyOf(tokens.subList(0, end));
    }

    private void call(int i) {
        String name = tokens.get(i).text().toUpperCase(Locale.ROOT);
        if (OFFERED.contains(name)) {
            keyword(i);
        } else {
            throw tokens.get(i).refuse(OTHER_AGGREGATES.contains(name) ? SqlRefusal.AGGREGATE : SqlRefusal.FUNCTION);
        }
    }

    private boolean isNulls(int i, int end) {
        String second = tokens.get(i + 1).text();
        return i + 1 < end
                && tokens.get(i).text().equalsIgnoreCase("NULLS")
                && (second.equalsIgnoreCase("FIRST") || second.equalsIgnoreCase("LAST"));
    }

    private void keyword(int i) {
        Token t = tokens.get(i);
        tokens.set(i, new Token(Kind.KEYWORD, t.text(), t.line(), t.column()));
    }

    private void add(Kind kind, String value, int length) {
        tokens.add(new Token(kind, value, line, column));
        advance(length);
    }

    private void advance(int length) {
        at += length;
        column += length;
    }

    private SqlRefusedException here(SqlRefusal why) {
        return new SqlRefusedException(why, line, column, "");
    }

    private boolean follows(Kind kind) {
        return !tokens.isEmpty() && tokens.getLast().kind() == kind;
    }

    private int peek(int ahead) {
        return at + ahead < text.length ? text[at + ahead] : -1;
    }

    private boolean isNumberStart(int ahead) {
        return isDigit(peek(ahead)) || (peek(ahead) == '.' && isDigit(peek(ahead + 1)));
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordStart(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isPrintableAscii(int c) {
        return c >= ' ' && c < 0x7f;
    }
}

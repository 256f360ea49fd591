package dev.hufu.anonymizer.query;

import dev.hufu.anonymizer.catalogue.Catalogue;

/**
 * The language of threshold mode:
 *
 * <pre>{@code
 * SELECT dimensions, count(*) | count(DISTINCT key) | sum(measure) | avg(measure)
 * FROM dataset [WHERE condition over dimensions and period] [GROUP BY dimensions, period]
 * [HAVING condition over the protected table] [ORDER BY …] [LIMIT n]
 * }</pre>
 *
 * <p>Everything else is refused. The text is split into tokens here; Apache Calcite parses a copy in which every identifier and
 * every literal is replaced by its token's number, one token a line. So neither the parser nor any of its messages ever sees a
 * literal, and a refusal cannot depend on one.
 *
 * <p>Bounded: {@link #MAX_LENGTH}, {@link #MAX_TOKENS}, nesting, columns, constants and groups. Thread safe.
 */
public final class QueryLanguage {
    /** Most code points in a text. */
    public static final int MAX_LENGTH = 20_000;

    /** Most words, literals and signs in a text. */
    public static final int MAX_TOKENS = 2_000;

    /** Most columns of an answer. */
    public static final int MAX_COLUMNS = 50;

    /** Most constants in one IN. */
    public static final int MAX_IN = 500;

    /** Most combinations of catalogue values that GROUP BY may span in one period. */
    public static final int MAX_GROUPS = 50_000;

    private final Catalogue catalogue;

    /** A language over what the catalogue offers. */
    public QueryLanguage(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * Reads a query.
     *
     * @throws SqlRefusedException if the text is not in the language; nothing else is thrown for any text
     */
    public ParsedQuery parse(String sql) {
        var tokens = Lexer.tokens(sql);
        return new Reader(catalogue, tokens).read(SyntaxTree.of(tokens));
    }
}

package dev.hufu.anonymizer.query;

import java.util.Optional;

/**
 * A text is not in the language, or asks for what the catalogue does not offer. Depends on the text and the catalogue only and
 * holds no literal: two texts that differ in literals of equal length get equal refusals.
 */
public final class SqlRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final SqlRefusal refusal;
    private final int line;
    private final int column;
    private final String identifier;

    SqlRefusedException(SqlRefusal refusal, int line, int column, String identifier) {
        super(refusal.code() + " at line " + line + ", column " + column, null, false, false);
        this.refusal = refusal;
        this.line = line;
        this.column = column;
        this.identifier = identifier;
    }

    /** Why. */
    public SqlRefusal refusal() {
        return refusal;
    }

    /** The stable word for why. */
    public String code() {
        return refusal.code();
    }

    /** Line in the text, from 1; a line break inside a literal does not count. */
    public int line() {
        return line;
    }

    /** Column in code points, from 1. */
    public int column() {
        return column;
    }

    /** The identifier or word at fault; absent where a literal or a sign is. */
    public Optional<String> identifier() {
        return identifier.isEmpty() ? Optional.empty() : Optional.of(identifier);
    }

    /** What to do instead, in Chinese. */
    public String nextStepZh() {
        return refusal.nextStepZh();
    }

    /** What to do instead, in English. */
    public String nextStepEn() {
        return refusal.nextStepEn();
    }
}

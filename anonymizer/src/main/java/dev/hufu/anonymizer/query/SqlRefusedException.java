package dev.hufu.anonymizer.query;

import java.util.List;
import java.util.Optional;

/**
 * A text is not in the language, or asks for what the catalogue does not offer. Depends on the text and the catalogue only and
 * holds no literal: two texts that differ in literals of equal length get equal refusals.
 */
public final class SqlRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int MOST_SHOWN = 60;
    private final SqlRefusal refusal;
    private final int line;
    private final int column;
    private final String identifier;
    private final transient List<String> near;

    SqlRefusedException(SqlRefusal refusal, int line, int column, String identifier) {
        this(refusal, line, column, identifier, List.of());
    }

    SqlRefusedException(SqlRefusal refusal, int line, int column, String identifier, List<String> near) {
        super(refusal.code() + " at line " + line + ", column " + column, null, false, false);
        this.refusal = refusal;
        this.line = line;
        this.column = column;
        this.identifier = identifier;
        this.near = List.copyOf(near);
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

    /** Names that may have been meant, the nearest first; from the identifier and the catalogue alone. */
    public List<String> near() {
        return near;
    }

    /** What is wrong, in Chinese, the identifier at fault with it. */
    public String causeZh() {
        return refusal.causeZh() + shown("：");
    }

    /** What is wrong, in English, the identifier at fault with it. */
    public String causeEn() {
        return refusal.causeEn() + shown(": ");
    }

    /** What to do instead, in Chinese. */
    public String nextStepZh() {
        return refusal.nextStepZh();
    }

    /** What to do instead, in English. */
    public String nextStepEn() {
        return refusal.nextStepEn();
    }

    /** Some identifiers are as long as a text may be; the place says where they are. */
    private String shown(String before) {
        if (identifier.isEmpty()) {
            return "";
        }
        int end = identifier.codePointCount(0, identifier.length()) <= MOST_SHOWN
                ? identifier.length()
                : identifier.offsetByCodePoints(0, MOST_SHOWN);
        return before + identifier.substring(0, end) + (end < identifier.length() ? "…" : "");
    }
}

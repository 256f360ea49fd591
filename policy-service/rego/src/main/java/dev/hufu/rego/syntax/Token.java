package dev.hufu.rego.syntax;

/**
 * A token.
 *
 * @param text the name, operator or number as written; the decoded content of a string
 * @param spaced whether white space or a comment stands before it
 * @param newLine whether it is the first on its row
 * @param end offset just behind it in the source
 */
record Token(Kind kind, String text, int row, int column, boolean spaced, boolean newLine, int start, int end) {
    enum Kind {
        NAME,
        NUMBER,
        STRING,
        TEMPLATE_START,
        TEMPLATE_TEXT,
        TEMPLATE_OPEN,
        TEMPLATE_CLOSE,
        TEMPLATE_END,
        OPERATOR,
        END
    }

    boolean is(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    boolean isName(String name) {
        return kind == Kind.NAME && text.equals(name);
    }
}

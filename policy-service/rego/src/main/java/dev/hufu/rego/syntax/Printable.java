package dev.hufu.rego.syntax;

/** Which characters Go's {@code strconv.IsPrint} lets stand in a quoted text. */
public final class Printable {
    private Printable() {}

    /** Letters, marks, numbers, punctuation, symbols and the space; {@code c} is a code point. */
    public static boolean is(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }
}

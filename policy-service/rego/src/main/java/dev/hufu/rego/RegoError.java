package dev.hufu.rego;

import java.util.Optional;

/**
 * One finding of the compiler.
 *
 * @param code OPA's: {@code rego_parse_error}, {@code rego_unsafe_var_error}, {@code rego_recursion_error},
 *     {@code rego_type_error}, {@code rego_compile_error}
 * @param row from 1, 0 where nothing can be pointed at
 * @param column from 1, in code points
 * @param hint what to write instead, for the commonest mistakes
 */
public record RegoError(String code, String message, String file, int row, int column, Optional<String> hint) {
    public static final String PARSE = "rego_parse_error";
    public static final String UNSAFE = "rego_unsafe_var_error";
    public static final String RECURSION = "rego_recursion_error";
    public static final String TYPE = "rego_type_error";
    public static final String COMPILE = "rego_compile_error";

    @Override
    public String toString() {
        String where = file.isEmpty() ? "" : file + ":" + row + ":" + column + ": ";
        return where + code + ": " + message
                + hint.map(text -> " (" + text + ")").orElse("");
    }

    /** The message with the source line and a caret under the place. */
    public String pointAt(String source) {
        String[] lines = source.split("\n", -1);
        if (row < 1 || row > lines.length) {
            return toString();
        }
        return this + "\n\t" + lines[row - 1].replace('\t', ' ') + "\n\t" + " ".repeat(Math.max(0, column - 1)) + "^";
    }
}

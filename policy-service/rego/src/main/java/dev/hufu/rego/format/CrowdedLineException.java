package dev.hufu.rego.format;

/**
 * A comment has no place of its own in the layout: a second one wants the end of one line, or one stands inside what would become a single
 * line. The innermost thing that can be left as its author wrote it is; who catches this knows that the line was written.
 */
final class CrowdedLineException extends Exception {
    CrowdedLineException() {
        super("a comment has no line of its own", null, false, false);
    }
}

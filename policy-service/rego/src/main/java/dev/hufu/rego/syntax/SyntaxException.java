package dev.hufu.rego.syntax;

import dev.hufu.rego.RegoError;
import java.util.Optional;

/** Ends the parse of one statement; the parser goes on behind it. */
final class SyntaxException extends Exception {
    private final transient Location at;
    private final String hint;

    SyntaxException(String message, Location at, String hint) {
        super(message, null, false, false);
        this.at = at;
        this.hint = hint;
    }

    RegoError toError() {
        String message = String.valueOf(getMessage());
        return new RegoError(
                RegoError.PARSE,
                message,
                at.file(),
                at.row(),
                at.column(),
                Optional.of(hint).filter(h -> !h.isEmpty()));
    }
}

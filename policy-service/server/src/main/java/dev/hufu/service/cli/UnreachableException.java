package dev.hufu.service.cli;

/** The server or the file could not be reached; the message says what was tried and what to do next. Exit code 3. */
public final class UnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UnreachableException(String message) {
        super(message);
    }
}

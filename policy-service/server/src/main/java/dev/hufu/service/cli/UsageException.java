package dev.hufu.service.cli;

/** The command was called in a way that cannot work; the message says how it can. Exit code 2. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UsageException(String message) {
        super(message);
    }
}

package dev.hufu.service.identity;

/** More passwords to check than can be checked; try again in a moment. */
public final class PasswordsBusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PasswordsBusyException() {
        super("too many passwords to check", null, false, false);
    }
}

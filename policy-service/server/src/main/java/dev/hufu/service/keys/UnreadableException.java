package dev.hufu.service.keys;

/** A ciphertext or key file that does not open: another key, changed bytes, or a key that was destroyed. */
public final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Says what, never whose. */
    public UnreadableException(String message) {
        super(message);
    }

    /** Says what, never whose. */
    public UnreadableException(String message, Throwable cause) {
        super(message, cause);
    }
}

package dev.hufu.service.release;

/** Something was about to leave with a receipt that is not its own. Nothing leaves. */
public final class UnprovenReleaseException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    UnprovenReleaseException() {
        super("the receipt does not commit to this answer");
    }
}

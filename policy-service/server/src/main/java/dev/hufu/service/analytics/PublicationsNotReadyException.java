package dev.hufu.service.analytics;

/** No publication answers yet; the caller may try again shortly. */
public final class PublicationsNotReadyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PublicationsNotReadyException() {
        super("publications are still being built", null, false, false);
    }
}

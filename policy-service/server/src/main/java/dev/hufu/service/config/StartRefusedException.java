package dev.hufu.service.config;

/** A start that cannot be: a sentence that says what is wrong, and one that says what to do. */
public abstract class StartRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String action;

    StartRefusedException(String message, String action) {
        super(message);
        this.action = action;
    }

    /** What to do next. */
    public final String action() {
        return action;
    }
}

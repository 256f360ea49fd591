package dev.hufu.service.gate;

/** An engine that cannot take a bundle: a sentence that says what is wrong, and one that says what to do. Nothing was swapped. */
public final class EngineException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String action;

    EngineException(String message, String action) {
        super(message);
        this.action = action;
    }

    EngineException(String message, String action, Throwable cause) {
        super(message, cause);
        this.action = action;
    }

    /** What to do next. */
    public String action() {
        return action;
    }
}

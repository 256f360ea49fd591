package dev.hufu.service.config;

/** The data or key directory cannot be used; says why and what to do. */
public final class DataDirectoryUnusableException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String action;

    public DataDirectoryUnusableException(String message, String action) {
        super(message);
        this.action = action;
    }

    public String action() {
        return action;
    }
}

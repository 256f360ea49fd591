package dev.hufu.service.config;

/** The data or key directory cannot be used; says why and what to do. */
public final class DataDirectoryUnusableException extends StartRefusedException {
    private static final long serialVersionUID = 1L;

    public DataDirectoryUnusableException(String message, String action) {
        super(message, action);
    }
}

package dev.hufu.service.analytics.store;

/**
 * The people store cannot do what was asked. The message names the file or table and the way out, never a value from a row, and
 * the cause is left out on purpose: DuckDB quotes values in its conversion errors.
 */
public final class PeopleStoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What kind of trouble it is. */
    public enum Trouble {
        /** Another process holds the file. */
        IN_USE,
        /** The file is not a database, or its checksums do not hold. */
        CORRUPT,
        /** The disk or memory is full, or the file cannot be read or written. */
        RESOURCES,
        /** A statement failed; a mistake of ours, not of the file. */
        STATEMENT
    }

    private final Trouble trouble;

    public PeopleStoreException(Trouble trouble, String message) {
        super(message);
        this.trouble = trouble;
    }

    public Trouble trouble() {
        return trouble;
    }
}

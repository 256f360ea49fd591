package dev.hufu.service.analytics.imports;

/** A CSV file that is not taken: what is wrong and in which line. The message quotes column names, never a value. */
public final class CsvException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long line;

    CsvException(long line, String message) {
        super("line " + line + ": " + message, null, false, false);
        this.line = line;
    }

    /** From 1, counting line ends within quotes as well, as an editor does. */
    public long line() {
        return line;
    }
}

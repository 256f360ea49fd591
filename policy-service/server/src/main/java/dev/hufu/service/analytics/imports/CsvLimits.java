package dev.hufu.service.analytics.imports;

/**
 * How large a CSV file may be; whatever is larger is refused, and at no time is more than one record of it in memory.
 *
 * @param bytes of the whole file
 * @param rows without the header
 * @param columns of a row, at most 1,000
 * @param fieldCharacters of one field
 */
public record CsvLimits(long bytes, long rows, int columns, int fieldCharacters) {
    /** 512 MiB, 20 million rows, 500 columns, 16,384 characters a field. */
    public static final CsvLimits DEFAULT = new CsvLimits(512L << 20, 20_000_000, 500, 16_384);

    public CsvLimits {
        if (bytes < 1 || rows < 1 || columns < 1 || columns > 1_000 || fieldCharacters < 1) {
            throw new IllegalArgumentException("limits must be positive, and columns at most 1000");
        }
    }
}

package dev.hufu.service.analytics.imports;

import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads CSV as RFC 4180 writes it, in UTF-8 with or without a byte order mark, and refuses everything that could be read in two
 * ways: a quote inside a bare field, text after a closing quote, a quote that never closes, a bare carriage return, a NUL, bytes
 * that are not UTF-8. Lines end with LF or CRLF; empty lines are taken at the end only.
 *
 * <p>One character at a time, so memory is bounded by one record within {@link CsvLimits}. Not thread-safe; does not close the
 * stream.
 */
final class CsvReader {
    private static final int END = -1;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final BufferedReader in;
    private final CsvLimits limits;
    private final StringBuilder field = new StringBuilder();
    private long line = 1;
    private long recordLine = 1;
    private boolean started;

    CsvReader(InputStream stream, CsvLimits limits) {
        this.limits = limits;
        this.in = new BufferedReader(
                new InputStreamReader(
                        new Bounded(stream),
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT)),
                1 << 16);
    }

    /** The line on which the record last read began. */
    long line() {
        return recordLine;
    }

    /**
     * The next record, or null at the end. A bare empty field is {@code ""}, and so is a quoted one.
     *
     * @throws CsvException for whatever is not the CSV described above, or beyond a limit
     */
    @Nullable
    List<String> next() throws IOException {
        recordLine = line;
        int c = read();
        if (!started) {
            started = true;
            if (c == BYTE_ORDER_MARK) {
                c = read();
            }
        }
        if (c == END) {
            return null;
        }
        if (isLineEnd(c)) {
            return blankToTheEnd();
        }
        List<String> record = new ArrayList<>();
        while (true) {
            c = c == '"' ? quoted() : bare(c);
            if (record.size() == limits.columns()) {
                throw new CsvException(recordLine, "more than " + limits.columns() + " columns");
            }
            record.add(field.toString());
            if (c != ',') {
                return record;
            }
            c = read();
        }
    }

    /** Reads a bare field that begins with {@code c}; returns the comma, line feed or end after it. */
    private int bare(int first) throws IOException {
        field.setLength(0);
        int c = first;
        while (c != ',' && c != END && !isLineEnd(c)) {
            if (c == '"') {
                throw new CsvException(
                        line,
                        "a quote inside a field that does not begin with one; quote the field and double the quote");
            }
            append(c);
            c = read();
        }
        return c;
    }

    /** Reads a field after its opening quote; returns the comma, line feed or end after the closing one. */
    private int quoted() throws IOException {
        field.setLength(0);
        long opened = line;
        while (true) {
            int c = read();
            if (c == END) {
                throw new CsvException(opened, "a quote is opened here and never closed");
            }
            if (c != '"') {
                append(c);
                continue;
            }
            int after = read();
            if (after == '"') {
                append('"');
            } else if (after == ',' || after == END || isLineEnd(after)) {
                return after;
            } else {
                throw new CsvException(
                        line, "text after a closing quote; separate fields by commas, double quotes inside");
            }
        }
    }

    private void append(int c) {
        if (field.length() >= limits.fieldCharacters()) {
            throw new CsvException(recordLine, "a field is longer than " + limits.fieldCharacters() + " characters");
        }
        field.append((char) c);
    }

    private @Nullable List<String> blankToTheEnd() throws IOException {
        int c = read();
        while (isLineEnd(c)) {
            c = read();
        }
        if (c != END) {
            throw new CsvException(recordLine, "an empty line; leave it out");
        }
        return null;
    }

    private static boolean isLineEnd(int c) {
        return c == '\n';
    }

    /** The next character, CRLF as LF (inside quotes too: a value does not depend on the editor that saved it). */
    private int read() throws IOException {
        try {
            int c = in.read();
            if (c == '\r') {
                if (in.read() != '\n') {
                    throw new CsvException(
                            line, "a carriage return without a line feed; save with LF or CRLF line ends");
                }
                c = '\n';
            }
            if (c == '\n') {
                line++;
            }
            if (c == 0) {
                throw new CsvException(line, "a NUL character; this is not a text file in UTF-8");
            }
            return c;
        } catch (CharacterCodingException e) {
            throw new CsvException(
                    line, "bytes that are not UTF-8, here or a little further on; save the file as UTF-8");
        }
    }

    /** Ends the reading when the file is larger than allowed. */
    private final class Bounded extends FilterInputStream {
        private long left = limits.bytes();

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            return b < 0 ? b : take(1, b);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = super.read(buffer, offset, length);
            return n < 0 ? n : take(n, n);
        }

        private int take(int n, int result) {
            left -= n;
            if (left < 0) {
                throw new CsvException(line, "the file is larger than " + (limits.bytes() >> 20) + " MiB");
            }
            return result;
        }
    }
}

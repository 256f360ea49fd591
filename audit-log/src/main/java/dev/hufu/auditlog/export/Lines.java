package dev.hufu.auditlog.export;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The lines of a file of UTF-8, every one ended by a line feed and of bounded length. Not thread-safe. */
final class Lines {
    private final InputStream in;
    private final byte[] line;

    /** @param maxBytes of a line without its end */
    Lines(InputStream in, int maxBytes) {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.line = new byte[maxBytes];
    }

    /**
     * The next line, without its end.
     *
     * @throws IllegalArgumentException if there is none, or it is too long, has no end or is not UTF-8
     */
    String next(String what) throws IOException {
        int length = 0;
        for (int read = in.read(); read != '\n'; read = in.read()) {
            if (read < 0) {
                throw new IllegalArgumentException("the file ends before " + what);
            }
            if (length == line.length) {
                throw new IllegalArgumentException(what + ": a line of more than " + line.length + " bytes");
            }
            line[length++] = (byte) read;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Arrays.copyOf(line, length)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(what + ": not UTF-8", e);
        }
    }

    /** Whether nothing is left. */
    boolean ended() throws IOException {
        return in.read() < 0;
    }
}

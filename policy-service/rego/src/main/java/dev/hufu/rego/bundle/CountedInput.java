package dev.hufu.rego.bundle;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads so many bytes and no more. */
final class CountedInput extends FilterInputStream {
    private long left;

    /** There was more. */
    static final class TooLong extends IOException {
        TooLong(long limit) {
            super("more than " + limit + " bytes");
        }
    }

    private final long limit;

    CountedInput(InputStream in, long limit) {
        super(in);
        this.limit = limit;
        this.left = limit;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        count(b < 0 ? 0 : 1);
        return b;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int n = super.read(bytes, from, length);
        count(Math.max(0, n));
        return n;
    }

    private void count(int n) throws TooLong {
        left -= n;
        if (left < 0) {
            throw new TooLong(limit);
        }
    }
}

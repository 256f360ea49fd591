package dev.hufu.rego.builtin;

import java.io.IOException;
import java.io.StringReader;

/** Text that accounts for the time that its reader takes. */
final class PacedReader extends StringReader {
    private final Context context;

    PacedReader(Context context, String text) {
        super(text);
        this.context = context;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        context.spend(length);
        return super.read(buffer, offset, length);
    }
}

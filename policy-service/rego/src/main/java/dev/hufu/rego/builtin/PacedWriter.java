package dev.hufu.rego.builtin;

import java.io.StringWriter;

/** Text that accounts for the time that its writer takes. */
final class PacedWriter extends StringWriter {
    private final Context context;

    PacedWriter(Context context) {
        this.context = context;
    }

    @Override
    public void write(char[] buffer, int offset, int length) {
        context.spend(length);
        super.write(buffer, offset, length);
    }

    @Override
    public void write(String text, int offset, int length) {
        context.spend(length);
        super.write(text, offset, length);
    }
}

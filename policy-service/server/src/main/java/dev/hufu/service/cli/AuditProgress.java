package dev.hufu.service.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Says on standard error how far a long command has come, every few seconds; a short one says nothing. Not thread-safe. */
final class AuditProgress implements LongConsumer {
    private static final long EVERY_NANOS = 3_000_000_000L;

    private final PrintWriter err;
    private final String done;
    private final LongSupplier nanoTime;
    private final long start;
    private long last;

    /** @param done what was done to so many entries, for example "verified" */
    AuditProgress(Terminal terminal, String done) {
        this(terminal.err(), done, System::nanoTime);
    }

    AuditProgress(PrintWriter err, String done, LongSupplier nanoTime) {
        this.err = err;
        this.done = done;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        this.last = start;
    }

    @Override
    public void accept(long entries) {
        if ((entries & 0xff) != 0) {
            return; // the clock is not asked for every entry
        }
        long now = nanoTime.getAsLong();
        if (now - last >= EVERY_NANOS) {
            last = now;
            err.printf(
                    Locale.ROOT,
                    "hufu: %,d entries %s, %,d a second%n",
                    entries,
                    done,
                    Math.round(entries * 1e9 / (now - start)));
        }
    }
}

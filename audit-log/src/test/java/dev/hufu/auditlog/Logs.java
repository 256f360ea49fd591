package dev.hufu.auditlog;

import dev.hufu.auditlog.journal.Disk;
import dev.hufu.auditlog.note.SigningKey;
import dev.hufu.auditlog.receipt.Level;
import dev.hufu.auditlog.receipt.LogReceipt;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** Opens logs for tests: a fixed key, small segments, quick checkpoints. */
public final class Logs {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SigningKey key;

    public Logs() {
        this("log.example/hufu");
    }

    public Logs(String origin) {
        this.key = SigningKey.ofSeed(origin, new byte[SigningKey.SEED_BYTES]);
    }

    public SigningKey key() {
        return key;
    }

    public LogOptions options() {
        LogOptions d = LogOptions.defaults(key, Clock.systemUTC());
        return new LogOptions(
                key,
                d.sm2(),
                d.witnesses(),
                d.clock(),
                d.mergeDelay(),
                Duration.ofMillis(20),
                64 * 1024,
                d.queueEntries(),
                d.queueBytes(),
                16);
    }

    public AuditLog open(Path directory) throws IOException {
        return AuditLog.open(directory, options());
    }

    public AuditLog open(Path directory, Disk disk) throws IOException {
        return AuditLog.open(directory, options(), disk);
    }

    public LogReceipt awaitIncluded(AuditLog log, EntryId id) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            LogReceipt receipt = log.receipt(id).orElseThrow();
            if (receipt.level() == Level.D2) {
                return receipt;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not integrated: " + log.health());
            }
            Thread.sleep(5);
        }
    }
}

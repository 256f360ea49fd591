package dev.hufu.auditlog.hammer;

import dev.hufu.auditlog.AuditLog;
import dev.hufu.auditlog.AuditLogException;
import dev.hufu.auditlog.EntryId;
import dev.hufu.auditlog.LogOptions;
import dev.hufu.auditlog.journal.Disk;
import dev.hufu.auditlog.note.SigningKey;
import dev.hufu.auditlog.note.VerifierKey;
import dev.hufu.auditlog.receipt.LogReceipt;
import dev.hufu.auditlog.tiles.TileSource;
import dev.hufu.auditlog.tiles.TileStore;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A log that is there to be hammered on, opened in its own directory with a key that is no secret; another log is not
 * opened with it, so nothing real is written to. Every sixteenth append is done twice under the same id and must give the
 * same receipt. Goes on with a directory of an earlier run.
 */
public final class HammerLog implements LogHammer.Target, Closeable {
    private static final int TWICE_EVERY = 16;

    private final AuditLog log;
    private final TileSource tiles;
    private final int entryBytes;
    private final AtomicLongArray next = new AtomicLongArray(LogHammer.Plan.MAX_CALLERS);

    /**
     * Opens it.
     *
     * @param entryBytes length of an entry, as far as that is enough to tell them apart
     * @throws AuditLogException.Damaged if there is another log
     * @throws AuditLogException.InUse if it is open elsewhere
     */
    public HammerLog(Path directory, int entryBytes, Clock clock) throws IOException {
        SigningKey key = SigningKey.ofSeed("hufu-hammer", new byte[SigningKey.SEED_BYTES]);
        LogOptions options = LogOptions.defaults(key, clock);
        AuditLog.open(directory, options).close(); // what an earlier run left unsigned is signed before this one counts
        this.log = AuditLog.open(directory, options);
        this.tiles = new TileStore(directory, Disk.REAL);
        this.entryBytes = entryBytes;
        for (int caller = 0; caller < next.length(); caller++) {
            next.set(caller, log.lastSequence(producer(caller)).orElse(-1) + 1);
        }
    }

    private static String producer(int caller) {
        return "caller-" + caller;
    }

    @Override
    public byte[] append(int caller) {
        EntryId id = new EntryId(producer(caller), next.get(caller));
        byte[] name = id.toString().getBytes(StandardCharsets.US_ASCII);
        byte[] entry = Arrays.copyOf(name, Math.max(name.length, entryBytes));
        LogReceipt receipt = log.append(id, entry);
        next.incrementAndGet(caller);
        if (id.sequence() % TWICE_EVERY == 0) {
            LogReceipt again = log.append(id, entry);
            if (!again.promise().note().equals(receipt.promise().note())) {
                throw new AuditLogException.Damaged("entry " + id + " appended again gave another receipt");
            }
        }
        return receipt.bytes();
    }

    @Override
    public TileSource tiles() {
        return tiles;
    }

    @Override
    public VerifierKey key() {
        return log.key();
    }

    @Override
    public boolean alone() {
        return true;
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}

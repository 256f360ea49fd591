package dev.hufu.auditlog.tail;

import dev.hufu.auditlog.AuditLogException;
import dev.hufu.auditlog.LogReader;
import dev.hufu.auditlog.merkle.Proofs;
import dev.hufu.auditlog.note.Checkpoint;
import dev.hufu.auditlog.note.SignedNote;
import dev.hufu.auditlog.note.VerifierKey;
import dev.hufu.auditlog.tiles.TileSource;
import java.io.IOException;
import java.util.Optional;

/**
 * The checkpoints of a log as one reader sees them, each signed by the log's key and shown to continue the one before
 * (RFC 9162, section 2.1.4.2). Whoever follows a chain sees a log that takes something back, or that shows two histories
 * to this reader. Not thread-safe.
 */
public final class CheckpointChain {
    private final VerifierKey key;
    private Optional<LogReader> last = Optional.empty();

    /** A chain that nothing was seen of yet, of the log with this key. */
    public CheckpointChain(VerifierKey key) {
        this.key = key;
    }

    /**
     * Reads the newest checkpoint and puts it behind the one before.
     *
     * @throws AuditLogException.Damaged if it is missing, malformed or not signed by the key, or does not continue what
     *     was seen; the message then holds both notes, which are the evidence
     */
    public LogReader next(TileSource tiles) throws IOException {
        LogReader newest = LogReader.open(tiles);
        if (last.map(before -> before.note().equals(newest.note())).orElse(false)) {
            return last.orElseThrow();
        }
        if (!SignedNote.parse(newest.note()).verify(key)
                || !newest.checkpoint().origin().equals(key.name())) {
            throw new AuditLogException.Damaged("checkpoint: not signed by the log's key");
        }
        if (last.isPresent() && !continues(last.get().checkpoint(), newest)) {
            throw new AuditLogException.Damaged("checkpoint: that of "
                    + newest.checkpoint().size() + " entries does not continue that of "
                    + last.get().checkpoint().size()
                    + ", and the same key signed both. Keep the two notes, they are the evidence:\n\n"
                    + last.get().note() + "\n" + newest.note());
        }
        last = Optional.of(newest);
        return newest;
    }

    private static boolean continues(Checkpoint before, LogReader newest) {
        Checkpoint now = newest.checkpoint();
        if (before.size() == 0 || now.size() <= before.size()) {
            return before.size() == 0
                    || (now.size() == before.size() && now.root().equals(before.root()));
        }
        return Proofs.verifyConsistency(
                before.size(), now.size(), before.root(), now.root(), newest.consistency(before.size()));
    }
}

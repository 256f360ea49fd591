package dev.hufu.auditlog.tail;

import dev.hufu.auditlog.AuditLogException;
import dev.hufu.auditlog.LogReader;
import dev.hufu.auditlog.layout.TilePath;
import dev.hufu.auditlog.merkle.Hash;
import dev.hufu.auditlog.merkle.RangeProof;
import dev.hufu.auditlog.merkle.TreeHasher;
import dev.hufu.auditlog.note.Checkpoint;
import dev.hufu.auditlog.note.VerifierKey;
import dev.hufu.auditlog.tiles.TileSource;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;

/**
 * Gives a log's entries in order, each once, as they come under signed checkpoints. None is given before it was shown to
 * stand at its index under a checkpoint of the log's key, and every checkpoint continues the one before
 * ({@link CheckpointChain}). Memory: a bundle. Not thread-safe.
 */
public final class LogTail {
    private final TileSource tiles;
    private final CheckpointChain chain;
    private final TreeHasher hasher = new TreeHasher();
    private long next;

    /** Told of each entry. */
    @FunctionalInterface
    public interface Sink {
        /** @return whether to go on; else the entries behind this one are given next time */
        boolean entry(long index, byte[] entry, Hash leafHash);
    }

    /** @param from index of the first entry that is given */
    public LogTail(TileSource tiles, VerifierKey key, long from) {
        this.tiles = tiles;
        this.chain = new CheckpointChain(key);
        this.next = from;
    }

    /**
     * Gives what the newest checkpoint covers and was not given yet.
     *
     * @return number of entries that the checkpoint covers
     * @throws AuditLogException.Damaged if anything read does not bear out what is signed; what was given before stands
     */
    public long poll(Sink sink) throws IOException {
        LogReader reader = chain.next(tiles);
        long size = reader.checkpoint().size();
        while (next < size) {
            long number = next >>> TilePath.BITS;
            int width = TilePath.widthAt(TilePath.ENTRIES, number, size);
            List<byte[]> entries = reader.bundle(number).subList((int) (next & (TilePath.FULL - 1)), width);
            List<Hash> leaves = entries.stream().map(hasher::leaf).toList();
            check(reader, leaves);
            for (int i = 0; i < entries.size(); i++) {
                long index = next++;
                if (!sink.entry(index, entries.get(i), leaves.get(i))) {
                    return size;
                }
            }
        }
        return size;
    }

    private void check(LogReader reader, List<Hash> leaves) throws IOException {
        Checkpoint checkpoint = reader.checkpoint();
        long to = next + leaves.size();
        Iterator<Hash> each = leaves.iterator();
        Hash root = RangeProof.root(next, to, checkpoint.size(), reader.around(next, to), each::next);
        if (!root.equals(checkpoint.root())) {
            throw new AuditLogException.Damaged(TilePath.full(TilePath.ENTRIES, next >>> TilePath.BITS)
                    + ": entries " + next + " to " + (to - 1)
                    + " are not shown to stand under the checkpoint; run `audit verify`, which names the file");
        }
    }
}

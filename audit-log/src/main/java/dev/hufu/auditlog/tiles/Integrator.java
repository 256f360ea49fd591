package dev.hufu.auditlog.tiles;

import dev.hufu.auditlog.AuditLogException;
import dev.hufu.auditlog.journal.FileJournal;
import dev.hufu.auditlog.journal.IdIndex;
import dev.hufu.auditlog.journal.JournalBatch;
import dev.hufu.auditlog.journal.JournalEntry;
import dev.hufu.auditlog.journal.SegmentRead;
import dev.hufu.auditlog.journal.SegmentReader;
import dev.hufu.auditlog.layout.TilePath;
import dev.hufu.auditlog.merkle.Hash;
import dev.hufu.auditlog.note.Checkpoint;
import dev.hufu.auditlog.note.CheckpointSigner;
import dev.hufu.auditlog.note.SignedNote;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Folds the journal into tiles and signs the checkpoint over them: a deterministic function of the journal, so that what
 * a crash leaves half done is done again with the same result. Steps of whole batches. One thread.
 *
 * <p>It signs only what continues what it signed before. At the start the tree of the last checkpoint's size is computed
 * anew from the journal (from the last size known to be safe on the disk, and from the very beginning if that does not
 * agree); if the root is not the signed one, nothing is signed.
 */
public final class Integrator implements Closeable {
    /** Bytes of entries after which a step ends and a checkpoint is signed. */
    private static final long STEP_BYTES = 16L << 20;

    /** Full files after which they are forced: what opening derives again at most. */
    private static final int FORCE_FILES = 256;

    private final TileStore tiles;
    private final CheckpointSigner signer;
    private final Cursor cursor;
    private final Edge edge;
    private Checkpoint signed;

    private Integrator(TileStore tiles, CheckpointSigner signer, Cursor cursor, Edge edge, Checkpoint signed) {
        this.tiles = tiles;
        this.signer = signer;
        this.cursor = cursor;
        this.edge = edge;
        this.signed = signed;
    }

    /**
     * Opens at the last checkpoint, or signs that of an empty tree if there is none.
     *
     * @param durable number of entries in the journal
     * @throws AuditLogException.Damaged if journal, tiles and checkpoint contradict each other
     */
    public static Integrator open(
            FileJournal journal, IdIndex ids, TileStore tiles, CheckpointSigner signer, long durable)
            throws IOException {
        Optional<Checkpoint> last = lastSigned(tiles, signer);
        if (last.isEmpty()) {
            Edge edge = new Edge();
            Checkpoint empty = new Checkpoint(signer.origin(), 0, edge.root());
            tiles.writeCheckpoint(signer.sign(empty));
            return new Integrator(tiles, signer, new Cursor(journal, ids, 0), edge, empty);
        }
        Checkpoint checkpoint = last.get();
        if (checkpoint.size() > durable) {
            throw new AuditLogException.Damaged("the journal ends at index " + durable + ", but a checkpoint of "
                    + checkpoint.size() + " entries was signed: entries are missing, nothing is signed on");
        }
        long safe = Math.min(tiles.forced(), checkpoint.size()) & -TilePath.FULL;
        if (safe > 0 && agrees(journal, ids, tiles, safe, checkpoint)) {
            return rebuild(journal, ids, tiles, signer, safe, checkpoint);
        }
        if (!agrees(journal, ids, tiles, 0, checkpoint)) {
            throw new AuditLogException.Damaged(
                    "the journal's root at size " + checkpoint.size()
                            + " contradicts the signed checkpoint: nothing is signed on; run `audit verify`, which says what differs");
        }
        return rebuild(journal, ids, tiles, signer, 0, checkpoint);
    }

    private static Optional<Checkpoint> lastSigned(TileStore tiles, CheckpointSigner signer) throws IOException {
        Optional<byte[]> bytes = tiles.readCheckpoint();
        if (bytes.isEmpty()) {
            if (tiles.forced() > 0
                    || tiles.read(new TilePath(0, 0, TilePath.FULL)).isPresent()) {
                throw new AuditLogException.Damaged(
                        "checkpoint: missing, though tiles were written; restore the file before starting");
            }
            return Optional.empty();
        }
        try {
            SignedNote note = SignedNote.parse(new String(bytes.get(), StandardCharsets.UTF_8));
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            if (!signer.signed(note) || !checkpoint.origin().equals(signer.origin())) {
                throw new AuditLogException.Damaged("checkpoint: not signed by this log's key");
            }
            return Optional.of(checkpoint);
        } catch (IllegalArgumentException e) {
            throw new AuditLogException.Damaged("checkpoint: " + e.getMessage());
        }
    }

    /** Whether the journal, on top of the full tiles of {@code from}, gives the signed root. Writes nothing. */
    private static boolean agrees(FileJournal journal, IdIndex ids, TileStore tiles, long from, Checkpoint checkpoint)
            throws IOException {
        Optional<Edge> edge = from == 0 ? Optional.of(new Edge()) : Edge.ofFullTiles(tiles, from);
        if (edge.isEmpty()) {
            return false;
        }
        try (Cursor cursor = new Cursor(journal, ids, from)) {
            Hash root =
                    fold(cursor, edge.get(), checkpoint.size(), (_, _) -> {}).root();
            return root.equals(checkpoint.root());
        }
    }

    /** Writes whatever tile of the checkpointed tree is missing or wrong, now that the journal is known to be right. */
    private static Integrator rebuild(
            FileJournal journal,
            IdIndex ids,
            TileStore tiles,
            CheckpointSigner signer,
            long from,
            Checkpoint checkpoint)
            throws IOException {
        Edge edge = from == 0 ? new Edge() : Edge.ofFullTiles(tiles, from).orElseThrow();
        Cursor cursor = new Cursor(journal, ids, from);
        fold(cursor, edge, checkpoint.size(), (path, bytes) -> tiles.write(path, bytes, true));
        edge.partials((path, bytes) -> tiles.write(path, bytes, true));
        return new Integrator(tiles, signer, cursor, edge, checkpoint);
    }

    private static Edge fold(Cursor cursor, Edge edge, long to, Edge.Full full) throws IOException {
        while (edge.size() < to) {
            for (JournalEntry entry : cursor.next()) {
                edge.add(entry.bytes(), full);
            }
        }
        if (edge.size() != to) {
            throw new AuditLogException.Damaged("the checkpoint of " + to + " entries ends within a batch");
        }
        return edge;
    }

    /** The checkpoint signed last. */
    public Checkpoint checkpoint() {
        return signed;
    }

    /**
     * Integrates entries up to index {@code durable}, at most {@link #STEP_BYTES} of them, and signs.
     *
     * @return whether there is more
     */
    public boolean step(long durable) throws IOException {
        long bytes = 0;
        while (edge.size() < durable && bytes < STEP_BYTES) {
            for (JournalEntry entry : cursor.next()) {
                edge.add(entry.bytes(), this::writeFull);
                bytes += entry.bytes().length;
            }
        }
        if (edge.size() > signed.size()) {
            edge.partials((path, content) -> tiles.write(path, content, true));
            Checkpoint next = new Checkpoint(signed.origin(), edge.size(), edge.root());
            tiles.writeCheckpoint(signer.sign(next));
            signed = next;
        }
        if (tiles.unforced() >= FORCE_FILES) {
            tiles.force(signed.size());
        }
        return edge.size() < durable;
    }

    private void writeFull(TilePath path, byte[] bytes) throws IOException {
        tiles.write(path, bytes, true);
        tiles.deletePartials(path);
    }

    /** Forces what was written, so that the next start has nothing to derive. */
    @Override
    public void close() throws IOException {
        tiles.force(signed.size());
        cursor.close();
    }

    /** Reads the journal's entries in order from an index on. */
    private static final class Cursor implements Closeable {
        private final FileJournal journal;
        private SegmentReader reader;
        private long segment;
        private long index;

        Cursor(FileJournal journal, IdIndex ids, long from) throws IOException {
            this.journal = journal;
            this.index = from;
            // The batch of the entry before: `from` lies within it, or right behind it.
            this.segment = from == 0 ? 0 : journal.segmentOf(from - 1);
            this.reader = journal.read(segment);
            if (from > 0) {
                reader.seek(ids.batchOffset(from - 1));
            }
        }

        /** The entries of the next batch; of the first, what is left of it. */
        List<JournalEntry> next() throws IOException {
            while (true) {
                switch (reader.next()) {
                    case SegmentRead.Whole(var _, JournalBatch batch, var _, var _) -> {
                        if (batch.nextIndex() > index) {
                            int from = (int) (index - batch.firstIndex());
                            index = batch.nextIndex();
                            return batch.entries().subList(from, batch.entries().size());
                        }
                    }
                    case SegmentRead.End end -> follow(end.offset());
                    case SegmentRead.Torn torn -> throw damaged(torn.offset(), torn.what());
                    case SegmentRead.Damaged damage -> throw damaged(damage.offset(), damage.what());
                }
            }
        }

        private void follow(long offset) throws IOException {
            if (!journal.hasSegment(index)) {
                throw damaged(offset, "the segment ends before the entries it was given");
            }
            reader.close();
            segment = index;
            reader = journal.read(segment);
        }

        private AuditLogException.Damaged damaged(long offset, String what) {
            return new AuditLogException.Damaged(
                    "journal/%020d: %s (index %d, byte %d)".formatted(segment, what, index, offset));
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}

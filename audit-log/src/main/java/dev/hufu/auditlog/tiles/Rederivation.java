package dev.hufu.auditlog.tiles;

import dev.hufu.auditlog.AuditLogException;
import dev.hufu.auditlog.journal.Disk;
import dev.hufu.auditlog.journal.FileJournal;
import dev.hufu.auditlog.journal.IdIndex;
import dev.hufu.auditlog.journal.SegmentRead;
import dev.hufu.auditlog.journal.SegmentReader;
import dev.hufu.auditlog.layout.TilePath;
import dev.hufu.auditlog.note.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes anew whatever of a log's files the journal gives: tiles, bundles and their partial forms, the id index,
 * {@code tiles.forced}. For a log whose journal is known to lead to the signed root and whose directory the caller has
 * locked. A file that is right is left alone; the journal and the checkpoint are only read. Cut short by a crash, it
 * leaves files that are each whole, and can be run again.
 */
public final class Rederivation {
    private final Path directory;
    private final TileStore tiles;
    private final Checkpoint checkpoint;
    private final Edge edge = new Edge();
    private long written;

    /** Of the log in {@code directory}, whose journal leads to {@code checkpoint}. */
    public Rederivation(Path directory, Checkpoint checkpoint) {
        this.directory = directory;
        this.tiles = new TileStore(directory, Disk.REAL);
        this.checkpoint = checkpoint;
    }

    /**
     * Writes them.
     *
     * @param partials forms that are wrong and are no longer the newest; they are cut from the tile as it must be
     * @param ids whether the id index is derived anew as a whole
     * @return number of tiles and bundles written
     * @throws AuditLogException.Damaged if the journal does not lead to the checkpoint after all; nothing was written then
     *     that the journal does not give
     */
    public long run(List<TilePath> partials, boolean ids) throws IOException {
        if (ids) {
            Files.deleteIfExists(directory.resolve("ids.heads")); // first: without it the records say nothing
            Files.deleteIfExists(directory.resolve("ids"));
        }
        try (IdIndex index = ids ? IdIndex.open(directory, Disk.REAL).index() : null) {
            FileJournal.Place end = FileJournal.Place.START;
            for (Map.Entry<Long, Path> segment :
                    FileJournal.segments(directory.resolve("journal")).entrySet()) {
                end = read(segment.getKey(), segment.getValue(), end, Optional.ofNullable(index));
            }
            if (index != null) {
                index.snapshot(end);
            }
        }
        if (edge.size() != checkpoint.size() || !edge.root().equals(checkpoint.root())) {
            throw new AuditLogException.Damaged("the journal does not lead to the signed checkpoint");
        }
        edge.partials(this::write);
        for (TilePath path : partials) {
            cut(path);
        }
        tiles.force(checkpoint.size());
        return written;
    }

    private FileJournal.Place read(long first, Path segment, FileJournal.Place before, Optional<IdIndex> ids)
            throws IOException {
        FileJournal.Place end = before;
        try (SegmentReader reader = new SegmentReader(segment, first)) {
            while (reader.next() instanceof SegmentRead.Whole whole) {
                for (int i = 0; i < whole.batch().entries().size() && edge.size() < checkpoint.size(); i++) {
                    edge.add(whole.batch().entries().get(i).bytes(), this::writeFull);
                }
                if (ids.isPresent()) {
                    ids.get().append(whole);
                }
                end = new FileJournal.Place(first, whole.next(), whole.batch().nextIndex());
            }
        }
        return end;
    }

    private void writeFull(TilePath path, byte[] bytes) throws IOException {
        write(path, bytes);
        tiles.deletePartials(path);
    }

    private void write(TilePath path, byte[] bytes) throws IOException {
        written += tiles.write(path, bytes, true) ? 1 : 0;
    }

    private void cut(TilePath path) throws IOException {
        int width = TilePath.widthAt(path.level(), path.number(), checkpoint.size());
        if (path.width() < width && width < TilePath.FULL) {
            byte[] newest = tiles.read(path.withWidth(width)).orElseThrow();
            write(path, TileStore.prefix(path, newest));
        }
    }
}

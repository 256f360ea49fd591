package dev.hufu.auditlog;

import dev.hufu.auditlog.journal.Disk;
import dev.hufu.auditlog.journal.IdLookup;
import dev.hufu.auditlog.layout.TilePath;
import dev.hufu.auditlog.merkle.Hash;
import dev.hufu.auditlog.merkle.Proofs;
import dev.hufu.auditlog.merkle.RangeProof;
import dev.hufu.auditlog.merkle.TreeHasher;
import dev.hufu.auditlog.note.Checkpoint;
import dev.hufu.auditlog.note.SignedNote;
import dev.hufu.auditlog.receipt.TlogProof;
import dev.hufu.auditlog.tiles.TileSource;
import dev.hufu.auditlog.tiles.TileStore;
import dev.hufu.auditlog.tiles.TileSubtrees;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads a log's public files, as they stood when it was opened: needs no server and no key, takes no lock, writes
 * nothing. It trusts what it reads only as far as the checkpoint's root bears it out; whose signature that is, is for
 * the reader of a proof to say. Thread-safe.
 */
public final class LogReader {
    private final Optional<Path> directory;
    private final TileSource tiles;
    private final String note;
    private final Checkpoint checkpoint;

    private LogReader(Optional<Path> directory, TileSource tiles, String note, Checkpoint checkpoint) {
        this.directory = directory;
        this.tiles = tiles;
        this.note = note;
        this.checkpoint = checkpoint;
    }

    /**
     * Reads the checkpoint of the log in {@code directory}.
     *
     * @throws AuditLogException.Damaged if it is missing or malformed
     */
    public static LogReader open(Path directory) throws IOException {
        TileStore tiles = new TileStore(directory, Disk.REAL);
        return at(Optional.of(directory), tiles, newest(tiles));
    }

    /** {@link #open(Path)} of a log whose public files are read from elsewhere; no entry is found by its id there. */
    public static LogReader open(TileSource tiles) throws IOException {
        return at(Optional.empty(), tiles, newest(tiles));
    }

    private static String newest(TileSource tiles) throws IOException {
        byte[] bytes = tiles.readCheckpoint().orElseThrow(() -> new AuditLogException.Damaged("checkpoint: missing"));
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * Reads the log in {@code directory} as of a checkpoint of it that was kept, with lines of witnesses perhaps.
     *
     * @throws AuditLogException.Damaged if it is malformed
     */
    public static LogReader at(Path directory, String note) {
        return at(Optional.of(directory), new TileStore(directory, Disk.REAL), note);
    }

    /** {@link #at(Path, String)} of a log whose public files are read from elsewhere. */
    public static LogReader at(TileSource tiles, String note) {
        return at(Optional.empty(), tiles, note);
    }

    private static LogReader at(Optional<Path> directory, TileSource tiles, String note) {
        try {
            Checkpoint checkpoint = Checkpoint.parse(SignedNote.parse(note).text());
            return new LogReader(directory, tiles, note, checkpoint);
        } catch (IllegalArgumentException e) {
            throw new AuditLogException.Damaged("checkpoint: " + e.getMessage());
        }
    }

    /** What the log signed. */
    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /** The signed note that it was opened at, verbatim. */
    public String note() {
        return note;
    }

    /**
     * The proof that the checkpoint continues the tree of {@code older} entries.
     *
     * @throws IllegalArgumentException unless 0 &lt; older ≤ the checkpoint's size
     * @throws AuditLogException.Damaged if a tile is missing or too short
     */
    public List<Hash> consistency(long older) {
        return Proofs.consistency(older, checkpoint.size(), new TileSubtrees(tiles, checkpoint.size()));
    }

    /**
     * The index of an entry, also of one that is not under the checkpoint yet; empty if there is none.
     *
     * @throws java.nio.file.NoSuchFileException if the directory holds no journal
     */
    public OptionalLong find(EntryId id) throws IOException {
        return IdLookup.find(directory.orElseThrow(() -> new NoSuchFileException("journal")), id);
    }

    /**
     * The entry at {@code index}, from its bundle.
     *
     * @throws IndexOutOfBoundsException unless 0 ≤ index &lt; the checkpoint's size
     * @throws AuditLogException.Damaged if the bundle is missing or too short
     */
    public byte[] entry(long index) throws IOException {
        if (index < 0 || index >= checkpoint.size()) {
            throw new IndexOutOfBoundsException("index " + index + " under a checkpoint of " + checkpoint.size());
        }
        long number = index >>> TilePath.BITS;
        TilePath path =
                new TilePath(TilePath.ENTRIES, number, TilePath.widthAt(TilePath.ENTRIES, number, checkpoint.size()));
        ByteBuffer bundle =
                ByteBuffer.wrap(tiles.read(path).orElseThrow(() -> new AuditLogException.Damaged(path + ": missing")));
        for (long at = number << TilePath.BITS; bundle.remaining() >= Short.BYTES; at++) {
            int length = Short.toUnsignedInt(bundle.getShort());
            if (length > bundle.remaining()) {
                break;
            }
            if (at == index) {
                return Arrays.copyOfRange(bundle.array(), bundle.position(), bundle.position() + length);
            }
            bundle.position(bundle.position() + length);
        }
        throw new AuditLogException.Damaged(path + ": ends before index " + index);
    }

    /**
     * The entries of bundle {@code number}, 256 or, in the last one, as many as the checkpoint covers.
     *
     * @throws IndexOutOfBoundsException if the checkpoint covers none of them
     * @throws AuditLogException.Damaged if the bundle is missing, too short or too long
     */
    public List<byte[]> bundle(long number) throws IOException {
        int width = TilePath.widthAt(TilePath.ENTRIES, number, checkpoint.size());
        if (number < 0 || width == 0) {
            throw new IndexOutOfBoundsException("bundle " + number + " under a checkpoint of " + checkpoint.size());
        }
        TilePath path = new TilePath(TilePath.ENTRIES, number, width);
        ByteBuffer in =
                ByteBuffer.wrap(tiles.read(path).orElseThrow(() -> new AuditLogException.Damaged(path + ": missing")));
        List<byte[]> entries = new ArrayList<>(width);
        while (entries.size() < width
                && in.remaining() >= Short.BYTES
                && in.remaining() - Short.BYTES >= Short.toUnsignedInt(in.getShort(in.position()))) {
            byte[] entry = new byte[Short.toUnsignedInt(in.getShort())];
            in.get(entry);
            entries.add(entry);
        }
        if (entries.size() < width || in.hasRemaining()) {
            throw new AuditLogException.Damaged(path + ": does not hold " + width + " entries and no more");
        }
        return entries;
    }

    /**
     * The leaf hashes of tile {@code number} of level 0, 256 or, in the last one, as many as the checkpoint covers.
     *
     * @throws IndexOutOfBoundsException if the checkpoint covers none of them
     * @throws AuditLogException.Damaged if the tile is missing or has another length
     */
    public List<Hash> leaves(long number) throws IOException {
        int width = TilePath.widthAt(0, number, checkpoint.size());
        if (number < 0 || width == 0) {
            throw new IndexOutOfBoundsException("tile " + number + " under a checkpoint of " + checkpoint.size());
        }
        TilePath path = new TilePath(0, number, width);
        byte[] tile = tiles.read(path).orElseThrow(() -> new AuditLogException.Damaged(path + ": missing"));
        if (tile.length != width * Hash.BYTES) {
            throw new AuditLogException.Damaged(path + ": has " + tile.length + " bytes");
        }
        List<Hash> leaves = new ArrayList<>(width);
        for (int i = 0; i < width; i++) {
            leaves.add(Hash.of(tile, i * Hash.BYTES));
        }
        return leaves;
    }

    /**
     * The hashes that lead from entries {@code from} to {@code to} − 1 to the root, see {@link RangeProof}.
     *
     * @throws IllegalArgumentException unless 0 ≤ from &lt; to ≤ the checkpoint's size
     * @throws AuditLogException.Damaged if a tile is missing or too short
     */
    public List<Hash> around(long from, long to) {
        return RangeProof.around(from, to, checkpoint.size(), new TileSubtrees(tiles, checkpoint.size()));
    }

    /**
     * The proof that the entry at {@code index} stands under the checkpoint.
     *
     * @param withEntry whether the entry travels with the proof
     * @throws IndexOutOfBoundsException unless 0 ≤ index &lt; the checkpoint's size
     * @throws AuditLogException.Damaged if tiles and bundle do not give a proof that verifies
     */
    public TlogProof prove(long index, boolean withEntry) throws IOException {
        byte[] entry = entry(index);
        List<Hash> path = Proofs.inclusion(index, checkpoint.size(), new TileSubtrees(tiles, checkpoint.size()));
        Hash leaf = new TreeHasher().leaf(entry);
        if (!Proofs.verifyInclusion(index, checkpoint.size(), leaf, path, checkpoint.root())) {
            throw new AuditLogException.Damaged(
                    "bundle and tiles do not prove index " + index + "; run `audit verify`, which names the file");
        }
        return new TlogProof(withEntry ? Optional.of(entry) : Optional.empty(), index, path, note);
    }
}

package dev.hufu.auditlog.tiles;

import dev.hufu.auditlog.layout.TilePath;
import dev.hufu.auditlog.merkle.Hash;
import dev.hufu.auditlog.merkle.Proofs;
import dev.hufu.auditlog.merkle.TreeHasher;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * The right edge of the tree: at each tile level the hashes of the tile that is not full yet, and the entry bundle that
 * is not full yet. All that is needed to add leaves and to know the root, in at most 16 MiB of entries and 48 KiB of
 * hashes. Not thread-safe.
 */
public final class Edge {
    private static final int LEVELS = TilePath.MAX_LEVEL + 1;

    private final TreeHasher hasher = new TreeHasher();
    private final byte[][] hashes = new byte[LEVELS][TilePath.FULL * Hash.BYTES];
    private byte[] bundle = new byte[64 * 1024];
    private int bundleBytes;
    private long size;

    /** Told of each tile or bundle when it is full. */
    @FunctionalInterface
    public interface Full {
        /** The bytes are the receiver's own. */
        void tile(TilePath path, byte[] bytes) throws IOException;
    }

    /** The edge of an empty tree. */
    public Edge() {}

    /**
     * The edge of the tree of {@code size} entries, a multiple of 256, from its full tiles alone; empty if one is missing.
     */
    static Optional<Edge> ofFullTiles(TileStore tiles, long size) throws IOException {
        if (size % TilePath.FULL != 0) {
            throw new IllegalArgumentException("full tiles hold a multiple of 256 entries, not " + size);
        }
        Edge edge = new Edge();
        edge.size = size;
        for (int level = 1; level < LEVELS; level++) {
            long count = size >>> (TilePath.BITS * level);
            long from = count & ~(TilePath.FULL - 1L);
            for (long number = from; number < count; number++) {
                var tile = tiles.read(TilePath.full(level - 1, number));
                if (tile.isEmpty() || tile.get().length != TilePath.FULL * Hash.BYTES) {
                    return Optional.empty();
                }
                TileSubtrees.fold(edge.hasher, tile.get(), 0, TilePath.FULL)
                        .copyTo(edge.hashes[level], (int) (number - from) * Hash.BYTES);
            }
        }
        return Optional.of(edge);
    }

    /** Number of leaves. */
    public long size() {
        return size;
    }

    /** Adds an entry; {@code full} is told of what that fills, bundle first, then tiles from level 0 up. */
    public void add(byte[] entry, Full full) throws IOException {
        appendToBundle(entry);
        Hash leaf = hasher.leaf(entry);
        int width = (int) (size & (TilePath.FULL - 1));
        leaf.copyTo(hashes[0], width * Hash.BYTES);
        size++;
        if (width + 1 < TilePath.FULL) {
            return;
        }
        full.tile(TilePath.full(TilePath.ENTRIES, (size - 1) >>> TilePath.BITS), Arrays.copyOf(bundle, bundleBytes));
        bundleBytes = 0;
        for (int level = 0; level < LEVELS; level++) {
            long count = size >>> (TilePath.BITS * level); // hashes at this level, the last of them just set
            full.tile(TilePath.full(level, (count - 1) >>> TilePath.BITS), hashes[level].clone());
            if (level + 1 == LEVELS) {
                return;
            }
            int slot = (int) ((count >>> TilePath.BITS) - 1) & (TilePath.FULL - 1);
            TileSubtrees.fold(hasher, hashes[level], 0, TilePath.FULL).copyTo(hashes[level + 1], slot * Hash.BYTES);
            if (slot + 1 < TilePath.FULL) {
                return;
            }
        }
    }

    private void appendToBundle(byte[] entry) {
        int needed = bundleBytes + 2 + entry.length;
        if (bundle.length < needed) {
            bundle = Arrays.copyOf(bundle, Math.max(needed, 2 * bundle.length));
        }
        ByteBuffer.wrap(bundle).putShort(bundleBytes, (short) entry.length);
        System.arraycopy(entry, 0, bundle, bundleBytes + 2, entry.length);
        bundleBytes = needed;
    }

    /** Tells {@code partial} of every tile and bundle that is begun and not full. */
    public void partials(Full partial) throws IOException {
        for (int level = 0; level < LEVELS; level++) {
            long count = size >>> (TilePath.BITS * level);
            int width = (int) (count & (TilePath.FULL - 1));
            if (width == 0) {
                continue;
            }
            long number = count >>> TilePath.BITS;
            if (level == 0) {
                partial.tile(new TilePath(TilePath.ENTRIES, number, width), Arrays.copyOf(bundle, bundleBytes));
            }
            partial.tile(new TilePath(level, number, width), Arrays.copyOf(hashes[level], width * Hash.BYTES));
        }
    }

    /** The root of the tree. */
    public Hash root() {
        return Proofs.root(size, (level, position) -> {
            int within = level % TilePath.BITS;
            int from = (int) ((position << within) & (TilePath.FULL - 1));
            return TileSubtrees.fold(hasher, hashes[level / TilePath.BITS], from, 1 << within);
        });
    }
}

package dev.hufu.auditlog.tiles;

import dev.hufu.auditlog.AuditLogException;
import dev.hufu.auditlog.layout.TilePath;
import dev.hufu.auditlog.merkle.Hash;
import dev.hufu.auditlog.merkle.Proofs;
import dev.hufu.auditlog.merkle.TreeHasher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The complete subtrees of a tree of a given size, computed from its tiles: at most 255 hashes each. */
public final class TileSubtrees implements Proofs.Subtrees {
    private final TileSource tiles;
    private final long size;
    private final TreeHasher hasher = new TreeHasher();
    private final Map<TilePath, byte[]> read = new HashMap<>();

    /** Those of the tree of {@code size} entries; for one proof, not thread-safe. */
    public TileSubtrees(TileSource tiles, long size) {
        this.tiles = tiles;
        this.size = size;
    }

    /**
     * {@inheritDoc}
     *
     * @throws AuditLogException.Damaged if the tile is missing or too short
     */
    @Override
    public Hash hash(int level, long position) {
        int tileLevel = level / TilePath.BITS;
        int within = level % TilePath.BITS;
        long first = position << within;
        long number = first >>> TilePath.BITS;
        byte[] tile = tile(new TilePath(tileLevel, number, TilePath.widthAt(tileLevel, number, size)));
        return fold(hasher, tile, (int) (first & (TilePath.FULL - 1)), 1 << within);
    }

    private byte[] tile(TilePath path) {
        return read.computeIfAbsent(path, wanted -> {
            try {
                byte[] bytes =
                        tiles.read(wanted).orElseThrow(() -> new AuditLogException.Damaged(wanted + ": missing"));
                if (bytes.length != wanted.width() * Hash.BYTES) {
                    throw new AuditLogException.Damaged(wanted + ": has " + bytes.length + " bytes");
                }
                return bytes;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** The root over {@code count}, a power of two, hashes of {@code tile} from hash {@code from} on. */
    public static Hash fold(TreeHasher hasher, byte[] tile, int from, int count) {
        byte[] scratch = Arrays.copyOfRange(tile, from * Hash.BYTES, (from + count) * Hash.BYTES);
        for (int width = count; width > 1; width /= 2) {
            for (int i = 0; i < width / 2; i++) {
                hasher.fold(scratch, 2 * i * Hash.BYTES, i * Hash.BYTES);
            }
        }
        return Hash.of(scratch, 0);
    }
}

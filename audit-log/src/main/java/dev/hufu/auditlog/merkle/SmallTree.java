package dev.hufu.auditlog.merkle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A whole tree in memory, as one batch needs it. Built once, then immutable and thread-safe. */
public final class SmallTree {
    private final List<byte[]> levels;
    private final int size;

    private SmallTree(List<byte[]> levels, int size) {
        this.levels = levels;
        this.size = size;
    }

    /**
     * Builds the tree over {@code leaves}.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static SmallTree over(List<Hash> leaves) {
        if (leaves.isEmpty()) {
            throw new IllegalArgumentException("a batch has at least one entry");
        }
        byte[] level = new byte[leaves.size() * Hash.BYTES];
        for (int i = 0; i < leaves.size(); i++) {
            leaves.get(i).copyTo(level, i * Hash.BYTES);
        }
        TreeHasher hasher = new TreeHasher();
        List<byte[]> levels = new ArrayList<>();
        levels.add(level);
        while (level.length >= 2 * Hash.BYTES) {
            int nodes = level.length / Hash.BYTES / 2;
            byte[] scratch = level.clone();
            for (int i = 0; i < nodes; i++) {
                // Writes below what is still to be read.
                hasher.fold(scratch, 2 * i * Hash.BYTES, i * Hash.BYTES);
            }
            level = Arrays.copyOf(scratch, nodes * Hash.BYTES);
            levels.add(level);
        }
        return new SmallTree(List.copyOf(levels), leaves.size());
    }

    /** Number of leaves. */
    public int size() {
        return size;
    }

    /** The root. */
    public Hash root() {
        return Proofs.root(size, this::subtree);
    }

    /** The inclusion path of leaf {@code index}. */
    public List<Hash> path(int index) {
        return Proofs.inclusion(index, size, this::subtree);
    }

    private Hash subtree(int level, long position) {
        return Hash.of(levels.get(level), Math.toIntExact(position) * Hash.BYTES);
    }
}

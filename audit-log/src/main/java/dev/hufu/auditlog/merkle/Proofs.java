package dev.hufu.auditlog.merkle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Inclusion and consistency proofs: made after RFC 6962, section 2.1, from the hashes of complete subtrees, verified
 * after RFC 9162, sections 2.1.3.2 and 2.1.4.2, including their last checks (every path element used, the index used
 * up). Thread-safe.
 */
public final class Proofs {
    private static final String TREE_SIZE = "tree size ";

    private Proofs() {}

    /** Gives the hash of the complete subtree of 2^level leaves that starts at leaf {@code position << level}. */
    @FunctionalInterface
    public interface Subtrees {
        /** The hash of complete subtree {@code position} of {@code level}. */
        Hash hash(int level, long position);
    }

    /** The root of the tree of {@code size} leaves; of no leaves, the hash of nothing. */
    public static Hash root(long size, Subtrees subtrees) {
        if (size == 0) {
            return TreeHasher.emptyRoot();
        }
        return range(0, size, subtrees, new TreeHasher());
    }

    /**
     * The path from leaf {@code index} to the root of the tree of {@code size} leaves, lowest sibling first.
     *
     * @throws IllegalArgumentException unless 0 ≤ index &lt; size
     */
    public static List<Hash> inclusion(long index, long size, Subtrees subtrees) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("leaf " + index + " is not in a tree of " + size);
        }
        List<Hash> path = new ArrayList<>();
        TreeHasher hasher = new TreeHasher();
        long from = 0;
        long to = size;
        // Walks down, so siblings come out highest first.
        while (to - from > 1) {
            long middle = from + split(to - from);
            if (index < middle) {
                path.add(range(middle, to, subtrees, hasher));
                to = middle;
            } else {
                path.add(range(from, middle, subtrees, hasher));
                from = middle;
            }
        }
        return List.copyOf(path.reversed());
    }

    /**
     * The proof that the tree of {@code older} leaves is a prefix of the tree of {@code newer}.
     *
     * @throws IllegalArgumentException unless 0 &lt; older ≤ newer
     */
    public static List<Hash> consistency(long older, long newer, Subtrees subtrees) {
        if (older <= 0 || older > newer) {
            throw new IllegalArgumentException(TREE_SIZE + older + " has no consistency proof to " + newer);
        }
        List<Hash> path = new ArrayList<>();
        TreeHasher hasher = new TreeHasher();
        long from = 0;
        long to = newer;
        boolean wholeOldTree = true;
        while (older != to) {
            long middle = from + split(to - from);
            if (older <= middle) {
                path.add(range(middle, to, subtrees, hasher));
                to = middle;
            } else {
                path.add(range(from, middle, subtrees, hasher));
                from = middle;
                wholeOldTree = false;
            }
        }
        if (!wholeOldTree) {
            path.add(range(from, to, subtrees, hasher));
        }
        return List.copyOf(path.reversed());
    }

    /**
     * Whether {@code path} leads from {@code leafHash} at {@code index} to {@code root} of a tree of {@code size}.
     * Values of any length are taken; what is not 32 bytes long fails.
     */
    public static boolean verifyInclusion(long index, long size, byte[] leafHash, List<byte[]> path, byte[] root) {
        if (index < 0 || index >= size || leafHash.length != Hash.BYTES || root.length != Hash.BYTES) {
            return false;
        }
        TreeHasher hasher = new TreeHasher();
        Hash current = Hash.of(leafHash);
        long node = index;
        long last = size - 1;
        for (byte[] element : path) {
            if (last == 0 || element.length != Hash.BYTES) {
                return false;
            }
            Hash sibling = Hash.of(element);
            if ((node & 1) == 1 || node == last) {
                current = hasher.node(sibling, current);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                current = hasher.node(current, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(current.raw(), root);
    }

    /** {@link #verifyInclusion(long, long, byte[], List, byte[])} over hashes. */
    public static boolean verifyInclusion(long index, long size, Hash leafHash, List<Hash> path, Hash root) {
        return verifyInclusion(
                index, size, leafHash.raw(), path.stream().map(Hash::raw).toList(), root.raw());
    }

    /**
     * Whether {@code path} shows that the tree of {@code older} leaves under {@code olderRoot} is a prefix of that of
     * {@code newer} leaves under {@code newerRoot}. Nothing is shown of an empty tree, so {@code older} = 0 fails.
     */
    public static boolean verifyConsistency(
            long older, long newer, byte[] olderRoot, byte[] newerRoot, List<byte[]> path) {
        if (older <= 0 || older > newer) {
            return false;
        }
        if (older == newer) {
            return path.isEmpty() && Arrays.equals(olderRoot, newerRoot);
        }
        if (path.isEmpty()
                || path.stream().anyMatch(element -> element.length != Hash.BYTES)
                || olderRoot.length != Hash.BYTES
                || newerRoot.length != Hash.BYTES) {
            return false;
        }
        long node = older - 1;
        long last = newer - 1;
        while ((node & 1) == 1) {
            node >>= 1;
            last >>= 1;
        }
        // A whole old tree that is a complete subtree starts the path itself.
        boolean complete = (older & (older - 1)) == 0;
        Hash olderHash = Hash.of(complete ? olderRoot : path.getFirst());
        Hash newerHash = olderHash;
        TreeHasher hasher = new TreeHasher();
        for (byte[] element : complete ? path : path.subList(1, path.size())) {
            if (last == 0) {
                return false;
            }
            Hash sibling = Hash.of(element);
            if ((node & 1) == 1 || node == last) {
                olderHash = hasher.node(sibling, olderHash);
                newerHash = hasher.node(sibling, newerHash);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                newerHash = hasher.node(newerHash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(olderHash.raw(), olderRoot) && Arrays.equals(newerHash.raw(), newerRoot);
    }

    /** {@link #verifyConsistency(long, long, byte[], byte[], List)} over hashes. */
    public static boolean verifyConsistency(long older, long newer, Hash olderRoot, Hash newerRoot, List<Hash> path) {
        return verifyConsistency(
                older,
                newer,
                olderRoot.raw(),
                newerRoot.raw(),
                path.stream().map(Hash::raw).toList());
    }

    /** The hash over leaves {@code from} to {@code to}: one complete subtree, or a left one and the rest. */
    static Hash range(long from, long to, Subtrees subtrees, TreeHasher hasher) {
        long width = to - from;
        if (Long.bitCount(width) == 1) {
            int level = Long.numberOfTrailingZeros(width);
            return subtrees.hash(level, from >>> level);
        }
        long middle = from + split(width);
        return hasher.node(range(from, middle, subtrees, hasher), range(middle, to, subtrees, hasher));
    }

    /** The largest power of two below {@code width}, which is at least 2. */
    static long split(long width) {
        return Long.highestOneBit(width - 1);
    }
}

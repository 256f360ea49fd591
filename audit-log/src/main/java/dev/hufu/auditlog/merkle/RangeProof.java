package dev.hufu.auditlog.merkle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * That leaves {@code from} to {@code to} − 1, all of them and in this order, stand in a tree: the hashes of the largest
 * nodes beside them, left to right. Whoever has the leaves walks down the tree of RFC 6962, section 2.1, takes the next
 * hash for a node that holds none of them, and so comes to the root. An inclusion proof is the case of one leaf, in
 * another order. At most 2 · 62 hashes, whatever the number of leaves; memory and recursion are bounded by the tree's
 * height. Stateless.
 */
public final class RangeProof {
    /** Most hashes that a proof has in a tree of fewer than 2^63 leaves. */
    public static final int MAX_HASHES = 2 * Long.SIZE;

    private RangeProof() {}

    /** Gives the leaves of the range, one after the other. */
    @FunctionalInterface
    public interface Leaves {
        /** The next one's hash. */
        Hash next() throws IOException;
    }

    /**
     * The hashes beside the range, left to right.
     *
     * @throws IllegalArgumentException unless 0 ≤ from &lt; to ≤ size
     */
    public static List<Hash> around(long from, long to, long size, Proofs.Subtrees subtrees) {
        check(from, to, size);
        TreeHasher hasher = new TreeHasher();
        List<Hash> beside = new ArrayList<>();
        collect(from, to, 0, size, (low, high) -> beside.add(Proofs.range(low, high, subtrees, hasher)));
        return List.copyOf(beside);
    }

    /** Number of hashes that {@link #around} gives. */
    public static int count(long from, long to, long size) {
        check(from, to, size);
        int[] count = new int[1];
        collect(from, to, 0, size, (_, _) -> count[0]++);
        return count[0];
    }

    /**
     * The root that the leaves lead to. Takes exactly {@code to − from} of {@code leaves}, each once and in order.
     *
     * @throws IllegalArgumentException unless 0 ≤ from &lt; to ≤ size, and {@code around} has as many hashes as this takes
     */
    public static Hash root(long from, long to, long size, List<Hash> around, Leaves leaves) throws IOException {
        int wanted = count(from, to, size);
        if (around.size() != wanted) {
            throw new IllegalArgumentException("the range has " + wanted + " hashes beside it, not " + around.size());
        }
        return new Walk(from, to, around.iterator(), leaves, new TreeHasher()).node(0, size);
    }

    private static void check(long from, long to, long size) {
        if (from < 0 || from >= to || to > size) {
            throw new IllegalArgumentException(
                    "a range goes from " + from + " to " + to + " in a tree of " + size + ": it holds no such leaves");
        }
    }

    @FunctionalInterface
    private interface Beside {
        void node(long low, long high);
    }

    private static void collect(long from, long to, long low, long high, Beside found) {
        if (high <= from || low >= to) {
            found.node(low, high);
        } else if (low < from || high > to) {
            long middle = low + Proofs.split(high - low);
            collect(from, to, low, middle, found);
            collect(from, to, middle, high, found);
        }
    }

    private record Walk(long from, long to, Iterator<Hash> around, Leaves leaves, TreeHasher hasher) {
        Hash node(long low, long high) throws IOException {
            if (high <= from || low >= to) {
                return around.next();
            }
            if (high - low == 1) {
                return leaves.next();
            }
            long middle = low + Proofs.split(high - low);
            Hash left = node(low, middle);
            return hasher.node(left, node(middle, high));
        }
    }
}

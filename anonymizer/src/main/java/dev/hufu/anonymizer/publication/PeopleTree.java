package dev.hufu.anonymizer.publication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tree of people whose leaves are the atoms: first the crosses of the core, then greedy binary splits, in the manner of
 * LeFevre, DeWitt, Ramakrishnan, "Mondrian Multidimensional K-Anonymity" (ICDE 2006), by the dimension and border that take away
 * most of what the workload would still find mixed (weight × entropy). Splits look at dimensions only, never at a measure.
 *
 * <p>Every leaf holds at least k people when it is made. People who join later enter in blocks of at least k, placed as low in
 * the tree as that allows. Used by one thread during a build.
 */
final class PeopleTree {
    /** A node; a leaf has no children. Joiners' blocks are added as further children. */
    static final class Node {
        final int depth;
        private int dimension = -1;
        private boolean[] firstSide = new boolean[0];
        private int[] childOfCode = new int[0];
        private final List<Node> branches = new ArrayList<>();
        private final List<Node> blocks = new ArrayList<>();
        /** The atom's number in tree order, given once the tree is complete. */
        int atom = -1;

        Node(int depth) {
            this.depth = depth;
        }

        private int branch(int code) {
            return childOfCode.length > 0 ? childOfCode[code] : firstSide[code] ? 0 : 1;
        }
    }

    private final int k;
    private final int[] codes;
    private final int[] core;
    private final double[] weights;
    private @Nullable Node root;

    /**
     * @param codes number of codes of each dimension
     * @param core dimensions split first
     * @param weights of each dimension
     */
    PeopleTree(int k, int[] codes, int[] core, double[] weights) {
        this.k = k;
        this.codes = codes;
        this.core = core;
        this.weights = weights;
    }

    /** Partitions people; {@code leaves[i]} becomes the leaf of row i. Nobody gets a leaf if there are fewer than k. */
    void plant(short[][] values, int[] rows, @Nullable Node[] leaves) {
        if (rows.length >= k) {
            root = new Node(0);
            splitCore(root, 0, values, rows, leaves);
        }
    }

    /** Lets people in, in blocks of at least k; fewer than k stay without a leaf. */
    void join(short[][] values, int[] rows, @Nullable Node[] leaves) {
        if (rows.length < k) {
            return;
        }
        if (root == null) {
            plant(values, rows, leaves);
        } else {
            descend(root, values, rows, leaves);
        }
    }

    /** All leaves in tree order, numbered, and the depth between neighbours. */
    int[] number() {
        List<Integer> between = new ArrayList<>();
        if (root != null) {
            number(root, new int[1], between);
        }
        return between.stream().mapToInt(Integer::intValue).toArray();
    }

    private static void number(Node node, int[] next, List<Integer> between) {
        boolean leaf = node.branches.isEmpty();
        if (leaf) {
            node.atom = next[0]++;
        }
        List<Node> below = new ArrayList<>(node.branches);
        below.addAll(node.blocks);
        for (int i = 0; i < below.size(); i++) {
            if (i > 0 || leaf) {
                between.add(node.depth);
            }
            number(below.get(i), next, between);
        }
    }

    private void descend(Node node, short[][] values, int[] rows, @Nullable Node[] leaves) {
        if (node.branches.isEmpty()) {
            block(node, values, rows, leaves);
            return;
        }
        int[][] parts = distribute(node, values, rows);
        int largest = 0;
        int rest = 0;
        for (int b = 0; b < parts.length; b++) {
            largest = parts[b].length > parts[largest].length ? b : largest;
            rest += parts[b].length < k ? parts[b].length : 0;
        }
        if (parts[largest].length < k) {
            block(node, values, rows, leaves);
            return;
        }
        int[] left = new int[rest];
        int at = 0;
        for (int b = 0; b < parts.length; b++) {
            if (parts[b].length < k) {
                System.arraycopy(parts[b], 0, left, at, parts[b].length);
                at += parts[b].length;
            }
        }
        if (rest > 0 && rest < k) {
            int[] joined = Arrays.copyOf(parts[largest], parts[largest].length + rest);
            System.arraycopy(left, 0, joined, parts[largest].length, rest);
            parts[largest] = joined;
        } else if (rest >= k) {
            block(node, values, left, leaves);
        }
        for (int b = 0; b < parts.length; b++) {
            if (parts[b].length >= k) {
                descend(node.branches.get(b), values, parts[b], leaves);
            }
        }
    }

    private void block(Node node, short[][] values, int[] rows, @Nullable Node[] leaves) {
        Node block = new Node(node.depth + 1);
        node.blocks.add(block);
        splitGreedy(block, values, rows, leaves);
    }

    private int[][] distribute(Node node, short[][] values, int[] rows) {
        int[] size = new int[node.branches.size()];
        for (int r : rows) {
            size[node.branch(values[node.dimension][r])]++;
        }
        int[][] parts = new int[size.length][];
        for (int b = 0; b < size.length; b++) {
            parts[b] = new int[size[b]];
        }
        int[] at = new int[size.length];
        for (int r : rows) {
            int b = node.branch(values[node.dimension][r]);
            parts[b][at[b]++] = r;
        }
        return parts;
    }

    /** One branch a value that has k people; rarer values share a branch, or the smallest one's if they are fewer than k together. */
    private void splitCore(Node node, int level, short[][] values, int[] rows, @Nullable Node[] leaves) {
        if (level == core.length) {
            splitGreedy(node, values, rows, leaves);
            return;
        }
        int d = core[level];
        int[] count = count(values[d], rows, codes[d]);
        int[] child = new int[codes[d]];
        int branches = 0;
        int smallest = -1;
        int rare = 0;
        for (int c = 0; c < count.length; c++) {
            if (count[c] >= k) {
                smallest = smallest < 0 || count[c] < count[smallest] ? c : smallest;
                child[c] = branches++;
            } else {
                rare += count[c];
            }
        }
        int others = rare >= k ? branches++ : smallest < 0 ? 0 : child[smallest];
        for (int c = 0; c < count.length; c++) {
            child[c] = count[c] >= k ? child[c] : others;
        }
        if (branches < 2) {
            splitCore(node, level + 1, values, rows, leaves);
            return;
        }
        node.dimension = d;
        node.childOfCode = child;
        for (int b = 0; b < branches; b++) {
            node.branches.add(new Node(node.depth + 1));
        }
        int[][] parts = distribute(node, values, rows);
        for (int b = 0; b < branches; b++) {
            splitCore(node.branches.get(b), level + 1, values, parts[b], leaves);
        }
    }

    /** Depth is bounded by log of the size over k in practice and by size / k at worst, since each side keeps k people. */
    private void splitGreedy(Node node, short[][] values, int[] rows, @Nullable Node[] leaves) {
        Split best = rows.length < 2 * k ? Split.NONE : bestSplit(values, rows);
        if (best.dimension < 0) {
            for (int r : rows) {
                leaves[r] = node;
            }
            return;
        }
        node.dimension = best.dimension;
        node.firstSide = best.firstSide;
        node.branches.add(new Node(node.depth + 1));
        node.branches.add(new Node(node.depth + 1));
        int[][] parts = distribute(node, values, rows);
        splitGreedy(node.branches.get(0), values, parts[0], leaves);
        splitGreedy(node.branches.get(1), values, parts[1], leaves);
    }

    @SuppressWarnings("ArrayRecordComponent") // a column of numbers, compared by nobody
    private record Split(int dimension, boolean[] firstSide, double gain) {
        static final Split NONE = new Split(-1, new boolean[0], 0);
    }

    private Split bestSplit(short[][] values, int[] rows) {
        Split best = Split.NONE;
        for (int d = 0; d < codes.length; d++) {
            if (weights[d] > 0) {
                Split s = bestSplit(d, count(values[d], rows, codes[d]), rows.length);
                best = s.gain > best.gain ? s : best;
            }
        }
        return best;
    }

    /** The best of all prefixes of the catalogue's order and all single values, both sides with k people. */
    private Split bestSplit(int d, int[] count, int n) {
        int prefix = 0;
        int bestFrom = 0;
        int bestTo = -1;
        double best = 0;
        for (int c = 0; c < count.length; c++) {
            prefix += count[c];
            if (prefix >= k && n - prefix >= k && entropy(prefix, n) > best) {
                best = entropy(prefix, n);
                bestFrom = 0;
                bestTo = c;
            }
            if (count[c] >= k && n - count[c] >= k && entropy(count[c], n) > best) {
                best = entropy(count[c], n);
                bestFrom = c;
                bestTo = c;
            }
        }
        if (bestTo < 0) {
            return Split.NONE;
        }
        boolean[] first = new boolean[count.length];
        Arrays.fill(first, bestFrom, bestTo + 1, true);
        return new Split(d, first, best * weights[d]);
    }

    private static int[] count(short[] values, int[] rows, int codes) {
        int[] count = new int[codes];
        for (int r : rows) {
            count[values[r]]++;
        }
        return count;
    }

    private static double entropy(int part, int n) {
        double p = (double) part / n;
        return -p * Math.log(p) - (1 - p) * Math.log(1 - p);
    }
}

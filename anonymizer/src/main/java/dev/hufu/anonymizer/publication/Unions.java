package dev.hufu.anonymizer.publication;

import java.util.Arrays;

/**
 * Unites neighbours along the fixed tree until no group is deficient.
 *
 * <p>Groups are runs of atoms in tree order, and between two neighbours stands the depth of the deepest node above both. Borders
 * are visited from the deepest up; at each, if a side is deficient, the sides become one. A group so meets its siblings before
 * its cousins. Where size is what counts one pass is enough: a border left standing had two sufficient sides, and sides only
 * grow. Other criteria may fail anew in a union, so passes are repeated until one changes nothing; each unites at least one
 * pair, so there are at most as many as groups.
 */
final class Unions {
    private Unions() {}

    /** The criterion and the bookkeeping of what a union holds. */
    interface Groups {
        boolean deficient(int group);

        void unite(int into, int from);
    }

    /**
     * @param count number of groups
     * @param depth {@code depth[i]} stands between group i and i + 1
     * @return for each group the first group of its union
     */
    static int[] unite(int count, int[] depth, Groups groups) {
        int[] head = new int[count];
        Arrays.setAll(head, i -> i);
        int[] order = deepestFirst(count, depth);
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int border : order) {
                int left = find(head, border);
                int right = find(head, border + 1);
                if (left != right && (groups.deficient(left) || groups.deficient(right))) {
                    groups.unite(left, right);
                    head[right] = left;
                    changed = true;
                }
            }
        }
        for (int i = 0; i < count; i++) {
            head[i] = find(head, i);
        }
        return head;
    }

    private static int find(int[] head, int i) {
        int root = i;
        while (head[root] != root) {
            root = head[root];
        }
        int at = i;
        while (head[at] != root) {
            int next = head[at];
            head[at] = root;
            at = next;
        }
        return root;
    }

    /** Borders by falling depth, left to right among equals. */
    private static int[] deepestFirst(int count, int[] depth) {
        int borders = Math.max(0, count - 1);
        int max = 0;
        for (int i = 0; i < borders; i++) {
            max = Math.max(max, depth[i]);
        }
        int[] start = new int[max + 2];
        for (int i = 0; i < borders; i++) {
            start[max - depth[i] + 1]++;
        }
        for (int d = 1; d < start.length; d++) {
            start[d] += start[d - 1];
        }
        int[] order = new int[borders];
        for (int i = 0; i < borders; i++) {
            order[start[max - depth[i]]++] = i;
        }
        return order;
    }
}

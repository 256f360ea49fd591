package dev.hufu.anonymizer.publication;

import dev.hufu.anonymizer.catalogue.Column;
import dev.hufu.anonymizer.publication.PeopleTree.Node;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Follows people through the periods of one partition. Leavers drop out of their atom; who joins or returns waits for the next
 * rebase and then enters in a block of at least k; a group that falls under k is united with its sibling for good.
 */
final class GenerationBuilder {
    private final Roster roster;
    private final PublicationParameters parameters;
    private final int first;
    private final int last;
    private final PeopleTree tree;
    private final @Nullable Node[] leafOf;
    private final int[] openRow;

    private final RowList rows;

    GenerationBuilder(Roster roster, PublicationParameters parameters, int first, int last) {
        this.roster = roster;
        this.parameters = parameters;
        this.first = first;
        this.last = last;
        List<Column.Dimension> dimensions = roster.dimensions();
        tree = new PeopleTree(
                parameters.k(),
                dimensions.stream().mapToInt(Column.Dimension::codes).toArray(),
                parameters.core().stream().mapToInt(this::indexOf).toArray(),
                dimensions.stream()
                        .mapToDouble(d -> parameters.weights().getOrDefault(d.name(), 1.0))
                        .toArray());
        int persons = roster.maxPerson() + 1;
        leafOf = new Node[persons];
        openRow = new int[persons];
        Arrays.fill(openRow, -1);
        rows = new RowList(roster.slices().get(first).persons().length * 5 / 4 + 16, dimensions.size());
    }

    private int indexOf(String name) {
        List<Column.Dimension> dimensions = roster.dimensions();
        return IntStream.range(0, dimensions.size())
                .filter(d -> dimensions.get(d).name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("core dimension " + name + " is not in the roster"));
    }

    Generation build() {
        for (int p = first; p <= last; p++) {
            Roster.Slice slice = roster.slices().get(p);
            if (p > first) {
                dropLeavers(slice);
            }
            if (parameters.rebase(p) || p == first) {
                letIn(slice, p == first);
            }
            record(slice, p);
        }
        return assemble();
    }

    private void dropLeavers(Roster.Slice slice) {
        boolean[] here = new boolean[leafOf.length];
        for (int person : slice.persons()) {
            here[person] = true;
        }
        for (int person = 0; person < leafOf.length; person++) {
            if (!here[person]) {
                leafOf[person] = null;
                openRow[person] = -1;
            }
        }
    }

    private void letIn(Roster.Slice slice, boolean fresh) {
        int[] waiting = IntStream.range(0, slice.persons().length)
                .filter(i -> leafOf[slice.persons()[i]] == null)
                .toArray();
        @Nullable Node[] leaves = new Node[slice.persons().length];
        if (fresh) {
            tree.plant(slice.codes(), waiting, leaves);
        } else {
            tree.join(slice.codes(), waiting, leaves);
        }
        for (int i : waiting) {
            leafOf[slice.persons()[i]] = leaves[i];
        }
    }

    private void record(Roster.Slice slice, int period) {
        for (int i = 0; i < slice.persons().length; i++) {
            int person = slice.persons()[i];
            int open = openRow[person];
            if (open >= 0 && rows.continues(open, leafOf[person], slice.codes(), i)) {
                rows.to[open] = (short) period;
            } else {
                openRow[person] = rows.add(person, period, leafOf[person], slice.codes(), i);
            }
        }
    }

    private Generation assemble() {
        int[] depth = tree.number();
        int atoms = rows.hasLeaf() ? depth.length + 1 : 0;
        int[] start = new int[atoms + 2];
        for (int r = 0; r < rows.size; r++) {
            start[rows.atom(r, atoms) + 1]++;
        }
        for (int a = 1; a < start.length; a++) {
            start[a] += start[a - 1];
        }
        int[] atomStart = Arrays.copyOf(start, atoms + 1);
        int n = rows.size;
        int[] person = new int[n];
        short[] from = new short[n];
        short[] to = new short[n];
        short[][] codes = new short[rows.codes.length][n];
        for (int r = 0; r < n; r++) {
            int at = start[rows.atom(r, atoms)]++;
            person[at] = rows.person[r];
            from[at] = rows.from[r];
            to[at] = rows.to[r];
            for (int d = 0; d < codes.length; d++) {
                codes[d][at] = rows.codes[d][r];
            }
        }
        Generation bare =
                new Generation(first, last, depth, person, from, to, atomStart, codes, new int[last - first + 1][0]);
        uniteForGood(bare);
        return bare;
    }

    private void uniteForGood(Generation g) {
        if (g.atoms() == 0) {
            return;
        }
        boolean[] startsGroup = new boolean[g.atoms()];
        boolean[] born = new boolean[g.atoms()];
        for (int p = first; p <= last; p++) {
            for (int a = 0; a < g.atoms(); a++) {
                if (!born[a] && inhabited(g, a, p)) {
                    born[a] = true;
                    // A block between two atoms that are one by now becomes part of that one.
                    startsGroup[a] = !within(a, born, startsGroup);
                }
            }
            int[] starts =
                    IntStream.range(0, g.atoms()).filter(a -> startsGroup[a]).toArray();
            int[] united = unite(g, starts, p);
            for (int i = 0; i < starts.length; i++) {
                startsGroup[starts[i]] = united[i] == i;
            }
            int[] result =
                    IntStream.range(0, g.atoms()).filter(a -> startsGroup[a]).toArray();
            if (result.length > 0) {
                // Atoms before the first group have nobody; they belong to it.
                result[0] = 0;
            }
            g.unions()[p - first] = result;
        }
    }

    private static boolean inhabited(Generation g, int atom, int period) {
        for (int r = g.atomStart()[atom]; r < g.atomStart()[atom + 1]; r++) {
            if (g.present(r, period)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the next atom that is born continues a group that began before. */
    private static boolean within(int atom, boolean[] born, boolean[] startsGroup) {
        for (int next = atom + 1; next < born.length; next++) {
            if (born[next]) {
                return !startsGroup[next];
            }
        }
        return false;
    }

    private int[] unite(Generation g, int[] starts, int period) {
        int[] size = g.sizes(starts, period);
        return Unions.unite(starts.length, g.depths(starts), new Unions.Groups() {
            @Override
            public boolean deficient(int group) {
                return size[group] < parameters.k();
            }

            @Override
            public void unite(int into, int from) {
                size[into] += size[from];
            }
        });
    }

    /** Rows while they are made. */
    private static final class RowList {
        int size;
        int[] person;
        short[] from;
        short[] to;

        @Nullable
        Node[] leaf;

        final short[][] codes;

        RowList(int capacity, int dimensions) {
            person = new int[capacity];
            from = new short[capacity];
            to = new short[capacity];
            leaf = new Node[capacity];
            codes = new short[dimensions][capacity];
        }

        boolean continues(int row, @Nullable Node node, short[][] values, int i) {
            if (leaf[row] != node) {
                return false;
            }
            for (int d = 0; d < codes.length; d++) {
                if (codes[d][row] != values[d][i]) {
                    return false;
                }
            }
            return true;
        }

        int add(int who, int period, @Nullable Node node, short[][] values, int i) {
            if (size == person.length) {
                int capacity = size * 3 / 2 + 16;
                person = Arrays.copyOf(person, capacity);
                from = Arrays.copyOf(from, capacity);
                to = Arrays.copyOf(to, capacity);
                leaf = Arrays.copyOf(leaf, capacity);
                for (int d = 0; d < codes.length; d++) {
                    codes[d] = Arrays.copyOf(codes[d], capacity);
                }
            }
            person[size] = who;
            from[size] = (short) period;
            to[size] = (short) period;
            leaf[size] = node;
            for (int d = 0; d < codes.length; d++) {
                codes[d][size] = values[d][i];
            }
            return size++;
        }

        boolean hasLeaf() {
            return IntStream.range(0, size).anyMatch(r -> leaf[r] != null);
        }

        /** The row's atom, {@code otherwise} if it has none. */
        int atom(int row, int otherwise) {
            Node node = leaf[row];
            return node == null ? otherwise : node.atom;
        }
    }
}

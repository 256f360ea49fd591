package dev.hufu.anonymizer.publication;

/**
 * The periods that one partition serves: who was in which atom when, with which dimension values. Arrays are never handed out
 * beyond the package nor written after the build.
 *
 * @param first first period, inclusive
 * @param last last period, inclusive
 * @param depth {@code depth[i]} is that of the deepest node above atoms i and i + 1; one fewer than atoms
 * @param person of each row; rows are sorted by atom, those without an atom last
 * @param from first period of each row
 * @param to last period of each row
 * @param atomStart {@code atomStart[a]} is the first row of atom a, {@code atomStart[atoms]} the first row without one
 * @param codes dimension values of each row, by dimension
 * @param unions for each period from {@code first} on, the first atoms of the groups that then are united for good
 */
@SuppressWarnings("ArrayRecordComponent") // a column of numbers, compared by nobody
record Generation(
        int first,
        int last,
        int[] depth,
        int[] person,
        short[] from,
        short[] to,
        int[] atomStart,
        short[][] codes,
        int[][] unions) {
    int atoms() {
        return atomStart.length - 1;
    }

    int rows() {
        return person.length;
    }

    /** The first atoms of the groups of a period. */
    int[] unionsAt(int period) {
        return unions[period - first];
    }

    boolean present(int row, int period) {
        return from[row] <= period && period <= to[row];
    }

    /** Persons of each group, groups given by their first atoms. */
    int[] sizes(int[] starts, int period) {
        int[] size = new int[starts.length];
        for (int g = 0; g < starts.length; g++) {
            int end = rowEnd(starts, g);
            for (int r = atomStart[starts[g]]; r < end; r++) {
                size[g] += present(r, period) ? 1 : 0;
            }
        }
        return size;
    }

    /** The row after the last of group g. */
    int rowEnd(int[] starts, int g) {
        return atomStart[g + 1 < starts.length ? starts[g + 1] : atoms()];
    }

    /** The depths between neighbouring groups. */
    int[] depths(int[] starts) {
        int[] between = new int[Math.max(0, starts.length - 1)];
        for (int g = 0; g < between.length; g++) {
            int least = Integer.MAX_VALUE;
            for (int a = starts[g]; a < starts[g + 1]; a++) {
                least = Math.min(least, depth[a]);
            }
            between[g] = least;
        }
        return between;
    }
}

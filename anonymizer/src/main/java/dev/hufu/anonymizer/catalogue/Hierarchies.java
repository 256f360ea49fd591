package dev.hufu.anonymizer.catalogue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which value of one dimension implies which value of another, from the catalogue's parent links. Immutable. */
public final class Hierarchies {
    /** A value that implies none: a missing value, or a hole. */
    public static final int UNKNOWN = -1;

    /** {@code ancestor[child][parent]} maps codes of child to codes of parent; empty if parent is not above child. */
    private final int[][][] ancestor;

    /** The hierarchies among these dimensions, which go by their place in the list. */
    public Hierarchies(List<Column.Dimension> dimensions) {
        int n = dimensions.size();
        ancestor = new int[n][n][0];
        Map<String, Integer> index = new HashMap<>();
        for (int d = 0; d < n; d++) {
            index.put(dimensions.get(d).name(), d);
        }
        for (int d = 0; d < n; d++) {
            int[] map = new int[dimensions.get(d).codes()];
            Arrays.setAll(map, c -> c);
            int at = d;
            for (int step = 0; step < n && dimensions.get(at).parent().isPresent(); step++) {
                Column.Dimension.Parent link = dimensions.get(at).parent().get();
                Integer up = index.get(link.dimension());
                if (up == null || up == d || ancestor[d][up].length > 0) {
                    break;
                }
                map = climb(map, dimensions.get(at), dimensions.get(up), link);
                ancestor[d][up] = map;
                at = up;
            }
        }
    }

    private static int[] climb(
            int[] map, Column.Dimension child, Column.Dimension parent, Column.Dimension.Parent link) {
        Map<String, Integer> codes = new HashMap<>();
        for (int c = 0; c < parent.values().size(); c++) {
            codes.put(parent.values().get(c), c);
        }
        int[] up = new int[map.length];
        for (int c = 0; c < map.length; c++) {
            boolean known = map[c] != UNKNOWN && map[c] < child.values().size();
            String value = known ? link.valueOf().get(child.values().get(map[c])) : null;
            up[c] = value == null ? UNKNOWN : codes.getOrDefault(value, UNKNOWN);
        }
        return up;
    }

    /** Whether {@code upper} is above {@code lower}. */
    public boolean above(int upper, int lower) {
        return ancestor[lower][upper].length > 0;
    }

    /** The code in {@code upper} that a code in {@code lower} implies, or {@link #UNKNOWN}. */
    public int implied(int lower, int code, int upper) {
        return ancestor[lower][upper][code];
    }

    /** Whether every code of {@code lower}, that of a missing value too, implies one in {@code upper}. */
    public boolean determines(int lower, int upper) {
        return above(upper, lower) && Arrays.stream(ancestor[lower][upper]).noneMatch(code -> code == UNKNOWN);
    }

    /**
     * Which of the dimensions at {@code grouped} follows wholly from another one there, and from which.
     *
     * @return for each place in {@code grouped} the place that determines it, or {@link #UNKNOWN}
     */
    public int[] determining(int[] grouped) {
        int[] by = new int[grouped.length];
        Arrays.fill(by, UNKNOWN);
        for (int i = 0; i < grouped.length; i++) {
            for (int j = 0; j < grouped.length; j++) {
                if (determines(grouped[j], grouped[i])) {
                    by[i] = j;
                }
            }
        }
        return by;
    }
}

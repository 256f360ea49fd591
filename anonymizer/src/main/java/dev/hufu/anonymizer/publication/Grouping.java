package dev.hufu.anonymizer.publication;

import dev.hufu.anonymizer.catalogue.Hierarchies;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The dimensions grouped by and their combinations, numbered with the last dimension fastest. A dimension that follows from a
 * finer one grouped by, as a region from its site, adds none. Also answers what a combination implies for other dimensions by the
 * hierarchies. Not thread safe; one query an instance.
 */
final class Grouping {
    private final Publication publication;
    private final int[] dimensions;
    /** The place of the dimension that each follows from, {@link Hierarchies#UNKNOWN} for those that cells are made of. */
    private final int[] determining;
    /** Number of codes, 1 for what follows from another. */
    private final int[] radix;

    private final int size;

    Grouping(Publication publication, int[] dimensions) {
        this.publication = publication;
        this.dimensions = dimensions;
        determining = publication.hierarchies().determining(dimensions);
        radix = IntStream.range(0, dimensions.length)
                .map(i -> determined(i)
                        ? 1
                        : publication.dimensions().get(dimensions[i]).codes())
                .toArray();
        size = Arrays.stream(radix).reduce(1, Math::multiplyExact);
    }

    private boolean determined(int place) {
        return determining[place] != Hierarchies.UNKNOWN;
    }

    int size() {
        return size;
    }

    /** All cells, by the codes of the dimensions in the order in which they are grouped by. */
    int[] inOrder() {
        IntStream cells = IntStream.range(0, size);
        return IntStream.range(0, dimensions.length).noneMatch(this::determined)
                ? cells.toArray()
                : cells.boxed()
                        .map(cell -> Map.entry(cell, codes(cell)))
                        .sorted(Map.Entry.comparingByValue(Arrays::compare))
                        .mapToInt(Map.Entry::getKey)
                        .toArray();
    }

    /** The cells of the first {@code n} rows. */
    int[] cells(short[][] codes, int[] rows, int n) {
        int[] cells = new int[n];
        for (int d = 0; d < dimensions.length; d++) {
            if (determined(d)) {
                continue;
            }
            short[] column = codes[dimensions[d]];
            int factor = radix[d];
            for (int i = 0; i < n; i++) {
                cells[i] = cells[i] * factor + column[rows[i]];
            }
        }
        return cells;
    }

    /** The codes of a cell, one a grouped dimension. */
    int[] codes(int cell) {
        int[] codes = new int[radix.length];
        int rest = cell;
        for (int i = radix.length - 1; i >= 0; i--) {
            codes[i] = rest % radix[i];
            rest /= radix[i];
        }
        for (int i = 0; i < codes.length; i++) {
            if (determined(i)) {
                codes[i] = implied(i, codes);
            }
        }
        return codes;
    }

    /** What determines may itself follow from a finer one; hierarchies have no circles. */
    private int implied(int place, int[] codes) {
        int by = determining[place];
        int code = determined(by) ? implied(by, codes) : codes[by];
        return publication.hierarchies().implied(dimensions[by], code, dimensions[place]);
    }

    /** The value of a cell in a dimension; null for none. */
    @Nullable
    String value(int[] codes, int dimension) {
        int code = codes[indexOf(dimension)];
        var values = publication.dimensions().get(dimension).values();
        return code < values.size() ? values.get(code) : null;
    }

    private int indexOf(int dimension) {
        for (int i = 0; i < dimensions.length; i++) {
            if (dimensions[i] == dimension) {
                return i;
            }
        }
        throw new IllegalStateException("only grouped dimensions are shown");
    }

    /** Whether the hierarchies allow the combination. */
    boolean consistent(int[] grouped) {
        Hierarchies h = publication.hierarchies();
        for (int i = 0; i < dimensions.length; i++) {
            for (int j = 0; j < dimensions.length; j++) {
                if (h.above(dimensions[j], dimensions[i])) {
                    int implied = h.implied(dimensions[i], grouped[i], dimensions[j]);
                    if (implied != Hierarchies.UNKNOWN && implied != grouped[j]) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** Whether a dimension can have one of the accepted codes, given the grouped ones. */
    boolean possible(int dimension, boolean[] accepted, int[] grouped) {
        Hierarchies h = publication.hierarchies();
        for (int i = 0; i < dimensions.length; i++) {
            if (dimensions[i] == dimension) {
                return accepted[grouped[i]];
            }
            if (h.above(dimension, dimensions[i])) {
                int implied = h.implied(dimensions[i], grouped[i], dimension);
                if (implied != Hierarchies.UNKNOWN) {
                    return accepted[implied];
                }
            }
        }
        for (int c = 0; c < accepted.length; c++) {
            if (accepted[c] && agrees(dimension, c, grouped)) {
                return true;
            }
        }
        return false;
    }

    private boolean agrees(int dimension, int code, int[] grouped) {
        Hierarchies h = publication.hierarchies();
        for (int i = 0; i < dimensions.length; i++) {
            if (h.above(dimensions[i], dimension)) {
                int implied = h.implied(dimension, code, dimensions[i]);
                if (implied != Hierarchies.UNKNOWN && implied != grouped[i]) {
                    return false;
                }
            }
        }
        return true;
    }
}

package dev.hufu.anonymizer.publication;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The dimensions grouped by and their combinations, numbered with the last dimension fastest. Also answers what a combination
 * implies for other dimensions by the hierarchies. Not thread safe; one query an instance.
 */
final class Grouping {
    private final Publication publication;
    private final int[] dimensions;
    private final int[] radix;
    private final int size;

    Grouping(Publication publication, int[] dimensions) {
        this.publication = publication;
        this.dimensions = dimensions;
        radix = Arrays.stream(dimensions)
                .map(d -> publication.dimensions().get(d).codes())
                .toArray();
        size = Arrays.stream(radix).reduce(1, Math::multiplyExact);
    }

    int size() {
        return size;
    }

    /** The cells of the first {@code n} rows. */
    int[] cells(short[][] codes, int[] rows, int n) {
        int[] cells = new int[n];
        for (int d = 0; d < dimensions.length; d++) {
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
        return codes;
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

package dev.hufu.anonymizer.publication;

/**
 * Rows of a generation that are present in a period and pass a filter, ascending, with the cell of each. Narrowed column by column
 * in plain loops over arrays: a statistic spends nearly all its time here.
 */
final class Selection {
    private final int[] rows;
    private final int[] cells;
    private final int size;

    Selection(Generation g, int period, Filter filter, Grouping grouping) {
        int[] present = new int[g.rows()];
        short[] from = g.from();
        short[] to = g.to();
        int n = 0;
        for (int r = 0; r < present.length; r++) {
            if (from[r] <= period && period <= to[r]) {
                present[n++] = r;
            }
        }
        rows = present;
        size = filter.narrow(g.codes(), present, n);
        cells = grouping.cells(g.codes(), rows, size);
    }

    int[] rows() {
        return rows;
    }

    int[] cells() {
        return cells;
    }

    int size() {
        return size;
    }

    int row(int i) {
        return rows[i];
    }

    int cell(int i) {
        return cells[i];
    }
}

package dev.hufu.service.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows as aligned text; numbers to the right, and a Chinese character takes two cells as terminals draw it. */
final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();
    private final List<Boolean> toTheRight = new ArrayList<>();

    TextTable(List<String> header) {
        rows.add(List.copyOf(header));
        header.forEach(ignored -> toTheRight.add(false));
    }

    /** Marks a column as numbers. */
    void alignRight(int column) {
        toTheRight.set(column, true);
    }

    void add(List<String> row) {
        if (row.size() != toTheRight.size()) {
            throw new IllegalArgumentException(row.size() + " cells for " + toTheRight.size() + " columns");
        }
        rows.add(List.copyOf(row));
    }

    void print(PrintWriter out) {
        int[] widths = new int[toTheRight.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        for (int r = 0; r < rows.size(); r++) {
            out.println(line(rows.get(r), widths));
            if (r == 0) {
                out.println(rule(widths));
            }
        }
    }

    private String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = row.get(i);
            String padding = " ".repeat(widths[i] - width(cell));
            line.append(i == 0 ? "" : "  ").append(toTheRight.get(i) ? padding + cell : cell + padding);
        }
        return line.toString().stripTrailing();
    }

    private static String rule(int[] widths) {
        var rule = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            rule.append(i == 0 ? "" : "  ").append("-".repeat(widths[i]));
        }
        return rule.toString();
    }

    private static int width(String text) {
        return text.codePoints()
                .map(c -> Character.isIdeographic(c) || (c >= 0x3000 && c <= 0x30ff) || (c >= 0xff01 && c <= 0xff60)
                        ? 2
                        : 1)
                .sum();
    }
}

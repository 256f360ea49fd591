package dev.hufu.service.web.pages;

import java.util.ArrayList;
import java.util.List;

/**
 * A text with the place that was refused.
 *
 * @param from UTF-16 offset of the place
 * @param to its end
 */
record MarkedSql(List<Line> lines, int from, int to) {
    /** @param marked empty but for the line of the place */
    record Line(int number, String before, String marked, String after) {}

    MarkedSql {
        lines = List.copyOf(lines);
    }

    /**
     * Finds the place as the query language counts: in code points, a literal as one run whatever line breaks it holds. A place
     * past the end is marked there.
     *
     * @param identifier the word at the place, empty for a single sign
     */
    static MarkedSql of(String sql, int line, int column, String identifier) {
        int from = offset(sql, line, column);
        int length = sql.startsWith(identifier, from) && !identifier.isEmpty()
                ? identifier.length()
                : from < sql.length() && sql.charAt(from) != '\n' ? Character.charCount(sql.codePointAt(from)) : 0;
        List<Line> lines = new ArrayList<>();
        int start = 0;
        int number = 1;
        for (String text : sql.split("\n", -1)) {
            int end = start + text.length();
            boolean here = from >= start && from <= end;
            int a = here ? from - start : text.length();
            int b = here ? Math.min(text.length(), a + length) : text.length();
            String marked = here ? text.substring(a, b) : "";
            lines.add(
                    new Line(number, text.substring(0, a), here && marked.isEmpty() ? " " : marked, text.substring(b)));
            start = end + 1;
            number++;
        }
        return new MarkedSql(lines, from, from + length);
    }

    private static int offset(String sql, int line, int column) {
        int atLine = 1;
        int atColumn = 1;
        int quote = 0;
        int i = 0;
        while (i < sql.length() && (atLine < line || (atLine == line && atColumn < column))) {
            int c = sql.codePointAt(i);
            if (c == '\n' && quote == 0) {
                if (atLine == line) {
                    return i;
                }
                atLine++;
                atColumn = 1;
            } else {
                atColumn++;
                if (quote == 0 && (c == '\'' || c == '"')) {
                    quote = c;
                } else if (c == quote) {
                    quote = 0;
                }
            }
            i += Character.charCount(c);
        }
        return i;
    }
}

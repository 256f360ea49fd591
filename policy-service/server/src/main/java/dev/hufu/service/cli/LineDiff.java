package dev.hufu.service.cli;

import java.util.ArrayList;
import java.util.List;

/** What lines two texts do not share, in the unified format: the longest common subsequence by dynamic programming. */
final class LineDiff {
    private static final int CONTEXT = 3;
    /** Beyond this many pairs of lines (64 MB) all between the first and last difference counts as different. */
    private static final long MAX_PAIRS = 16_000_000;

    /** A line, with {@code ' '}, {@code '-'} or {@code '+'} before it. */
    private record Line(char sign, String text) {}

    private LineDiff() {}

    /** Empty where the texts are the same. */
    static String unified(String file, String before, String after) {
        if (before.equals(after)) {
            return "";
        }
        List<Line> lines = lines(split(before), split(after));
        StringBuilder out = new StringBuilder("--- " + file + "\n+++ " + file + "\n");
        int[] rows = {1, 1};
        for (int at = 0; at < lines.size(); ) {
            int first = nextChange(lines, at);
            if (first == lines.size()) {
                break;
            }
            int from = Math.max(at, first - CONTEXT);
            advance(lines.subList(at, from), rows);
            int to = hunkEnd(lines, first);
            hunk(lines.subList(from, to), rows, out);
            at = to;
        }
        return out.toString();
    }

    private static List<String> split(String text) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        if (lines.getLast().isEmpty()) {
            lines.removeLast();
        } else {
            lines.set(lines.size() - 1, lines.getLast() + "\n\\ No newline at end of file");
        }
        return lines;
    }

    private static int nextChange(List<Line> lines, int from) {
        int at = from;
        while (at < lines.size() && lines.get(at).sign == ' ') {
            at++;
        }
        return at;
    }

    /** Behind the last change that is near enough to the one before, with its context. */
    private static int hunkEnd(List<Line> lines, int first) {
        int last = first;
        for (int next = nextChange(lines, last + 1);
                next < lines.size() && next - last <= 2 * CONTEXT;
                next = nextChange(lines, last + 1)) {
            last = next;
        }
        return Math.min(lines.size(), last + 1 + CONTEXT);
    }

    private static void advance(List<Line> lines, int[] rows) {
        for (Line line : lines) {
            rows[0] += line.sign == '+' ? 0 : 1;
            rows[1] += line.sign == '-' ? 0 : 1;
        }
    }

    private static void hunk(List<Line> lines, int[] rows, StringBuilder out) {
        long old = lines.stream().filter(line -> line.sign != '+').count();
        long fresh = lines.stream().filter(line -> line.sign != '-').count();
        out.append("@@ -").append(rows[0]).append(',').append(old);
        out.append(" +").append(rows[1]).append(',').append(fresh).append(" @@\n");
        lines.forEach(line -> out.append(line.sign).append(line.text).append('\n'));
        advance(lines, rows);
    }

    private static List<Line> lines(List<String> a, List<String> b) {
        int head = 0;
        while (head < Math.min(a.size(), b.size()) && a.get(head).equals(b.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < Math.min(a.size(), b.size()) - head
                && a.get(a.size() - 1 - tail).equals(b.get(b.size() - 1 - tail))) {
            tail++;
        }
        List<Line> lines = new ArrayList<>();
        a.subList(0, head).forEach(text -> lines.add(new Line(' ', text)));
        middle(a.subList(head, a.size() - tail), b.subList(head, b.size() - tail), lines);
        a.subList(a.size() - tail, a.size()).forEach(text -> lines.add(new Line(' ', text)));
        return lines;
    }

    private static void middle(List<String> a, List<String> b, List<Line> lines) {
        if ((long) a.size() * b.size() > MAX_PAIRS) {
            a.forEach(text -> lines.add(new Line('-', text)));
            b.forEach(text -> lines.add(new Line('+', text)));
            return;
        }
        int[][] common = new int[a.size() + 1][b.size() + 1];
        for (int i = a.size() - 1; i >= 0; i--) {
            for (int j = b.size() - 1; j >= 0; j--) {
                common[i][j] = a.get(i).equals(b.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < a.size() || j < b.size()) {
            if (i < a.size() && j < b.size() && a.get(i).equals(b.get(j))) {
                lines.add(new Line(' ', a.get(i)));
                i++;
                j++;
            } else if (j == b.size() || (i < a.size() && common[i + 1][j] >= common[i][j + 1])) {
                lines.add(new Line('-', a.get(i++)));
            } else {
                lines.add(new Line('+', b.get(j++)));
            }
        }
    }
}

package dev.hufu.rego.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The patterns of {@code regex.globs_match}: characters, {@code .} and sets, each once, {@code +} or {@code *}. */
final class GlobPattern {
    private static final int MAX_LENGTH = 2_000;

    /** How often a token stands. */
    enum Times {
        ONCE,
        PLUS,
        STAR
    }

    /**
     * What may stand at a place.
     *
     * @param any {@code .}
     * @param ranges last code point by first, apart from each other; none for {@code .}
     */
    record Token(boolean any, NavigableMap<Integer, Integer> ranges, Times times) {
        boolean meets(Token other) {
            if (any || other.any) {
                return true;
            }
            return ranges.entrySet().stream().anyMatch(range -> {
                var below = other.ranges.floorEntry(range.getValue());
                return below != null && below.getValue() >= range.getKey();
            });
        }

        /** Whether both stand any number of times for the same. */
        boolean repeats(Token other) {
            boolean several = times != Times.ONCE && other.times != Times.ONCE;
            return several && any == other.any && ranges.equals(other.ranges);
        }

        Token with(Times changed) {
            return new Token(any, ranges, changed);
        }
    }

    private final int[] input;
    private int at;

    private GlobPattern(int[] input) {
        this.input = input;
    }

    static List<Token> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw BuiltinException.failed("pattern longer than " + MAX_LENGTH);
        }
        GlobPattern pattern = new GlobPattern(text.codePoints().toArray());
        List<Token> tokens = new ArrayList<>();
        while (pattern.at < pattern.input.length) {
            Token next = pattern.token();
            if (tokens.isEmpty() || !next.repeats(tokens.getLast())) {
                tokens.add(next);
            } else {
                boolean plus = next.times == Times.PLUS || tokens.getLast().times == Times.PLUS;
                tokens.set(tokens.size() - 1, next.with(plus ? Times.PLUS : Times.STAR));
            }
        }
        return tokens;
    }

    private BuiltinException invalid(String why) {
        return BuiltinException.failed("input:" + new String(input, 0, input.length) + ", pos:" + at + ", " + why
                + ": the input provided is invalid");
    }

    private Token token() {
        int c = input[at++];
        boolean any = c == '.';
        NavigableMap<Integer, Integer> ranges = new TreeMap<>();
        switch (c) {
            case '.' -> {
                // anything
            }
            case '[' -> set(ranges);
            case ']' -> throw invalid("set-close ']' with no preceding '['");
            case '+', '*' -> throw invalid("flag '" + (char) c + "' must be preceded by a non-flag");
            case '\\' -> one(ranges, escaped());
            default -> one(ranges, c);
        }
        return new Token(any, ranges, times());
    }

    private static void one(NavigableMap<Integer, Integer> ranges, int c) {
        add(ranges, c, c);
    }

    private static void add(NavigableMap<Integer, Integer> ranges, int from, int to) {
        int first = from;
        int last = to;
        for (var below = ranges.floorEntry(last == Integer.MAX_VALUE ? last : last + 1);
                below != null && below.getValue() >= first - 1;
                below = ranges.floorEntry(last + 1)) {
            first = Math.min(first, below.getKey());
            last = Math.max(last, below.getValue());
            ranges.remove(below.getKey());
        }
        ranges.put(first, last);
    }

    private int escaped() {
        if (at >= input.length) {
            throw invalid("input ends with a \\ (escape) character");
        }
        return input[at++];
    }

    private Times times() {
        int c = at < input.length ? input[at] : 0;
        Times times = c == '+' ? Times.PLUS : c == '*' ? Times.STAR : Times.ONCE;
        at += times == Times.ONCE ? 0 : 1;
        return times;
    }

    private void set(NavigableMap<Integer, Integer> ranges) {
        int previous = -1;
        while (at < input.length) {
            int c = input[at++];
            if (c == ']') {
                return;
            }
            if (c != '-') {
                previous = c == '\\' ? escaped() : c;
                one(ranges, previous);
                continue;
            }
            if (previous < 0) {
                throw invalid("range character '-' must be preceded by a Unicode character");
            }
            if (at >= input.length - 1) {
                throw invalid("range character '-' must be followed by a Unicode character");
            }
            int end = input[at++];
            if (end == ']' || end == '-') {
                throw invalid("range character '-' cannot be followed by a special symbol");
            }
            end = end == '\\' ? escaped() : end;
            if (end < previous) {
                throw invalid("range is out of order");
            }
            add(ranges, previous, end);
            previous = -1;
        }
        throw invalid("found [ without matching ]");
    }
}

package dev.hufu.rego.builtin;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Bounds what counted repeats of a pattern multiply to when they are nested, as Go's regexp does and re2j does not: it would
 * unroll them all. Reads just enough of the syntax to know where groups and repeats are; a malformed pattern is left to the
 * compiler.
 */
final class Repeats {
    /** Go's bound. */
    static final int MOST = 1_000;

    private final String pattern;
    private int at;

    private Repeats(String pattern) {
        this.pattern = pattern;
    }

    static boolean tooMany(String pattern) {
        return new Repeats(pattern).weight() > MOST;
    }

    /** The largest product of repeats around any one place. */
    private long weight() {
        Deque<Long> outer = new ArrayDeque<>();
        long largest = 1; // in the group so far
        long last = 1; // of what a repeat would apply to
        while (at < pattern.length()) {
            char c = pattern.charAt(at++);
            if (c == '(') {
                outer.push(largest);
                largest = 1;
            } else if (c == ')' && !outer.isEmpty()) {
                last = largest;
                largest = Math.max(largest, outer.pop());
            } else if (c == '{') {
                last = Math.min(Integer.MAX_VALUE, last * count());
                largest = Math.max(largest, last);
            } else if (c != '*' && c != '+' && c != '?') {
                skip(c);
                last = 1;
            }
        }
        while (!outer.isEmpty()) {
            largest = Math.max(largest, outer.pop());
        }
        return largest;
    }

    /** Passes over what an escape or a class holds. */
    private void skip(char c) {
        if (c == '\\' && at < pattern.length()) {
            int end = pattern.charAt(at++) == 'Q' ? pattern.indexOf("\\E", at) : at;
            at = end < 0 ? pattern.length() : end;
        } else if (c == '[') {
            at += pattern.startsWith("^", at) ? 1 : 0;
            at += pattern.startsWith("]", at) ? 1 : 0;
            while (at < pattern.length() && pattern.charAt(at) != ']') {
                at += pattern.charAt(at) == '\\' ? 2 : pattern.startsWith("[:", at) ? named() : 1;
            }
            at++;
        }
    }

    private int named() {
        int end = pattern.indexOf(":]", at);
        return end < 0 ? 1 : end + 2 - at;
    }

    /** The larger number of <code>{n}</code>, <code>{n,}</code>, <code>{n,m}</code>; 1 where the brace is an ordinary character. */
    private long count() {
        int end = pattern.indexOf('}', at);
        String[] numbers = end < 0 ? new String[0] : pattern.substring(at, end).split(",", -1);
        long most = 1;
        for (int i = 0; i < numbers.length; i++) {
            boolean open = i == 1 && numbers[i].isEmpty();
            boolean digits = !numbers[i].isEmpty() && numbers[i].chars().allMatch(c -> c >= '0' && c <= '9');
            if (numbers.length > 2 || (!open && !digits)) {
                return 1;
            }
            most = open ? most : Math.max(most, numbers[i].length() > 9 ? MOST + 1 : Long.parseLong(numbers[i]));
        }
        at = end < 0 ? at : end + 1;
        return most;
    }
}

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

    private static final int LARGEST = 100_000;

    private final String pattern;
    private int at;

    private Repeats(String pattern) {
        this.pattern = pattern;
    }

    static boolean tooMany(String pattern) {
        return new Repeats(pattern).weight().deepest > MOST;
    }

    /** Whether its program would be larger than anyone's pattern: a megabyte and more. */
    static boolean tooLarge(String pattern) {
        return new Repeats(pattern).weight().all > LARGEST;
    }

    /**
     * Of a group, or of what a repeat would apply to.
     *
     * @param deepest the largest product of repeats around any one place
     * @param all places, repeats unrolled
     */
    private record Weight(long deepest, long all) {
        static final Weight NOTHING = new Weight(1, 0);
        static final Weight ONE = new Weight(1, 1);

        Weight then(Weight next) {
            return new Weight(Math.max(deepest, next.deepest), Math.min(Integer.MAX_VALUE, all + next.all));
        }

        Weight times(long count) {
            return new Weight(Math.min(Integer.MAX_VALUE, deepest * count), Math.min(Integer.MAX_VALUE, all * count));
        }
    }

    private Weight weight() {
        Deque<Weight> outer = new ArrayDeque<>();
        Weight before = Weight.NOTHING; // in the group, without the last
        Weight last = Weight.NOTHING; // what a repeat would apply to
        while (at < pattern.length()) {
            char c = pattern.charAt(at++);
            if (c == '(') {
                outer.push(before.then(last));
                before = Weight.NOTHING;
                last = Weight.NOTHING;
            } else if (c == ')' && !outer.isEmpty()) {
                last = before.then(last);
                before = outer.pop();
            } else if (c == '{') {
                last = last.times(count());
            } else if (c != '*' && c != '+' && c != '?') {
                skip(c);
                before = before.then(last);
                last = Weight.ONE;
            }
        }
        Weight whole = before.then(last);
        while (!outer.isEmpty()) {
            whole = whole.then(outer.pop());
        }
        return whole;
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

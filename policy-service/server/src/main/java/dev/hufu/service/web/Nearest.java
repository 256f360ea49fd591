package dev.hufu.service.web;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Existing names that a wrong one may have meant. */
final class Nearest {
    private static final int MOST = 3;
    private static final int MAX_WORD = 64;

    private Nearest() {}

    private record Near(String name, int distance) {}

    /** At most three, the nearest first: those that a third of the word's letters away at most, or that hold it. */
    static List<String> to(String word, Collection<String> names) {
        if (word.length() > MAX_WORD) {
            return List.of();
        }
        String asked = word.toLowerCase(Locale.ROOT);
        return names.stream()
                .map(name -> new Near(name, distance(asked, name.toLowerCase(Locale.ROOT))))
                .filter(near -> near.distance() <= Math.max(1, asked.length() / 3))
                .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
                .limit(MOST)
                .map(Near::name)
                .toList();
    }

    /** Levenshtein's, in two rows (Wagner and Fischer, 1974); a part of a name is as near as one letter. */
    private static int distance(String a, String b) {
        if (a.length() > 2 && b.contains(a)) {
            return a.equals(b) ? 0 : 1;
        }
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(above[j - 1] + same, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}

package dev.hufu.rego.builtin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What may have been meant by a name that nothing has. */
final class GraphqlSuggestions {
    private static final int SHOWN = 5;
    private static final int MAX_LENGTH = 100;

    private GraphqlSuggestions() {}

    /** Those that few edits make of it, nearest first. */
    static List<String> near(String typed, List<String> options) {
        int most = Math.max(1, (int) Math.floor(typed.length() * 0.4) + 1);
        List<String> found = new ArrayList<>();
        for (String option : options) {
            boolean comparable = typed.length() <= MAX_LENGTH && option.length() <= MAX_LENGTH;
            if (comparable && distance(typed, option) <= most) {
                found.add(option);
            }
        }
        found.sort(Comparator.comparingInt(option -> distance(typed, option)));
        return found;
    }

    /** {@code " Did you mean "a" or "b"?"}, empty where nothing is near. */
    static String quoted(String prefix, String typed, List<String> options) {
        List<String> found = near(typed, options);
        return found.isEmpty() ? "" : " " + prefix + " " + either(found, true) + "?";
    }

    static String either(List<String> items, boolean quote) {
        List<String> shown = items.stream()
                .limit(SHOWN)
                .map(item -> quote ? "\"" + item + "\"" : item)
                .toList();
        if (shown.size() <= 2) {
            return String.join(" or ", shown);
        }
        return String.join(", ", shown.subList(0, shown.size() - 1)) + ", or " + shown.getLast();
    }

    /** Levenshtein's; a change of case is one edit. */
    private static int distance(String one, String other) {
        if (one.equals(other)) {
            return 0;
        }
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        if (a.equals(b)) {
            return 1;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}

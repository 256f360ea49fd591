package dev.hufu.anonymizer.query;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Which known names a misspelt one may have meant. */
public final class NearNames {
    private static final int MOST = 3;
    /** Longer ones are no slip of the pen, and the distance costs their length squared. */
    private static final int LONGEST = 64;

    private NearNames() {}

    /** At most three, the nearest first: a third of the letters may differ, or one begins or ends with the other. */
    public static List<String> of(String name, Collection<String> known) {
        if (name.length() > LONGEST) {
            return List.of();
        }
        String typed = name.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(k -> k.length() <= LONGEST && near(typed, k.toLowerCase(Locale.ROOT)))
                .sorted(Comparator.<String>comparingInt(k -> distance(typed, k.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST)
                .toList();
    }

    private static boolean near(String typed, String known) {
        int shorter = Math.min(typed.length(), known.length());
        boolean part = shorter >= 3
                && (typed.startsWith(known)
                        || typed.endsWith(known)
                        || known.startsWith(typed)
                        || known.endsWith(typed));
        return part || distance(typed, known) <= Math.max(1, shorter / 3);
    }

    /** Letters to insert, drop or replace (Levenshtein, by rows). */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j - 1], row[j]));
            }
        }
        return row[b.length()];
    }
}

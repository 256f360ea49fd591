package dev.hufu.rego.builtin;

import org.jspecify.annotations.Nullable;

/**
 * Finds a text in another. Where trying each place could take the product of both lengths, in time that is their sum (Knuth,
 * Morris and Pratt, "Fast pattern matching in strings", 1977), looking at the time as it goes.
 */
final class Search {
    /** Comparisons that take less than a few milliseconds. */
    private static final long FEW = 1 << 22;

    private static final int CHUNK = 1_024;

    private final Context context;
    private final String text;
    private final String needle;
    /** Of each beginning of the needle, how long the longest other beginning is that it ends with. */
    private final int @Nullable [] border;

    /** Where it was found last; -1 before. */
    private int found = -1;

    Search(Context context, String text, String needle) {
        this.context = context;
        this.text = text;
        this.needle = needle;
        boolean few = needle.length() > text.length() || (long) text.length() * needle.length() <= FEW;
        border = few || needle.length() < 4 ? null : border();
    }

    static boolean contains(Context context, String text, String needle) {
        return new Search(context, text, needle).from(0) >= 0;
    }

    /** The first place from here on, or -1. */
    int from(int start) {
        int[] known = border;
        if (known == null) {
            return text.indexOf(needle, start);
        }
        // one place further, the found one's end is known to be the needle's beginning
        boolean overlaps = found >= 0 && start == found + 1;
        int matched = overlaps ? known[needle.length() - 1] : 0;
        for (int at = overlaps ? found + needle.length() : start; at < text.length(); at++) {
            pace(at);
            matched = grown(known, matched, text.charAt(at));
            if (matched == needle.length()) {
                found = at + 1 - matched;
                return found;
            }
        }
        return -1;
    }

    private int grown(int[] known, int matched, char c) {
        int length = matched;
        while (length > 0 && needle.charAt(length) != c) {
            length = known[length - 1];
        }
        return needle.charAt(length) == c ? length + 1 : 0;
    }

    private int[] border() {
        int[] made = new int[needle.length()];
        for (int at = 1; at < made.length; at++) {
            pace(at);
            made[at] = grown(made, made[at - 1], needle.charAt(at));
        }
        return made;
    }

    private void pace(int at) {
        if (at % CHUNK == 0) {
            context.spend(CHUNK / 4);
        }
    }
}

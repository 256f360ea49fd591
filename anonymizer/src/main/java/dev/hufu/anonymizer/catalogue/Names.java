package dev.hufu.anonymizer.catalogue;

import java.util.Locale;

/** Names of datasets and columns: 1 to 64 printable characters without quotes, compared without case. */
final class Names {
    private static final int MAX_LENGTH = 64;

    private Names() {}

    static void check(String name) {
        boolean ok = !name.isBlank()
                && name.length() <= MAX_LENGTH
                && name.codePoints().allMatch(c -> c >= ' ' && c != '"' && c != 0x7f);
        if (!ok) {
            throw new IllegalArgumentException("a name is 1 to " + MAX_LENGTH + " printable characters without quotes");
        }
    }

    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}

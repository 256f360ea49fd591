package dev.hufu.rego.format;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * How a module's rules are written, by its language and what it imports.
 *
 * @param v1 {@code :=} for values, {@code if} before bodies
 * @param ifs a body comes behind {@code if}
 * @param contains a set's rule says {@code contains}
 * @param longNames the module has heads such as {@code a.b.c}; without one, a head's only key stands in brackets
 * @param keywords words that a key after a dot may not be, unless the author wrote it so
 */
record Style(boolean v1, boolean ifs, boolean contains, boolean longNames, Set<String> keywords) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    Style {
        keywords = Set.copyOf(keywords);
    }

    /** {@code quoted}: the author wrote the key in quotes. */
    boolean dotted(String key, boolean quoted) {
        return isName(key) && !(quoted && keywords.contains(key));
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}

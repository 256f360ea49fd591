package dev.hufu.rego.lint;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a rule is about. */
public enum Category {
    BUGS,
    IDIOMATIC,
    IMPORTS,
    PERFORMANCE,
    STYLE,
    TESTING,
    CUSTOM,
    /** Of the one finding that is no rule's: a module that does not parse. */
    PARSE;

    /** As it stands in a configuration. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Category> of(String text) {
        return Arrays.stream(values())
                .filter(category -> category.text().equals(text))
                .findFirst();
    }
}

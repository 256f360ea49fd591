package dev.hufu.rego.lint;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How much a finding weighs, the lightest first. */
public enum Level {
    /** The rule is off. */
    IGNORE,
    WARNING,
    ERROR;

    /** As it stands in a configuration. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Level> of(String text) {
        return Arrays.stream(values())
                .filter(level -> level.text().equals(text))
                .findFirst();
    }
}

package dev.hufu.rego;

import java.util.Objects;

/** A module's text and the name that its errors and locations carry. */
public record Source(String file, String text) {
    public Source {
        Objects.requireNonNull(file);
        Objects.requireNonNull(text);
    }
}

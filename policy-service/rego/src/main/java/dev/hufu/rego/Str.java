package dev.hufu.rego;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A string of Unicode code points, ordered by code point. */
public record Str(String value) implements Value {
    public Str {
        Objects.requireNonNull(value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Str text && value.equals(text.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public int rank() {
        return 3;
    }

    @Override
    public int weight() {
        return Weight.checked(1L + value.length());
    }

    @Override
    public String typeName() {
        return "string";
    }

    @Override
    public String toString() {
        return Text.of(this);
    }
}

package dev.hufu.rego;

import java.util.Objects;
import java.util.Optional;

/**
 * A module's text and the name that its errors and locations carry.
 *
 * @param version of the language; empty where the compiler's option decides
 */
public record Source(String file, String text, Optional<RegoVersion> version) {
    public Source {
        Objects.requireNonNull(file);
        Objects.requireNonNull(text);
        Objects.requireNonNull(version);
    }

    public Source(String file, String text) {
        this(file, text, Optional.empty());
    }

    /** Whether it is a v0 module where {@code v0} is what the options say. */
    public boolean isV0(boolean v0) {
        return version.map(own -> own == RegoVersion.V0).orElse(v0);
    }
}

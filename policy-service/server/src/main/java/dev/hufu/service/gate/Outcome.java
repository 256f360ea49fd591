package dev.hufu.service.gate;

import java.util.Locale;

/** How a request is judged. */
public enum Outcome {
    PERMIT,
    DENY;

    /** {@code permit} or {@code deny}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}

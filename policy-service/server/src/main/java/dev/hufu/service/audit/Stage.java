package dev.hufu.service.audit;

import java.util.Locale;

/** The stages of the data life cycle after GB/T 37988. */
public enum Stage {
    COLLECTION,
    TRANSMISSION,
    STORAGE,
    PROCESSING,
    EXCHANGE,
    DESTRUCTION;

    /** The form in entries. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dev.hufu.service.web.pages;

import java.util.Locale;

/** Why nothing came of a question through no fault of it. */
enum Trouble {
    /** The audit log has stopped. */
    STOPPED(503),
    /** Too many wait for the audit log. */
    BUSY(503),
    /** The data is still being prepared. */
    PREPARING(503),
    /** The permit carries a duty that a statistic cannot meet. */
    UNMET(403),
    /** More rows than the console can hold for its reader. */
    TOO_LARGE(413);

    private final int status;

    Trouble(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }

    /** As message keys have it. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

package dev.hufu.service.web.pages;

import dev.hufu.service.web.ProblemType;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Why nothing came of a question through no fault of it. */
enum Trouble {
    /** The audit log has stopped. */
    STOPPED(503),
    /** No room for another entry. */
    DISK_FULL(503),
    /** The database does not answer. */
    DATABASE(503),
    /** Too many wait for the audit log. */
    BUSY(503),
    /** The data is still being prepared. */
    PREPARING(503),
    /** The permit carries a duty that a statistic cannot meet. */
    UNMET(403),
    /** More rows than the console can hold for its reader. */
    TOO_LARGE(413);

    private static final Map<ProblemType, Trouble> BY_PROBLEM = Map.of(
            ProblemType.NOT_READY, PREPARING,
            ProblemType.LOG_STOPPED, STOPPED,
            ProblemType.DISK_FULL, DISK_FULL,
            ProblemType.DATABASE, DATABASE,
            ProblemType.BUSY, BUSY);

    private final int status;

    Trouble(int status) {
        this.status = status;
    }

    /** Empty for a problem that is one of the question. */
    static Optional<Trouble> of(ProblemType problem) {
        return Optional.ofNullable(BY_PROBLEM.get(problem));
    }

    int status() {
        return status;
    }

    /** As message keys have it. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

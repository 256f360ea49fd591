package dev.hufu.auditlog;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the log's threads tell each other: how far the journal is durable, and whether all is over. Thread-safe. */
final class LogState {
    private volatile AuditLogException.@Nullable Stopped stopped;
    private volatile long durable;

    long durable() {
        return durable;
    }

    /** For the writer, after the force of the entries below {@code size}. */
    void durable(long size) {
        durable = size;
    }

    Optional<String> stopped() {
        return Optional.ofNullable(stopped).map(Throwable::getMessage);
    }

    /** Stops the log; the first reason stays. */
    synchronized AuditLogException.Stopped stop(String reason, Throwable cause) {
        AuditLogException.Stopped first = stopped;
        if (first == null) {
            first = new AuditLogException.Stopped(
                    "the log has stopped: " + reason + "; nothing is appended before an operator restarts it", cause);
            stopped = first;
        }
        return first;
    }

    /** Throws if the log has stopped. */
    void requireRunning() {
        AuditLogException.Stopped reason = stopped;
        if (reason != null) {
            throw new AuditLogException.Stopped(String.valueOf(reason.getMessage()), reason);
        }
    }
}

package dev.hufu.auditlog;

import java.util.Optional;

/**
 * How a log is.
 *
 * @param durable number of entries in the journal
 * @param integrated number of entries under the signed checkpoint
 * @param waiting number of entries in the queue
 * @param stopped why the log appends no more, if it does not
 */
public record LogHealth(long durable, long integrated, int waiting, Optional<String> stopped) {
    /** Whether the log takes entries. */
    public boolean accepting() {
        return stopped.isEmpty();
    }
}

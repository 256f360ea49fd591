package dev.hufu.service.analytics;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where publishing stands, for health and operators. Holds no figure about people.
 *
 * @param phase what is going on
 * @param done steps of the running build
 * @param all steps of the running build, 0 before it is known
 * @param published periods by population
 * @param failed populations that could not be published as they are now, and why; what was published of them before answers
 * @param since when this phase began
 */
public record PublicationsStatus(
        Phase phase,
        int done,
        int all,
        Map<String, List<String>> published,
        Map<String, Unpublished> failed,
        Optional<Instant> since) {
    /** What is going on. */
    public enum Phase {
        /** Nothing has been asked for yet. */
        WAITING,
        /** Publications are being read or built; those of before still answer. */
        WORKING,
        /** All populations are published, or are listed as failed. */
        READY
    }

    public PublicationsStatus {
        published = Map.copyOf(published);
        failed = Map.copyOf(failed);
    }
}

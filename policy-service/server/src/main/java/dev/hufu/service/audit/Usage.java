package dev.hufu.service.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A use of somebody's data, as that person may see it: never the acting person's name nor what they wrote.
 *
 * @param entryId the entry
 * @param time when
 * @param type what happened
 * @param action what was done
 * @param dataset with which dataset
 * @param fields with which of its fields
 * @param purpose for which purpose, a CURIE
 * @param legalBasis on which legal basis, an article
 * @param roles roles of whoever did it
 * @param unit organisation unit of whoever did it
 * @param individual whether the person was looked at on their own, or in statistics only
 * @param persons people concerned, rounded to tens and at least 10, in statistics; 1 where individual
 */
public record Usage(
        String entryId,
        Instant time,
        EntryType type,
        String action,
        Optional<String> dataset,
        List<String> fields,
        Optional<String> purpose,
        Optional<String> legalBasis,
        List<String> roles,
        Optional<String> unit,
        boolean individual,
        int persons) {
    /** Copies the lists. */
    public Usage {
        fields = List.copyOf(fields);
        roles = List.copyOf(roles);
    }
}

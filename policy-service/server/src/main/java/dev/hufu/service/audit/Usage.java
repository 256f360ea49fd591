package dev.hufu.service.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A use of somebody's data, or a refusal of one, as that person may see it: never the acting person's name nor what they wrote.
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
 * @param kind how it was about the person
 * @param persons people concerned; rounded to tens and at least 10 but where it was about that person alone
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
        Cohort.Kind kind,
        int persons) {
    /** Copies the lists. */
    public Usage {
        fields = List.copyOf(fields);
        roles = List.copyOf(roles);
    }
}

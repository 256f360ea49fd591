package dev.hufu.service.notices;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One use of a person's data, as that person may see it: by which roles and unit, never by whom nor with what words.
 *
 * @param entryId the entry in the audit log
 * @param action what was done, by its name in the vocabulary
 * @param fields columns of the dataset that were used; none when only persons were counted
 * @param purpose CURIE of the purpose
 * @param legalBasis its article, as {@code 13-1-2}
 * @param individual whether the person was looked at on their own, and not as one of a group
 * @param persons people concerned, rounded to tens; 1 where individual
 * @param provenBy entries under the signed checkpoint that proves it; empty while it waits for one
 */
public record Use(
        String entryId,
        Instant time,
        String action,
        Optional<String> dataset,
        List<String> fields,
        Optional<String> purpose,
        Optional<String> legalBasis,
        List<String> roles,
        Optional<String> unit,
        boolean individual,
        int persons,
        OptionalLong provenBy) {
    public Use {
        fields = List.copyOf(fields);
        roles = List.copyOf(roles);
    }

    /** Whether data went to somebody outside or abroad. */
    public boolean leftTheCompany() {
        return switch (action) {
            case "provide", "export", "disclose", "publish" -> true;
            default -> false;
        };
    }
}

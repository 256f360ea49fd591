package dev.hufu.service.notices;

import dev.hufu.service.audit.Cohort;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One use of a person's data, or a request for it that was refused, as that person may see it: by which roles and unit, never by
 * whom nor with what words.
 *
 * @param entryId the entry in the audit log
 * @param action what was done, by its name in the vocabulary
 * @param fields columns of the dataset that were used; none when only persons were counted
 * @param purpose CURIE of the purpose
 * @param legalBasis its article, as {@code 13-1-2}
 * @param refused whether it was asked for and refused, so that nothing was used
 * @param how how it was about the person
 * @param persons people concerned, rounded to tens; 1 where it was about that person alone
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
        boolean refused,
        Cohort.Kind how,
        int persons) {
    public Use {
        fields = List.copyOf(fields);
        roles = List.copyOf(roles);
    }

    /** Whether data was let go to somebody outside or abroad. */
    public boolean leftTheCompany() {
        return switch (action) {
            case "provide", "export", "disclose", "publish" -> !refused;
            default -> false;
        };
    }
}

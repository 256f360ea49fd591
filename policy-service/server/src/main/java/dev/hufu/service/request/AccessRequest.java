package dev.hufu.service.request;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One ask, as the gate judges it and the log keeps it.
 *
 * @param fields columns of the dataset that the ask touches, in the catalogue's spelling, without repetition
 * @param justification free text of the caller, at most 2,000 characters; kept only as ciphertext under the actor's key
 * @param time when the ask arrived, by the server's clock
 * @throws IllegalArgumentException when a bound is exceeded
 */
public record AccessRequest(
        Principal subject,
        Action action,
        DatasetName dataset,
        List<String> fields,
        Purpose purpose,
        LegalBasis legalBasis,
        Optional<Recipient> recipient,
        String justification,
        Instant time) {
    /** Most fields that one ask may name. */
    public static final int MAX_FIELDS = 256;

    public static final int MAX_JUSTIFICATION = 2_000;

    public AccessRequest {
        fields = fields.stream().distinct().toList();
        if (fields.size() > MAX_FIELDS) {
            throw new IllegalArgumentException("at most " + MAX_FIELDS + " fields in one request");
        }
        if (justification.length() > MAX_JUSTIFICATION) {
            throw new IllegalArgumentException("a justification has at most " + MAX_JUSTIFICATION + " characters");
        }
    }
}

package dev.hufu.auditlog.receipt;

import dev.hufu.auditlog.json.CanonicalJson;
import dev.hufu.auditlog.merkle.Hash;
import dev.hufu.auditlog.merkle.TreeHasher;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an entry says of the answer that left: SHA-256(salt ‖ canonical JSON of the answer without its members
 * {@code receipt} and {@code salt}). The salt, 32 random bytes, travels with the answer only, so that nobody can guess an
 * answer from the log.
 */
public final class Commitment {
    /** Length of a salt, in bytes. */
    public static final int SALT_BYTES = 32;

    /** The answer's member that holds its receipt. */
    public static final String RECEIPT = "receipt";

    /** The answer's member that holds its salt, in lower-case hexadecimal. */
    public static final String SALT = "salt";

    private Commitment() {}

    /**
     * The commitment to {@code answer}.
     *
     * @throws IllegalArgumentException if the salt is not 32 bytes long, or the answer has no canonical form
     */
    public static Hash of(byte[] salt, ObjectNode answer) {
        if (salt.length != SALT_BYTES) {
            throw new IllegalArgumentException("a salt has 32 bytes, this one " + salt.length);
        }
        MessageDigest digest = TreeHasher.sha256();
        digest.update(salt);
        ObjectNode committed = answer.objectNode();
        for (String name : answer.propertyNames()) {
            if (!Set.of(RECEIPT, SALT).contains(name)) {
                committed.set(name, answer.required(name));
            }
        }
        return Hash.of(digest.digest(CanonicalJson.bytes(committed)));
    }

    /** The commitment to an answer that carries its salt; empty if it carries none in the one form there is. */
    public static Optional<Hash> of(ObjectNode answer) {
        JsonNode salt = answer.path(SALT);
        if (!salt.isString() || !salt.stringValue().matches("[0-9a-f]{64}")) {
            return Optional.empty();
        }
        return Optional.of(of(HexFormat.of().parseHex(salt.stringValue()), answer));
    }

    /** The commitment that an entry carries at {@code data.commitment}, if it is a JSON object that does. */
    public static Optional<Hash> in(JsonNode entry) {
        JsonNode value = entry.path("data").path("commitment");
        try {
            return value.isString() ? Optional.of(Hash.ofHex(value.stringValue())) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

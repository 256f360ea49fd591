package dev.hufu.service.release;

import dev.hufu.auditlog.merkle.Hash;
import dev.hufu.auditlog.receipt.Commitment;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import tools.jackson.databind.node.ObjectNode;

/** The 256 random bits of one commitment: with them an answer can be checked, without them it cannot be guessed from the log. */
final class Salt {
    private final byte[] bytes;

    private Salt(byte[] bytes) {
        this.bytes = bytes;
    }

    static Salt random(SecureRandom random) {
        byte[] bytes = new byte[Commitment.SALT_BYTES];
        random.nextBytes(bytes);
        return new Salt(bytes);
    }

    Hash commitTo(ObjectNode answer) {
        return Commitment.of(bytes, answer);
    }

    String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Salt salt && Arrays.equals(salt.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Says nothing: a salt belongs to the holder of the answer. */
    @Override
    public String toString() {
        return "Salt";
    }
}

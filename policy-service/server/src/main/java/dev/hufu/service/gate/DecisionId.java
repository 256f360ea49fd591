package dev.hufu.service.gate;

import java.security.SecureRandom;

/**
 * Names one decision: {@code d-} and 16 characters of Crockford's base 32, 80 random bits.
 *
 * @throws IllegalArgumentException for any other text
 */
public record DecisionId(String value) {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final String PREFIX = "d-";
    private static final int CHARACTERS = 16;

    public DecisionId {
        if (value.length() != PREFIX.length() + CHARACTERS
                || !value.startsWith(PREFIX)
                || !value.chars().skip(PREFIX.length()).allMatch(c -> ALPHABET.indexOf(c) >= 0)) {
            throw new IllegalArgumentException("a decision id is d- and 16 characters of Crockford's base 32");
        }
    }

    static DecisionId random(SecureRandom random) {
        byte[] bytes = new byte[CHARACTERS];
        random.nextBytes(bytes);
        StringBuilder text = new StringBuilder(PREFIX.length() + CHARACTERS).append(PREFIX);
        for (byte b : bytes) {
            text.append(ALPHABET.charAt(b & 31));
        }
        return new DecisionId(text.toString());
    }

    @Override
    public String toString() {
        return value;
    }
}

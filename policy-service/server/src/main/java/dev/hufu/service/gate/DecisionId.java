package dev.hufu.service.gate;

import java.security.SecureRandom;
import java.util.regex.Pattern;

/**
 * Names one decision: {@code d-} and 16 characters of Crockford's base 32, 80 random bits.
 *
 * @throws IllegalArgumentException for any other text
 */
public record DecisionId(String value) {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final Pattern FORM = Pattern.compile("d-[0-9A-HJKMNP-TV-Z]{16}");

    public DecisionId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a decision id is d- and 16 characters of Crockford's base 32");
        }
    }

    static DecisionId random(SecureRandom random) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        StringBuilder text = new StringBuilder(18).append("d-");
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

package dev.hufu.auditlog.json;

import java.util.Base64;

/** Base64 of RFC 4648 with padding, one text for one sequence of bytes. */
public final class StrictBase64 {
    private StrictBase64() {}

    /** Writes {@code bytes}. */
    public static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /**
     * Reads {@code text}, and refuses what {@link #encode} would not have written: missing padding, white space, set
     * bits after the last byte.
     *
     * @throws IllegalArgumentException for any such text
     */
    public static byte[] decode(String text) {
        byte[] bytes = Base64.getDecoder().decode(text);
        // The JDK's decoder ignores the unused bits of the last digit.
        if (!encode(bytes).equals(text)) {
            throw new IllegalArgumentException("base64 that would be written differently");
        }
        return bytes;
    }
}

package dev.hufu.rego.builtin;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A block of text as RFC 7468 writes it. */
record Pem(String type, Octets octets) {
    private static final Pattern BLOCK = Pattern.compile(
            "(?m)^-----BEGIN ([A-Z0-9 ]+)-----[ \\t]*\\r?\\n((?:[A-Za-z0-9-]+:[^\\n]*\\n)*)([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    /** The blocks of a text; what stands between them is skipped. */
    static List<Pem> blocks(String text) {
        List<Pem> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            try {
                String body = matcher.group(3).replaceAll("\\s", "");
                blocks.add(
                        new Pem(matcher.group(1), new Octets(Base64.getDecoder().decode(body))));
            } catch (IllegalArgumentException malformed) {
                // as Go does, a block that cannot be decoded is none
            }
        }
        return blocks;
    }

    /** The text, or what it is the Base64 of. */
    static String text(String given, String prefix) {
        return given.startsWith(prefix) ? given : new String(Encodings.base64(given), StandardCharsets.ISO_8859_1);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}

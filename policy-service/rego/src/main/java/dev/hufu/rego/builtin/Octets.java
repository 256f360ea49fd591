package dev.hufu.rego.builtin;

import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.util.Base64;

/** Bytes that nobody writes to any more. */
final class Octets {
    private final byte[] bytes;

    Octets(byte[] bytes) {
        this.bytes = bytes;
    }

    byte[] bytes() {
        return bytes;
    }

    /** As Go's encoder writes bytes. */
    Value base64() {
        return new Str(base64Text());
    }

    String base64Text() {
        return Base64.getEncoder().encodeToString(bytes);
    }
}

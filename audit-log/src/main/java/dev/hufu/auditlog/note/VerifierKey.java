package dev.hufu.auditlog.note;

import dev.hufu.auditlog.json.StrictBase64;
import dev.hufu.auditlog.merkle.TreeHasher;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * A public Ed25519 key with a name, as C2SP signed-note writes it: {@code name+hash+base64(0x01 ‖ key)}. The hash is
 * the key id, SHA-256(name ‖ 0x0A ‖ 0x01 ‖ key)[:4]. Immutable and thread-safe.
 */
public final class VerifierKey {
    /** Signature type of Ed25519 in C2SP signed-note. */
    static final byte ED25519 = 1;

    private static final int ID_BYTES = 4;
    private static final int MAX_NAME = 200;

    private final String name;
    private final byte[] key;
    private final int id;

    private VerifierKey(String name, byte[] key) {
        this.name = checkName(name);
        this.key = key;
        this.id = keyId(name, key);
    }

    /** The key named {@code name} of 32 bytes. */
    public static VerifierKey ed25519(String name, byte[] key) {
        if (key.length != Ed25519.PUBLIC_KEY_SIZE) {
            throw new IllegalArgumentException("an Ed25519 key has 32 bytes, this one " + key.length);
        }
        return new VerifierKey(name, key.clone());
    }

    /**
     * Reads the one-line form, without a line end.
     *
     * @throws IllegalArgumentException if it is not exactly what {@link #text} writes
     */
    public static VerifierKey parse(String text) {
        int keyAt = text.indexOf('+', text.indexOf('+') + 1);
        int idAt = text.indexOf('+');
        if (idAt <= 0 || keyAt < 0) {
            throw new IllegalArgumentException("a verifier key is name+hash+key");
        }
        byte[] typed = StrictBase64.decode(text.substring(keyAt + 1));
        if (typed.length != 1 + Ed25519.PUBLIC_KEY_SIZE || typed[0] != ED25519) {
            throw new IllegalArgumentException("not an Ed25519 verifier key (type 1, 32 bytes)");
        }
        VerifierKey parsed = new VerifierKey(text.substring(0, idAt), Arrays.copyOfRange(typed, 1, typed.length));
        if (!parsed.text().equals(text)) {
            throw new IllegalArgumentException("the verifier key's hash is not that of its name and key");
        }
        return parsed;
    }

    /** Checks the name of a key, which is also the origin of a log: no white space, no plus sign, 1 to 200 characters. */
    static String checkName(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException("a key's name has 1 to 200 characters, this one " + name.length());
        }
        if (name.chars()
                .anyMatch(c -> c == '+'
                        || c <= ' '
                        || c == 0x7f
                        || Character.isWhitespace(c)
                        || Character.isSpaceChar(c)
                        || Character.isSurrogate((char) c))) {
            throw new IllegalArgumentException("a key's name has no white space and no plus sign");
        }
        return name;
    }

    /** The name; for a log's key, its origin. */
    public String name() {
        return name;
    }

    /** The first four bytes of the key's hash, as a number. */
    public int id() {
        return id;
    }

    /** The one-line form. */
    public String text() {
        byte[] typed = new byte[1 + key.length];
        typed[0] = ED25519;
        System.arraycopy(key, 0, typed, 1, key.length);
        return name + "+" + HexFormat.of().toHexDigits(id) + "+" + StrictBase64.encode(typed);
    }

    /** Whether {@code signature} is this key's over {@code message}. */
    public boolean verify(byte[] message, byte[] signature) {
        return signature.length == Ed25519.SIGNATURE_SIZE
                && Ed25519.verify(signature, 0, key, 0, message, 0, message.length);
    }

    private static int keyId(String name, byte[] key) {
        MessageDigest digest = TreeHasher.sha256();
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
        digest.update(ED25519);
        digest.update(key);
        byte[] hash = digest.digest();
        int id = 0;
        for (int i = 0; i < ID_BYTES; i++) {
            id = (id << 8) | (hash[i] & 0xff);
        }
        return id;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey that && name.equals(that.name) && Arrays.equals(key, that.key);
    }

    @Override
    public int hashCode() {
        return id;
    }

    @Override
    public String toString() {
        return text();
    }
}

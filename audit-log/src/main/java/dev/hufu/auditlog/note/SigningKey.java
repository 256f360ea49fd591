package dev.hufu.auditlog.note;

import dev.hufu.auditlog.json.StrictBase64;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** A private Ed25519 key with a name. Immutable and thread-safe. Its text form shows the public half only. */
public final class SigningKey {
    /** Length of the secret seed of RFC 8032, in bytes. */
    public static final int SEED_BYTES = Ed25519.SECRET_KEY_SIZE;

    private final byte[] seed;
    private final byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
    private final VerifierKey verifierKey;

    private SigningKey(String name, byte[] seed) {
        this.seed = seed;
        Ed25519.generatePublicKey(seed, 0, publicKey, 0);
        this.verifierKey = VerifierKey.ed25519(name, publicKey);
    }

    /** The key named {@code name} of a secret seed of 32 bytes. */
    public static SigningKey ofSeed(String name, byte[] seed) {
        if (seed.length != SEED_BYTES) {
            throw new IllegalArgumentException("an Ed25519 seed has 32 bytes, this one " + seed.length);
        }
        return new SigningKey(name, seed.clone());
    }

    /** A fresh key. */
    public static SigningKey generate(String name, SecureRandom random) {
        byte[] seed = new byte[SEED_BYTES];
        random.nextBytes(seed);
        return new SigningKey(name, seed);
    }

    /** The public half. */
    public VerifierKey verifierKey() {
        return verifierKey;
    }

    /** The signature line of C2SP signed-note over {@code text}, with its line end. */
    public String signatureLine(String text) {
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        byte[] line = new byte[Integer.BYTES + Ed25519.SIGNATURE_SIZE];
        ByteBuffer.wrap(line).putInt(verifierKey.id());
        Ed25519.sign(seed, 0, publicKey, 0, message, 0, message.length, line, Integer.BYTES);
        return "— " + verifierKey.name() + " " + StrictBase64.encode(line) + "\n";
    }

    /** The whole note over {@code text}: text, blank line, signature line. */
    public String sign(String text) {
        return text + "\n" + signatureLine(text);
    }

    @Override
    public String toString() {
        return "signing key of " + verifierKey;
    }
}

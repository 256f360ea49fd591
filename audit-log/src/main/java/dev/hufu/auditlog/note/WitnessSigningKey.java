package dev.hufu.auditlog.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** A witness's private Ed25519 key with its name. Immutable and thread-safe. Its text form shows the public half only. */
public final class WitnessSigningKey {
    private final byte[] seed;
    private final KeyForm form;

    private WitnessSigningKey(String name, byte[] seed) {
        this.seed = seed;
        byte[] typed = new byte[1 + Ed25519.PUBLIC_KEY_SIZE];
        typed[0] = WitnessKey.ED25519;
        Ed25519.generatePublicKey(seed, 0, typed, 1);
        this.form = new KeyForm(name, typed);
    }

    /** The key named {@code name} of a secret seed of 32 bytes. */
    public static WitnessSigningKey ofSeed(String name, byte[] seed) {
        if (seed.length != SigningKey.SEED_BYTES) {
            throw new IllegalArgumentException("an Ed25519 seed has 32 bytes, this one " + seed.length);
        }
        return new WitnessSigningKey(name, seed.clone());
    }

    /** The public half. */
    public WitnessKey verifierKey() {
        return WitnessKey.of(form);
    }

    /** The cosignature line over a checkpoint's text at a time in seconds since 1970, with its line end. */
    public String line(String checkpoint, long epochSecond) {
        byte[] message = WitnessKey.ed25519Message(epochSecond, checkpoint.getBytes(StandardCharsets.UTF_8));
        byte[] signature = new byte[Long.BYTES + Ed25519.SIGNATURE_SIZE];
        ByteBuffer.wrap(signature).putLong(epochSecond);
        Ed25519.sign(seed, 0, message, 0, message.length, signature, Long.BYTES);
        return form.line(signature);
    }

    @Override
    public String toString() {
        return "signing key of " + form.text();
    }
}

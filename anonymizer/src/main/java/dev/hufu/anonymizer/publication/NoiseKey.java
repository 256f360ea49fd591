package dev.hufu.anonymizer.publication;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret behind every perturbation. Noise is a function of this key and of what is perturbed, so that asking again gives the
 * same answer; without the key it cannot be told from random.
 *
 * <p>Thread safe. {@link #toString()} says nothing.
 */
public final class NoiseKey {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MIN_BYTES = 32;

    private final SecretKeySpec key;

    /**
     * @param secret at least 32 bytes, copied
     * @throws IllegalArgumentException if it is shorter
     */
    public NoiseKey(byte[] secret) {
        if (secret.length < MIN_BYTES) {
            throw new IllegalArgumentException("a noise key has at least 32 bytes, got " + secret.length);
        }
        key = new SecretKeySpec(secret, ALGORITHM);
    }

    Mac mac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 is in every Java", e);
        }
    }

    /** A standard normal value from 16 bytes of a MAC, by Box and Muller. */
    static double gaussian(byte[] mac) {
        ByteBuffer bytes = ByteBuffer.wrap(mac);
        double u = ((bytes.getLong() >>> 11) + 1) * 0x1p-53;
        double v = (bytes.getLong() >>> 11) * 0x1p-53;
        return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
    }

    @Override
    public String toString() {
        return "NoiseKey";
    }
}

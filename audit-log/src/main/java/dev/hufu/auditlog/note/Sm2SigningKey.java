package dev.hufu.auditlog.note;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.util.BigIntegers;

/** A private SM2 key with a name. Immutable and thread-safe. Its text form shows the public half only. */
public final class Sm2SigningKey {
    /** Length of the secret scalar, in bytes. */
    public static final int SCALAR_BYTES = 32;

    private final ECPrivateKeyParameters secret;
    private final Sm2VerifierKey verifierKey;
    private final SecureRandom random;

    private Sm2SigningKey(String name, BigInteger scalar, SecureRandom random) {
        this.secret = new ECPrivateKeyParameters(scalar, Sm2VerifierKey.CURVE);
        this.verifierKey = Sm2VerifierKey.of(
                name, Sm2VerifierKey.CURVE.getG().multiply(scalar).normalize());
        this.random = random;
    }

    /**
     * The key named {@code name} of a secret scalar.
     *
     * @param scalar 32 bytes, big-endian, from 1 to the curve's order minus 2
     * @param random what signatures draw from: each needs a number that nobody can guess
     */
    public static Sm2SigningKey ofScalar(String name, byte[] scalar, SecureRandom random) {
        BigInteger value = new BigInteger(1, scalar);
        if (scalar.length != SCALAR_BYTES || !inRange(value)) {
            throw new IllegalArgumentException("an SM2 scalar is a number of 32 bytes from 1 to the order minus 2");
        }
        return new Sm2SigningKey(name, value, random);
    }

    /** A fresh secret scalar. */
    public static byte[] freshScalar(SecureRandom random) {
        BigInteger value;
        do {
            value = BigIntegers.createRandomBigInteger(SCALAR_BYTES * Byte.SIZE, random);
        } while (!inRange(value)); // one draw in 2^32 repeats
        return BigIntegers.asUnsignedByteArray(SCALAR_BYTES, value);
    }

    private static boolean inRange(BigInteger scalar) {
        return scalar.signum() > 0
                && scalar.compareTo(Sm2VerifierKey.CURVE.getN().subtract(BigInteger.TWO)) <= 0;
    }

    /** The public half. */
    public Sm2VerifierKey verifierKey() {
        return verifierKey;
    }

    /** The signature line over {@code text}, with its line end. */
    public String signatureLine(String text) {
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        SM2Signer signer = new SM2Signer(StandardDSAEncoding.INSTANCE, new SM3Digest());
        signer.init(true, new ParametersWithRandom(secret, random));
        signer.update(message, 0, message.length);
        try {
            return verifierKey.line(signer.generateSignature());
        } catch (CryptoException e) {
            throw new IllegalStateException("two numbers below the order have an encoding", e);
        }
    }

    @Override
    public String toString() {
        return "signing key of " + verifierKey;
    }
}

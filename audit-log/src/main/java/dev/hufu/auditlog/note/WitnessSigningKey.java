package dev.hufu.auditlog.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * A witness's private key with its name, of a secret seed: Ed25519 (RFC 8032), or ML-DSA-44 by the key generation of FIPS 204,
 * algorithm 6, from that seed. Immutable and thread-safe. Its text form shows the public half only.
 */
public final class WitnessSigningKey {
    private final WitnessAlgorithm algorithm;
    private final byte[] seed;
    private final KeyForm form;

    private WitnessSigningKey(String name, WitnessAlgorithm algorithm, byte[] seed) {
        this.algorithm = algorithm;
        this.seed = seed;
        this.form = new KeyForm(name, typed(algorithm, seed));
    }

    /** The Ed25519 key named {@code name} of a secret seed of 32 bytes. */
    public static WitnessSigningKey ofSeed(String name, byte[] seed) {
        return ofSeed(name, WitnessAlgorithm.ED25519, seed);
    }

    /** The key named {@code name} of a secret seed of 32 bytes. */
    public static WitnessSigningKey ofSeed(String name, WitnessAlgorithm algorithm, byte[] seed) {
        if (seed.length != SigningKey.SEED_BYTES) {
            throw new IllegalArgumentException("a witness's seed has 32 bytes");
        }
        return new WitnessSigningKey(name, algorithm, seed.clone());
    }

    private static byte[] typed(WitnessAlgorithm algorithm, byte[] seed) {
        return switch (algorithm) {
            case ED25519 -> {
                byte[] typed = new byte[1 + Ed25519.PUBLIC_KEY_SIZE];
                typed[0] = WitnessKey.ED25519;
                Ed25519.generatePublicKey(seed, 0, typed, 1);
                yield typed;
            }
            case ML_DSA_44 -> {
                byte[] key = mlDsa(seed).getPublicKey();
                yield ByteBuffer.allocate(1 + key.length)
                        .put(WitnessKey.ML_DSA_44)
                        .put(key)
                        .array();
            }
        };
    }

    private static MLDSAPrivateKeyParameters mlDsa(byte[] seed) {
        return new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_44, seed);
    }

    /** The public half. */
    public WitnessKey verifierKey() {
        return WitnessKey.of(form);
    }

    /** The cosignature line over a checkpoint's text at a time in seconds since 1970, with its line end. */
    public String line(String checkpoint, long epochSecond) {
        byte[] signature = switch (algorithm) {
            case ED25519 -> ed25519(checkpoint, epochSecond);
            case ML_DSA_44 -> mlDsa(checkpoint, epochSecond);
        };
        return form.line(ByteBuffer.allocate(Long.BYTES + signature.length)
                .putLong(epochSecond)
                .put(signature)
                .array());
    }

    private byte[] ed25519(String checkpoint, long epochSecond) {
        byte[] message = WitnessKey.ed25519Message(epochSecond, checkpoint.getBytes(StandardCharsets.UTF_8));
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(seed, 0, message, 0, message.length, signature, 0);
        return signature;
    }

    private byte[] mlDsa(String checkpoint, long epochSecond) {
        byte[] message = WitnessKey.mlDsaMessage(form.name(), epochSecond, Checkpoint.parse(checkpoint));
        MLDSASigner signer = new MLDSASigner();
        signer.init(true, mlDsa(seed));
        signer.update(message, 0, message.length);
        try {
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw new IllegalStateException("ML-DSA-44 cannot sign", e);
        }
    }

    @Override
    public String toString() {
        return "signing key of " + form.text();
    }
}

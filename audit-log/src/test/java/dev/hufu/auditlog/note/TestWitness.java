package dev.hufu.auditlog.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.function.UnaryOperator;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.generators.MLDSAKeyPairGenerator;
import org.bouncycastle.crypto.params.MLDSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** Cosigns as C2SP tlog-cosignature says, written apart from what verifies: Bouncy Castle signs, the JDK verifies. */
public final class TestWitness {
    private final KeyForm form;
    private final UnaryOperator<byte[]> signer;

    private TestWitness(KeyForm form, UnaryOperator<byte[]> signer) {
        this.form = form;
        this.signer = signer;
    }

    public static TestWitness ed25519(String name, int seedByte) {
        byte[] seed = new byte[Ed25519.SECRET_KEY_SIZE];
        seed[0] = (byte) seedByte;
        byte[] key = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(seed, 0, key, 0);
        return new TestWitness(new KeyForm(name, typed(4, key)), message -> {
            byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
            Ed25519.sign(seed, 0, message, 0, message.length, signature, 0);
            return signature;
        });
    }

    public static TestWitness mlDsa44(String name) {
        var generator = new MLDSAKeyPairGenerator();
        generator.init(new MLDSAKeyGenerationParameters(new SecureRandom(), MLDSAParameters.ml_dsa_44));
        var pair = generator.generateKeyPair();
        byte[] key = ((MLDSAPublicKeyParameters) pair.getPublic()).getEncoded();
        return new TestWitness(new KeyForm(name, typed(6, key)), message -> {
            var mlDsa = new MLDSASigner();
            mlDsa.init(true, pair.getPrivate());
            mlDsa.update(message, 0, message.length);
            try {
                return mlDsa.generateSignature();
            } catch (CryptoException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static byte[] typed(int type, byte[] key) {
        return ByteBuffer.allocate(1 + key.length).put((byte) type).put(key).array();
    }

    public WitnessKey key() {
        return WitnessKey.parse(form.text());
    }

    /** The cosignature line over a checkpoint's text at a time in seconds since 1970. */
    public String line(String text, long time) {
        byte[] message = form.type() == 4
                ? ("cosignature/v1\ntime " + time + "\n" + text).getBytes(StandardCharsets.UTF_8)
                : structure(text, time);
        byte[] signature = signer.apply(message);
        return form.line(ByteBuffer.allocate(8 + signature.length)
                .putLong(time)
                .put(signature)
                .array());
    }

    private byte[] structure(String text, long time) {
        Checkpoint checkpoint = Checkpoint.parse(text);
        byte[] name = form.name().getBytes(StandardCharsets.UTF_8);
        byte[] origin = checkpoint.origin().getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(12 + 1 + name.length + 8 + 1 + origin.length + 8 + 8 + 32);
        out.put("subtree/v1\n\0".getBytes(StandardCharsets.US_ASCII));
        out.put((byte) name.length).put(name).putLong(time);
        out.put((byte) origin.length).put(origin).putLong(0).putLong(checkpoint.size());
        return out.put(checkpoint.root().bytes()).array();
    }
}

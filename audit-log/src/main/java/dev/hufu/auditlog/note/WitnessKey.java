package dev.hufu.auditlog.note;

import dev.hufu.auditlog.json.StrictBase64;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * A public key of a witness, as C2SP tlog-cosignature has it: who signs with it says to have seen the log grow to a
 * checkpoint and never take anything back. A signature is a time, seconds since 1970 in 8 bytes, and an Ed25519 (type
 * 0x04) or ML-DSA-44 (type 0x06) signature over a message of time and checkpoint. Immutable and thread-safe.
 */
public final class WitnessKey implements NoteKey {
    static final byte ED25519 = 4;
    static final byte ML_DSA_44 = 6;

    private static final int ML_DSA_KEY_BYTES = 1312;
    private static final int ML_DSA_SIGNATURE_BYTES = 2420;
    private static final int MAX_NAME_BYTES = 255;
    private static final byte[] LABEL = "subtree/v1\n\0".getBytes(StandardCharsets.US_ASCII);

    /** A SubjectPublicKeyInfo of id-ml-dsa-44 up to the key (RFC 9881), which the JDK's key factory wants around it. */
    private static final byte[] ML_DSA_SPKI = HexFormat.of().parseHex("30820532300b06096086480165030403110382052100");

    private final KeyForm form;
    private final byte[] key;

    private WitnessKey(KeyForm form) {
        this.form = form;
        this.key = form.bytes(1);
    }

    static WitnessKey of(KeyForm form) {
        boolean known = switch (form.type()) {
            case ED25519 -> form.bytes(1).length == Ed25519.PUBLIC_KEY_SIZE;
            case ML_DSA_44 -> form.bytes(1).length == ML_DSA_KEY_BYTES;
            default -> false;
        };
        if (!known) {
            throw new IllegalArgumentException(
                    "not a witness's key (type 4 and 32 bytes of Ed25519, or type 6 and 1312 of ML-DSA-44)");
        }
        if (form.name().getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
            throw new IllegalArgumentException("a witness's name has at most 255 bytes");
        }
        return new WitnessKey(form);
    }

    /**
     * Reads the one-line form, without a line end.
     *
     * @throws IllegalArgumentException if it is not exactly what {@link #text} writes
     */
    public static WitnessKey parse(String text) {
        return of(KeyForm.parse(text));
    }

    @Override
    public String name() {
        return form.name();
    }

    @Override
    public int id() {
        return form.id();
    }

    @Override
    public String text() {
        return form.text();
    }

    /** With what it cosigns. */
    public WitnessAlgorithm algorithm() {
        return form.type() == ED25519 ? WitnessAlgorithm.ED25519 : WitnessAlgorithm.ML_DSA_44;
    }

    /** Type and public key without the name, in base64: two names over the same are one witness. */
    String publicKey() {
        return StrictBase64.encode(form.bytes(0));
    }

    /** Whether the signature is right; its time, whatever it is, is part of what is signed. */
    @Override
    public boolean verify(byte[] text, byte[] signature) {
        if (signature.length <= Long.BYTES) {
            return false;
        }
        ByteBuffer in = ByteBuffer.wrap(signature);
        long time = in.getLong();
        byte[] raw = new byte[in.remaining()];
        in.get(raw);
        try {
            return time >= 0
                    && (form.type() == ED25519
                            ? verifyEd25519(ed25519Message(time, text), raw)
                            : verifyMlDsa(
                                    mlDsaMessage(
                                            name(), time, Checkpoint.parse(new String(text, StandardCharsets.UTF_8))),
                                    raw));
        } catch (IllegalArgumentException e) {
            return false; // a note that is no checkpoint has no cosignature
        }
    }

    private boolean verifyEd25519(byte[] message, byte[] signature) {
        return signature.length == Ed25519.SIGNATURE_SIZE
                && Ed25519.verify(signature, 0, key, 0, message, 0, message.length);
    }

    private boolean verifyMlDsa(byte[] message, byte[] signature) {
        if (signature.length != ML_DSA_SIGNATURE_BYTES) {
            return false;
        }
        byte[] spki = ByteBuffer.allocate(ML_DSA_SPKI.length + key.length)
                .put(ML_DSA_SPKI)
                .put(key)
                .array();
        try {
            PublicKey publicKey = KeyFactory.getInstance("ML-DSA-44").generatePublic(new X509EncodedKeySpec(spki));
            Signature verifier = Signature.getInstance("ML-DSA-44");
            verifier.initVerify(publicKey);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** What an Ed25519 cosignature is over: two lines, then the checkpoint's text with its extension lines. */
    static byte[] ed25519Message(long time, byte[] text) {
        byte[] head = ("cosignature/v1\ntime " + time + "\n").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(head.length + text.length)
                .put(head)
                .put(text)
                .array();
    }

    /** What an ML-DSA-44 cosignature is over: the structure {@code cosigned_message}, of the whole tree. */
    static byte[] mlDsaMessage(String witness, long time, Checkpoint checkpoint) {
        byte[] name = witness.getBytes(StandardCharsets.UTF_8);
        byte[] origin = checkpoint.origin().getBytes(StandardCharsets.UTF_8);
        if (origin.length > MAX_NAME_BYTES) {
            throw new IllegalArgumentException("a cosigned log's origin has at most 255 bytes");
        }
        byte[] root = checkpoint.root().bytes();
        return ByteBuffer.allocate(LABEL.length + 2 + name.length + origin.length + 3 * Long.BYTES + root.length)
                .put(LABEL)
                .put((byte) name.length)
                .put(name)
                .putLong(time)
                .put((byte) origin.length)
                .put(origin)
                .putLong(0)
                .putLong(checkpoint.size())
                .put(root)
                .array();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WitnessKey that && form.equals(that.form);
    }

    @Override
    public int hashCode() {
        return form.hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}

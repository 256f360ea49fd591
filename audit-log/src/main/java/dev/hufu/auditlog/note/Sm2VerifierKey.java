package dev.hufu.auditlog.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.math.ec.ECPoint;

/**
 * A public SM2 key (GB/T 32918) with a name, for signatures with SM3. In C2SP signed-note it is of type 0xff, named: the
 * one-line form holds base64(0xff ‖ "PKIX-SM2-with-SM3" ‖ SubjectPublicKeyInfo in DER). A signature is DER over the
 * note's text, with the default user id of GB/T 35276, {@code 1234567812345678}. Immutable and thread-safe.
 */
public final class Sm2VerifierKey implements NoteKey {
    /** Signature type of C2SP signed-note that a longer name follows. */
    static final byte NAMED = (byte) 0xff;

    static final ECDomainParameters CURVE = new ECDomainParameters(CustomNamedCurves.getByName("sm2p256v1"));

    /** A SubjectPublicKeyInfo of id-ecPublicKey over sm2p256v1 up to its point, of which only 65 bytes' ones are used. */
    private static final byte[] SPKI = HexFormat.of().parseHex("3059301306072a8648ce3d020106082a811ccf5501822d034200");

    private static final byte[] PREFIX = prefix();
    private static final int POINT_BYTES = 65;
    private static final byte UNCOMPRESSED = 4;

    private final KeyForm form;
    private final ECPublicKeyParameters key;

    private Sm2VerifierKey(KeyForm form, ECPoint point) {
        this.form = form;
        this.key = new ECPublicKeyParameters(point, CURVE);
    }

    private static byte[] prefix() {
        byte[] name = "PKIX-SM2-with-SM3".getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(1 + name.length + SPKI.length)
                .put(NAMED)
                .put(name)
                .put(SPKI)
                .array();
    }

    static Sm2VerifierKey of(String name, ECPoint point) {
        byte[] encoded = point.getEncoded(false);
        byte[] typed = Arrays.copyOf(PREFIX, PREFIX.length + encoded.length);
        System.arraycopy(encoded, 0, typed, PREFIX.length, encoded.length);
        return of(new KeyForm(name, typed));
    }

    static Sm2VerifierKey of(KeyForm form) {
        byte[] point = form.is(PREFIX, PREFIX.length + POINT_BYTES) ? form.bytes(PREFIX.length) : new byte[1];
        if (point[0] != UNCOMPRESSED) {
            throw new IllegalArgumentException("not an SM2 verifier key (PKIX-SM2-with-SM3, uncompressed point)");
        }
        // Refuses what is no point of the curve.
        return new Sm2VerifierKey(
                form, CURVE.validatePublicPoint(CURVE.getCurve().decodePoint(point)));
    }

    /**
     * Reads the one-line form, without a line end.
     *
     * @throws IllegalArgumentException if it is not exactly what {@link #text} writes
     */
    public static Sm2VerifierKey parse(String text) {
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

    /** The SubjectPublicKeyInfo in DER, as other programs read it. */
    public byte[] subjectPublicKeyInfo() {
        return form.bytes(PREFIX.length - SPKI.length);
    }

    @Override
    public boolean verify(byte[] text, byte[] signature) {
        SM2Signer verifier = new SM2Signer(StandardDSAEncoding.INSTANCE, new SM3Digest());
        verifier.init(false, key);
        verifier.update(text, 0, text.length);
        return verifier.verifySignature(signature); // false also for DER that would be written differently
    }

    /** A signature line of this key with its line end. */
    String line(byte[] signature) {
        return form.line(signature);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sm2VerifierKey that && form.equals(that.form);
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

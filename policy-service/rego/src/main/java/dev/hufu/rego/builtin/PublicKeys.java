package dev.hufu.rego.builtin;

import dev.hufu.rego.Null;
import dev.hufu.rego.Num;
import dev.hufu.rego.Obj;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/**
 * Public keys (RFC 3279, RFC 5480, RFC 8410), in the shape that Go's encoder gives its own types.
 *
 * @param algorithm Go's number: 1 RSA, 2 DSA, 3 ECDSA, 4 Ed25519, 0 unknown
 */
record PublicKeys(int algorithm, Value key) {
    static final String RSA = "1.2.840.113549.1.1.1";
    static final String EC = "1.2.840.10045.2.1";
    static final String ED25519 = "1.3.101.112";
    private static final String DSA = "1.2.840.10040.4.1";
    private static final Map<String, Integer> ALGORITHMS = Map.of(RSA, 1, DSA, 2, EC, 3, ED25519, 4);

    /** Reads a SubjectPublicKeyInfo's content. */
    static PublicKeys read(Der info) {
        Der algorithm = info.in(Der.SEQUENCE);
        String oid = algorithm.oid();
        byte[] bits = info.bits().bytes();
        int number = ALGORITHMS.getOrDefault(oid, 0);
        return new PublicKeys(
                number,
                switch (oid) {
                    case RSA -> rsa(bits);
                    case EC -> ec(Curve.named(algorithm.oid()), bits);
                    case ED25519 -> edwards(bits);
                    case DSA -> dsa(algorithm.in(Der.SEQUENCE), Der.of(bits).integer());
                    default -> Null.NULL;
                });
    }

    private static Value rsa(byte[] bits) {
        Der key = Der.of(bits).in(Der.SEQUENCE);
        BigInteger modulus = key.integer();
        BigInteger exponent = key.integer();
        if (modulus.signum() <= 0) {
            throw BuiltinException.failed("x509: RSA modulus is not a positive number");
        }
        if (exponent.signum() <= 0) {
            throw BuiltinException.failed("x509: RSA public exponent is not a positive number");
        }
        return Value.of(Map.of("N", Num.of(modulus), "E", Num.of(exponent)));
    }

    private static Value ec(Curve curve, byte[] bits) {
        return point(curve, curve.decode(bits));
    }

    static Obj point(Curve curve, Curve.Point point) {
        if (!curve.holds(point)) {
            throw BuiltinException.failed("x509: failed to unmarshal elliptic curve point");
        }
        return new ObjBuilder()
                .put("Curve", Obj.EMPTY)
                .put("X", Num.of(point.x()))
                .put("Y", Num.of(point.y()))
                .build();
    }

    private static Value edwards(byte[] bits) {
        if (bits.length != 32) {
            throw BuiltinException.failed("x509: wrong Ed25519 public key size");
        }
        return new Str(Base64.getEncoder().encodeToString(bits));
    }

    private static Value dsa(Der parameters, BigInteger y) {
        return Value.of(Map.of(
                "P", Num.of(parameters.integer()),
                "Q", Num.of(parameters.integer()),
                "G", Num.of(parameters.integer()),
                "Y", Num.of(y)));
    }

    /** Unsigned, without leading zeros, at least of the length. */
    static byte[] unsigned(BigInteger value, int length) {
        byte[] signed = value.toByteArray();
        byte[] plain = signed.length > 1 && signed[0] == 0 ? Arrays.copyOfRange(signed, 1, signed.length) : signed;
        byte[] padded = new byte[Math.max(length, plain.length)];
        System.arraycopy(plain, 0, padded, padded.length - plain.length, plain.length);
        return padded;
    }
}

package dev.hufu.rego.builtin;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A prime curve of NIST (SP 800-186): y² = x³ + ax + b mod p. Only to read keys: the arithmetic takes a time that depends
 * on the numbers, so nothing may be signed with it.
 *
 * @param name as JSON Web Keys name it (RFC 7518)
 */
record Curve(String name, BigInteger p, BigInteger a, BigInteger b, BigInteger order, Point generator) {
    /** A point that is not the one at infinity. */
    record Point(BigInteger x, BigInteger y) {}

    /** By object identifier. */
    static Curve named(String oid) {
        return switch (oid) {
            case "1.3.132.0.33" -> of("P-224", "secp224r1");
            case "1.2.840.10045.3.1.7" -> of("P-256", "secp256r1");
            case "1.3.132.0.34" -> of("P-384", "secp384r1");
            case "1.3.132.0.35" -> of("P-521", "secp521r1");
            default -> throw BuiltinException.failed("x509: unsupported elliptic curve");
        };
    }

    private static Curve of(String name, String standard) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(standard));
            ECParameterSpec spec = parameters.getParameterSpec(ECParameterSpec.class);
            if (spec.getCurve().getField() instanceof ECFieldFp field) {
                Point generator = new Point(
                        spec.getGenerator().getAffineX(), spec.getGenerator().getAffineY());
                return new Curve(
                        name,
                        field.getP(),
                        spec.getCurve().getA(),
                        spec.getCurve().getB(),
                        spec.getOrder(),
                        generator);
            }
        } catch (GeneralSecurityException unknown) {
            // the JDK has no such curve
        }
        throw BuiltinException.failed("x509: unsupported elliptic curve");
    }

    /** Octets of a coordinate. */
    int size() {
        return (p.bitLength() + 7) / 8;
    }

    /** A point in its uncompressed form (SEC 1, 2.3.4). */
    Point decode(byte[] octets) {
        if (octets.length != 1 + 2 * size() || octets[0] != 4) {
            throw BuiltinException.failed("x509: failed to unmarshal elliptic curve point");
        }
        BigInteger x = new BigInteger(1, Arrays.copyOfRange(octets, 1, 1 + size()));
        return new Point(x, new BigInteger(1, Arrays.copyOfRange(octets, 1 + size(), octets.length)));
    }

    boolean holds(Point point) {
        BigInteger right = point.x.pow(3).add(a.multiply(point.x)).add(b).mod(p);
        return point.x.compareTo(p) < 0
                && point.y.compareTo(p) < 0
                && point.y.modPow(BigInteger.TWO, p).equals(right);
    }

    /** The public point of a secret. */
    Point multiply(BigInteger secret) {
        if (secret.signum() <= 0 || secret.compareTo(order) >= 0) {
            throw BuiltinException.failed("x509: invalid elliptic curve private key value");
        }
        @Nullable Point sum = null;
        Point power = generator;
        for (int bit = 0; bit < secret.bitLength(); bit++) {
            if (secret.testBit(bit)) {
                sum = sum == null ? power : add(sum, power);
            }
            power = add(power, power);
        }
        return sum == null ? generator : sum;
    }

    /** Chord, or tangent where both are one; below the order the sum is never at infinity. */
    private Point add(Point one, Point other) {
        BigInteger rise =
                one.equals(other) ? one.x.pow(2).multiply(BigInteger.valueOf(3)).add(a) : other.y.subtract(one.y);
        BigInteger run = one.equals(other) ? one.y.shiftLeft(1) : other.x.subtract(one.x);
        BigInteger slope = rise.multiply(run.modInverse(p)).mod(p);
        BigInteger x = slope.pow(2).subtract(one.x).subtract(other.x).mod(p);
        return new Point(x, slope.multiply(one.x.subtract(x)).subtract(one.y).mod(p));
    }
}

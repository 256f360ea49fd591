package dev.hufu.rego.builtin;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Num;
import dev.hufu.rego.Obj;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Private keys: PKCS #1 (RFC 8017), PKCS #8 (RFC 5208) and SEC 1 (RFC 5915), in the shape that Go's encoder gives its
 * own types and as JSON Web Keys.
 *
 * @param shown Go's shape of the key
 * @param jwk its JSON Web Key
 * @param verifies Go's shape of its public half
 */
record PrivateKeys(Value shown, Obj jwk, Value verifies) {

    /** The private keys among PEM's blocks, or among those of its Base64. */
    static List<PrivateKeys> parse(String given) {
        List<PrivateKeys> keys = new ArrayList<>();
        for (Pem block : Pem.blocks(Encodings.isBase64(given) ? Pem.text(Encodings.base64(given)) : given)) {
            switch (block.type()) {
                case "RSA PRIVATE KEY", "PRIVATE KEY", "EC PRIVATE KEY" -> keys.add(of(block));
                default -> {
                    // no private key
                }
            }
        }
        return keys;
    }

    /** Of a block that says which of the three forms it has. */
    static PrivateKeys of(Pem block) {
        byte[] der = block.octets().bytes();
        return switch (block.type()) {
            case "RSA PRIVATE KEY" -> rsa(der);
            case "EC PRIVATE KEY" -> ec(der, "");
            default -> pkcs8(der);
        };
    }

    /** Of any of the three forms. */
    static PrivateKeys any(byte[] der) {
        Der sequence = Der.of(der).in(Der.SEQUENCE);
        sequence.integer();
        return switch (sequence.tag()) {
            case Der.INTEGER -> rsa(der);
            case Der.SEQUENCE -> pkcs8(der);
            case Der.OCTET_STRING -> ec(der, "");
            default -> throw BuiltinException.failed("tls: failed to parse private key");
        };
    }

    private static PrivateKeys pkcs8(byte[] der) {
        Der sequence = Der.of(der).in(Der.SEQUENCE);
        sequence.integer();
        Der algorithm = sequence.in(Der.SEQUENCE);
        String oid = algorithm.oid();
        byte[] content = sequence.octets();
        return switch (oid) {
            case PublicKeys.RSA -> rsa(content);
            case PublicKeys.EC -> ec(content, algorithm.oid());
            case PublicKeys.ED25519 -> edwards(Der.of(content).octets());
            default ->
                throw BuiltinException.failed(
                        "x509: PKCS#8 wrapping contained private key with unknown algorithm: " + oid);
        };
    }

    private static PrivateKeys rsa(byte[] der) {
        Der sequence = Der.of(der).in(Der.SEQUENCE);
        if (sequence.integer().signum() != 0) {
            throw BuiltinException.failed("x509: unsupported private key version");
        }
        BigInteger n = sequence.integer();
        BigInteger e = sequence.integer();
        BigInteger d = sequence.integer();
        BigInteger p = sequence.integer();
        BigInteger q = sequence.integer();
        boolean primes = p.compareTo(BigInteger.ONE) > 0 && q.compareTo(BigInteger.ONE) > 0;
        if (!primes || !p.multiply(q).equals(n) || !p.gcd(q).equals(BigInteger.ONE)) {
            throw BuiltinException.failed("crypto/rsa: invalid CRT coefficient");
        }
        BigInteger dp = d.mod(p.subtract(BigInteger.ONE));
        BigInteger dq = d.mod(q.subtract(BigInteger.ONE));
        BigInteger qi = q.modInverse(p);
        Obj verifies = (Obj) Value.of(Map.of("N", Num.of(n), "E", Num.of(e)));
        Value precomputed =
                Value.of(Map.of("Dp", Num.of(dp), "Dq", Num.of(dq), "Qinv", Num.of(qi), "CRTValues", Arr.EMPTY));
        Obj shown = new ObjBuilder()
                .putAll(verifies)
                .put("D", Num.of(d))
                .put("Primes", Arr.of(Num.of(p), Num.of(q)))
                .put("Precomputed", precomputed)
                .build();
        ObjBuilder jwk = new ObjBuilder().put("kty", new Str("RSA"));
        Map.of("n", n, "e", e, "d", d, "p", p, "q", q, "dp", dp, "dq", dq, "qi", qi)
                .forEach((name, number) -> jwk.put(name, url(PublicKeys.unsigned(number, 1))));
        return new PrivateKeys(shown, jwk.build(), verifies);
    }

    private static Str url(byte[] bytes) {
        return new Str(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    private static PrivateKeys ec(byte[] der, String namedOutside) {
        Der sequence = Der.of(der).in(Der.SEQUENCE);
        if (!sequence.integer().equals(BigInteger.ONE)) {
            throw BuiltinException.failed("x509: unknown EC private key version");
        }
        BigInteger secret = new BigInteger(1, sequence.octets());
        Der parameters = sequence.optional(Der.context(0, true));
        String named = parameters != null && namedOutside.isEmpty() ? parameters.oid() : namedOutside;
        Curve curve = Curve.named(named);
        Curve.Point point = curve.multiply(secret);
        Obj verifies = PublicKeys.point(curve, point);
        Obj shown = new ObjBuilder().putAll(verifies).put("D", Num.of(secret)).build();
        Obj jwk = new ObjBuilder()
                .put("kty", new Str("EC"))
                .put("crv", new Str(curve.name()))
                .put("x", url(PublicKeys.unsigned(point.x(), curve.size())))
                .put("y", url(PublicKeys.unsigned(point.y(), curve.size())))
                .put("d", url(PublicKeys.unsigned(secret, curve.size())))
                .build();
        return new PrivateKeys(shown, jwk, verifies);
    }

    /** Gives the seed in place of randomness, so that a generator makes the key pair of that seed. */
    private static final class Seed extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private final byte[] seed;

        Seed(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, Math.min(seed.length, bytes.length));
        }
    }

    private static PrivateKeys edwards(byte[] seed) {
        if (seed.length != 32) {
            throw BuiltinException.failed("x509: invalid Ed25519 private key length: " + seed.length);
        }
        byte[] x;
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new Seed(seed));
            if (!(generator.generateKeyPair().getPublic() instanceof EdECPublicKey key)) {
                throw BuiltinException.failed("x509: Ed25519 is not offered here");
            }
            x = PublicKeys.unsigned(key.getPoint().getY(), 32);
            x[0] |= (byte) (key.getPoint().isXOdd() ? 0x80 : 0);
        } catch (GeneralSecurityException unavailable) {
            throw BuiltinException.failed("x509: Ed25519 is not offered here");
        }
        byte[] both = Arrays.copyOf(seed, 64);
        for (int i = 0; i < 32; i++) {
            both[32 + i] = x[31 - i];
        }
        byte[] point = Arrays.copyOfRange(both, 32, 64);
        Obj jwk = new ObjBuilder()
                .put("kty", new Str("OKP"))
                .put("crv", new Str("Ed25519"))
                .put("x", url(point))
                .put("d", url(seed))
                .build();
        return new PrivateKeys(Certificates.base64(both), jwk, Certificates.base64(point));
    }
}

package dev.hufu.rego.builtin;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.RSAPublicKeySpec;
import java.util.List;

/**
 * A key and the one algorithm it is used with (RFC 7518, RFC 8037), for tokens that are not a policy's business: whoever
 * makes the token has no say in the algorithm. Immutable.
 *
 * @see Signatures
 */
public final class TokenKey {
    /** Names of the algorithms. */
    public static final List<String> ALGORITHMS = Signatures.KNOWN;

    private final String algorithm;
    private final SigningKeys.Key key;

    private TokenKey(String algorithm, SigningKeys.Key key) {
        this.algorithm = algorithm;
        this.key = key;
    }

    /**
     * Reads a key: any text for {@code HS…}, else PEM's first block, private or public or a certificate.
     *
     * @throws BuiltinException for an unknown algorithm and for a key that is malformed or not for it
     */
    public static TokenKey of(String algorithm, String text) {
        if (!Signatures.KNOWN.contains(algorithm)) {
            throw BuiltinException.failed("unknown algorithm " + algorithm + ", known are " + Signatures.KNOWN);
        }
        SigningKeys.Key key = algorithm.startsWith("HS") ? SigningKeys.secret(text) : pem(text);
        if (!Signatures.suits(algorithm, key)) {
            throw BuiltinException.failed("the key is not one for " + algorithm);
        }
        return new TokenKey(algorithm, key);
    }

    public String algorithm() {
        return algorithm;
    }

    /** Whether it holds the private half, or is a secret. */
    public boolean canSign() {
        return key.sign() != null || !key.secret().isEmpty();
    }

    /** @throws BuiltinException for the public half of a pair */
    public byte[] sign(byte[] message) {
        return Signatures.sign(algorithm, key, message);
    }

    public boolean verify(byte[] message, byte[] signature) {
        return Signatures.verify(algorithm, key, message, signature);
    }

    private static SigningKeys.Key pem(String text) {
        List<Pem> blocks = Pem.blocks(text);
        if (blocks.isEmpty()) {
            throw BuiltinException.failed("the key is no PEM block (-----BEGIN …)");
        }
        Pem block = blocks.getFirst();
        return switch (block.type()) {
            case "PUBLIC KEY", "CERTIFICATE" ->
                SigningKeys.ofPem(block.type(), block.octets().base64Text());
            case "RSA PUBLIC KEY" -> rsa(block.octets().bytes());
            case "RSA PRIVATE KEY", "PRIVATE KEY", "EC PRIVATE KEY" ->
                SigningKeys.parse(PrivateKeys.of(block).jwk().toJson(), "private key")
                        .getFirst();
            default -> throw BuiltinException.failed("a PEM block " + block.type() + " holds no key that can be used");
        };
    }

    /** RFC 8017, A.1.1. */
    private static SigningKeys.Key rsa(byte[] der) {
        Der sequence = Der.of(der).in(Der.SEQUENCE);
        BigInteger modulus = sequence.integer();
        try {
            KeyFactory factory = KeyFactory.getInstance("RSA");
            var spec = new RSAPublicKeySpec(modulus, sequence.integer());
            return new SigningKeys.Key("", "", factory.generatePublic(spec), null, "");
        } catch (GeneralSecurityException unusable) {
            throw BuiltinException.failed("the RSA public key cannot be used");
        }
    }
}

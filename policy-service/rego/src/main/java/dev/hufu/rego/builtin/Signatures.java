package dev.hufu.rego.builtin;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON Web Algorithms (RFC 7518, RFC 8037) over the JDK's. */
final class Signatures {
    static final List<String> KNOWN = List.of(
            "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "HS256", "HS384", "HS512",
            "EdDSA");

    private Signatures() {}

    private static Signature signature(String algorithm) throws GeneralSecurityException {
        String bits = algorithm.substring(2);
        return switch (algorithm.substring(0, 2)) {
            case "RS" -> Signature.getInstance("SHA" + bits + "withRSA");
            case "ES" -> Signature.getInstance("SHA" + bits + "withECDSAinP1363Format");
            case "PS" -> {
                Signature pss = Signature.getInstance("RSASSA-PSS");
                String hash = "SHA-" + bits;
                int salt = Integer.parseInt(bits) / 8;
                pss.setParameter(new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), salt, 1));
                yield pss;
            }
            default -> Signature.getInstance("Ed25519");
        };
    }

    private static String keyType(String algorithm) {
        return switch (algorithm.substring(0, 2)) {
            case "RS", "PS" -> "RSA";
            case "ES" -> "EC";
            default -> "EdDSA";
        };
    }

    /** Whether the key is of the algorithm's kind. */
    static boolean suits(String algorithm, SigningKeys.Key key) {
        if (algorithm.startsWith("HS")) {
            return !key.secret().isEmpty();
        }
        @Nullable Key half = key.verify() == null ? key.sign() : key.verify();
        return half != null && half.getAlgorithm().equals(keyType(algorithm));
    }

    /** Whether the signature is one of the message; false, too, for a key of another kind. */
    static boolean verify(String algorithm, SigningKeys.Key key, byte[] message, byte[] signature) {
        if (!KNOWN.contains(algorithm)) {
            return false;
        }
        if (algorithm.startsWith("HS")) {
            return !key.secret().isEmpty()
                    && MessageDigest.isEqual(Hashes.mac(mac(algorithm), key.secretBytes(), message), signature);
        }
        PublicKey verify = key.verify();
        if (verify == null || !verify.getAlgorithm().equals(keyType(algorithm))) {
            return false;
        }
        try {
            Signature verifier = signature(algorithm);
            verifier.initVerify(verify);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    private static String mac(String algorithm) {
        return "HmacSHA" + algorithm.substring(2);
    }

    static byte[] sign(String algorithm, SigningKeys.Key key, byte[] message) {
        if (algorithm.startsWith("HS") && !key.secret().isEmpty()) {
            return Hashes.mac(mac(algorithm), key.secretBytes(), message);
        }
        @Nullable PrivateKey sign = key.sign();
        if (sign == null || !sign.getAlgorithm().equals(keyType(algorithm))) {
            throw BuiltinException.failed("key does not suit the algorithm " + algorithm);
        }
        try {
            Signature signer = signature(algorithm);
            signer.initSign(sign);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException unusable) {
            throw BuiltinException.failed("the key cannot sign with " + algorithm);
        }
    }
}

package dev.hufu.rego.builtin;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Obj;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keys as JSON Web Keys and PEM write them. */
final class SigningKeys {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----\\s*", Pattern.DOTALL);
    private static final Map<String, String> CURVES =
            Map.of("P-256", "secp256r1", "P-384", "secp384r1", "P-521", "secp521r1");

    /** A key; {@code secret} for a symmetric one. Empty names where the source has none. */
    record Key(
            String algorithm,
            String id,
            @Nullable PublicKey verify,
            @Nullable PrivateKey sign,
            String secret) {
        byte[] secretBytes() {
            return secret.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private SigningKeys() {}

    /** Keys to verify with: a PEM certificate or public key, a key or a set of keys. */
    static List<Key> verifying(String source) {
        Matcher pem = PEM.matcher(source);
        if (pem.lookingAt()) {
            if (pem.end() != source.length()) {
                throw BuiltinException.failed("extra data after a PEM certificate block");
            }
            return List.of(ofPem(pem.group(1), pem.group(2)));
        }
        List<Key> keys = new ArrayList<>();
        for (Key key : parse(source, "failed to parse a JWK key (set)")) {
            keys.add(key);
        }
        return keys;
    }

    static Key secret(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        return new Key("", "", null, null, new String(bytes, StandardCharsets.ISO_8859_1));
    }

    static Key ofPem(String type, String body) {
        return new Key("", "", fromPem(type, body), null, "");
    }

    private static PublicKey fromPem(String type, String body) {
        if (type.equals("CERTIFICATE")) {
            try {
                byte[] der = Base64.getMimeDecoder().decode(body);
                return CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(der))
                        .getPublicKey();
            } catch (CertificateException | IllegalArgumentException malformed) {
                throw BuiltinException.failed("failed to parse a PEM certificate: malformed certificate");
            }
        }
        if (type.equals("PUBLIC KEY")) {
            for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
                try {
                    byte[] der = Base64.getMimeDecoder().decode(body);
                    return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der));
                } catch (GeneralSecurityException | IllegalArgumentException another) {
                    // of another algorithm
                }
            }
            throw BuiltinException.failed("failed to parse a PEM public key");
        }
        throw BuiltinException.failed("failed to extract a Key from the PEM certificate");
    }

    /** A JWK or a set of them. */
    static List<Key> parse(String json, String failure) {
        Value parsed;
        try {
            parsed = Value.fromJson(json);
        } catch (IllegalArgumentException malformed) {
            throw BuiltinException.failed(failure + ": malformed JSON");
        }
        if (!(parsed instanceof Obj object)) {
            throw BuiltinException.failed(failure + ": not an object");
        }
        List<Key> keys = new ArrayList<>();
        try {
            if (object.get("keys") instanceof Arr set) {
                for (Value key : set) {
                    if (key instanceof Obj fields) {
                        keys.add(key(fields));
                    }
                }
            } else {
                keys.add(key(object));
            }
        } catch (GeneralSecurityException | IllegalArgumentException invalid) {
            throw BuiltinException.failed(failure + ": invalid key");
        }
        return keys;
    }

    private static String text(Obj fields, String name) {
        return fields.get(name) instanceof Str text ? text.value() : "";
    }

    private static byte[] bytes(Obj fields, String name) {
        String text = text(fields, name);
        if (text.isEmpty()) {
            throw new IllegalArgumentException("no " + name);
        }
        return Base64.getUrlDecoder().decode(text);
    }

    private static BigInteger number(Obj fields, String name) {
        return new BigInteger(1, bytes(fields, name));
    }

    private static Key key(Obj fields) throws GeneralSecurityException {
        String algorithm = text(fields, "alg");
        String id = text(fields, "kid");
        return switch (text(fields, "kty")) {
            case "oct" ->
                new Key(algorithm, id, null, null, new String(bytes(fields, "k"), StandardCharsets.ISO_8859_1));
            case "RSA" -> rsa(algorithm, id, fields);
            case "EC" -> ec(algorithm, id, fields);
            case "OKP" -> edwards(algorithm, id, fields);
            default -> throw new IllegalArgumentException("unknown kty");
        };
    }

    private static Key rsa(String algorithm, String id, Obj fields) throws GeneralSecurityException {
        KeyFactory factory = KeyFactory.getInstance("RSA");
        BigInteger modulus = number(fields, "n");
        BigInteger exponent = number(fields, "e");
        PublicKey verify = factory.generatePublic(new RSAPublicKeySpec(modulus, exponent));
        PrivateKey sign = null;
        if (fields.get("d") != null) {
            BigInteger secret = number(fields, "d");
            sign = factory.generatePrivate(
                    fields.get("qi") == null
                            ? new RSAPrivateKeySpec(modulus, secret)
                            : new RSAPrivateCrtKeySpec(
                                    modulus,
                                    exponent,
                                    secret,
                                    number(fields, "p"),
                                    number(fields, "q"),
                                    number(fields, "dp"),
                                    number(fields, "dq"),
                                    number(fields, "qi")));
        }
        return new Key(algorithm, id, verify, sign, "");
    }

    private static Key ec(String algorithm, String id, Obj fields) throws GeneralSecurityException {
        String curve = CURVES.get(text(fields, "crv"));
        if (curve == null) {
            throw new IllegalArgumentException("unknown crv");
        }
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(curve));
        ECParameterSpec spec = parameters.getParameterSpec(ECParameterSpec.class);
        KeyFactory factory = KeyFactory.getInstance("EC");
        ECPoint point = new ECPoint(number(fields, "x"), number(fields, "y"));
        PublicKey verify = factory.generatePublic(new ECPublicKeySpec(point, spec));
        PrivateKey sign = fields.get("d") == null
                ? null
                : factory.generatePrivate(new ECPrivateKeySpec(number(fields, "d"), spec));
        return new Key(algorithm, id, verify, sign, "");
    }

    private static Key edwards(String algorithm, String id, Obj fields) throws GeneralSecurityException {
        if (!text(fields, "crv").equals("Ed25519")) {
            throw new IllegalArgumentException("unknown crv");
        }
        byte[] x = bytes(fields, "x");
        boolean odd = (x[x.length - 1] & 0x80) != 0;
        x[x.length - 1] &= 0x7f;
        for (int i = 0; i < x.length / 2; i++) {
            byte swap = x[i];
            x[i] = x[x.length - 1 - i];
            x[x.length - 1 - i] = swap;
        }
        KeyFactory factory = KeyFactory.getInstance("Ed25519");
        EdECPoint point = new EdECPoint(odd, new BigInteger(1, x));
        PublicKey verify = factory.generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
        PrivateKey sign = fields.get("d") == null
                ? null
                : factory.generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, bytes(fields, "d")));
        return new Key(algorithm, id, verify, sign, "");
    }
}

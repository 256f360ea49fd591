package dev.hufu.rego.bundle;

import dev.hufu.rego.Obj;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * A file's digest in a bundle's signature (OPA, "Bundles", signature format): of its bytes, and for data and manifest of the
 * value's JSON text with sorted keys and nothing between, so that layout does not matter and every value does.
 *
 * @param name of the file in the bundle
 * @param hash hexadecimal
 * @param algorithm OPA's name: {@code SHA-256}
 */
record FileDigest(String name, String hash, String algorithm) {
    static final String DEFAULT = "SHA-256";
    private static final Map<String, String> ALGORITHMS = Map.of(
            "MD5", "MD5",
            "SHA-1", "SHA-1",
            "SHA-224", "SHA-224",
            "SHA-256", "SHA-256",
            "SHA-384", "SHA-384",
            "SHA-512", "SHA-512",
            "SHA-512-224", "SHA-512/224",
            "SHA-512-256", "SHA-512/256");
    private static final byte[] REPLACEMENT = "\uFFFD".getBytes(StandardCharsets.UTF_8);

    static FileDigest of(BundleFile file, String algorithm) throws BundleException {
        String known = ALGORITHMS.get(algorithm);
        if (known == null) {
            String what = "the signature's hash algorithm '" + BundleException.shown(algorithm) + "' is unknown";
            throw new BundleException(BundleException.Code.SIGNATURE, file.path(), what);
        }
        try {
            MessageDigest digest = MessageDigest.getInstance(known);
            digest.update(file.isStructured() ? canonical(file.value()) : ByteBuffer.wrap(file.content()));
            return new FileDigest(file.path(), HexFormat.of().formatHex(digest.digest()), algorithm);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("the JDK has no " + known, missing);
        }
    }

    /** As Go's encoder writes values: two line separators escaped, half a surrogate pair replaced. */
    private static ByteBuffer canonical(Value value) {
        String text = value.toJson().replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
        try {
            return StandardCharsets.UTF_8
                    .newEncoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .replaceWith(REPLACEMENT)
                    .encode(CharBuffer.wrap(text));
        } catch (CharacterCodingException impossible) {
            throw new IllegalStateException(impossible); // whatever is malformed is replaced
        }
    }

    Obj toValue() {
        return new ObjBuilder()
                .put("name", new Str(name))
                .put("hash", new Str(hash))
                .put("algorithm", new Str(algorithm))
                .build();
    }
}

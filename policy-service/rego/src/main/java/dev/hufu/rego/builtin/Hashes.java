package dev.hufu.rego.builtin;

import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Digests and message authentication codes, in hex. */
final class Hashes {
    private Hashes() {}

    static void register(Registry registry) {
        registry.unary("crypto.md5", (context, a) -> digest(context, "MD5", a));
        registry.unary("crypto.sha1", (context, a) -> digest(context, "SHA-1", a));
        registry.unary("crypto.sha256", (context, a) -> digest(context, "SHA-256", a));
        registry.binary("crypto.hmac.md5", (_, a, b) -> hmac("HmacMD5", a, b));
        registry.binary("crypto.hmac.sha1", (_, a, b) -> hmac("HmacSHA1", a, b));
        registry.binary("crypto.hmac.sha256", (_, a, b) -> hmac("HmacSHA256", a, b));
        registry.binary("crypto.hmac.sha512", (_, a, b) -> hmac("HmacSHA512", a, b));
        registry.binary(
                "crypto.hmac.equal",
                (_, a, b) -> Value.of(MessageDigest.isEqual(
                        Encodings.bytes(Operands.string(1, a)), Encodings.bytes(Operands.string(2, b)))));
    }

    private static Value digest(Context context, String algorithm, Value value) {
        byte[] bytes = Encodings.bytes(Operands.string(1, value));
        context.work(1 + bytes.length / 64);
        try {
            return new Str(HexFormat.of()
                    .formatHex(MessageDigest.getInstance(algorithm).digest(bytes)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(algorithm + " is in every JDK", missing);
        }
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("SHA-256 is in every JDK", missing);
        }
    }

    private static Value hmac(String algorithm, Value message, Value key) {
        byte[] secret = Encodings.bytes(Operands.string(2, key));
        return new Str(HexFormat.of().formatHex(mac(algorithm, secret, Encodings.bytes(Operands.string(1, message)))));
    }

    static byte[] mac(String algorithm, byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            // the JDK refuses an empty key, which is the same as one zero byte
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, algorithm));
            return mac.doFinal(message);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(algorithm + " is in every JDK", missing);
        }
    }
}

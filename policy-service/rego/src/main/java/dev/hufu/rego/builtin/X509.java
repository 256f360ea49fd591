package dev.hufu.rego.builtin;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Bool;
import dev.hufu.rego.Null;
import dev.hufu.rego.Num;
import dev.hufu.rego.Obj;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.util.ArrayList;
import java.util.List;

/** {@code crypto.x509.*} and {@code crypto.parse_private_keys}. */
final class X509 {
    private static final Arr UNVERIFIED = Arr.of(Bool.FALSE, Arr.EMPTY);
    private static final String BEGIN = "-----BEGIN";

    private X509() {}

    static void register(Registry registry) {
        registry.unary("crypto.x509.parse_certificates", (context, a) -> {
            String text = text(context, 1, a);
            return Certificates.list(Certificates.parse(text).stream()
                    .map(Certificates.Certificate::fields)
                    .toList());
        });
        registry.unary(
                "crypto.x509.parse_and_verify_certificates",
                (context, a) -> verify(context, text(context, 1, a), Obj.EMPTY, true));
        registry.binary(
                "crypto.x509.parse_and_verify_certificates_with_options",
                (context, a, b) -> verify(context, text(context, 1, a), Operands.object(2, b), false));
        registry.unary(
                "crypto.x509.parse_certificate_request", (context, a) -> Certificates.request(text(context, 1, a)));
        registry.binary(
                "crypto.x509.parse_keypair", (context, a, b) -> keyPair(text(context, 1, a), text(context, 1, b)));
        registry.unary("crypto.x509.parse_rsa_private_key", (context, a) -> jwk(text(context, 1, a)));
        registry.unary("crypto.parse_private_keys", (context, a) -> privateKeys(text(context, 1, a)));
    }

    private static String text(Context context, int position, Value value) {
        String text = Operands.string(position, value);
        context.work(1 + text.length() / 4L);
        context.reserve(text.length());
        return text;
    }

    private static Value jwk(String given) {
        if (given.isEmpty()) {
            throw BuiltinException.failed("input PEM data was empty");
        }
        List<PrivateKeys> keys = PrivateKeys.parse(Pem.text(given, BEGIN));
        return keys.isEmpty() ? Null.NULL : keys.getFirst().jwk();
    }

    private static Value privateKeys(String given) {
        return given.isEmpty()
                ? Null.NULL
                : Arr.of(PrivateKeys.parse(given).stream()
                        .map(PrivateKeys::shown)
                        .toList());
    }

    private static Value verify(Context context, String given, Obj options, boolean withUris) {
        List<Certificates.Certificate> certificates;
        try {
            certificates = Certificates.parse(given);
        } catch (BuiltinException malformed) {
            return UNVERIFIED;
        }
        Chain.Wanted wanted = Chain.Wanted.of(context, options);
        context.work(1000L * certificates.size());
        List<Value> shown = new ArrayList<>();
        for (int index : Chain.verify(certificates, wanted)) {
            Obj fields = certificates.get(index).fields();
            shown.add(withUris ? fields : withoutUriStrings(fields));
        }
        return shown.isEmpty() ? UNVERIFIED : Arr.of(Bool.TRUE, Arr.of(shown));
    }

    private static Obj withoutUriStrings(Obj certificate) {
        ObjBuilder fields = new ObjBuilder().putAll(certificate);
        fields.remove(new Str("URIStrings"));
        return fields.build();
    }

    /** PEM, or its Base64, or that of DER. */
    private static List<Pem> blocks(String given, String type) {
        String text = Pem.text(given, BEGIN);
        return text.startsWith(BEGIN) ? Pem.blocks(text) : List.of(new Pem(type, new Octets(Encodings.base64(given))));
    }

    private static Value keyPair(String certificate, String key) {
        List<Pem> certificateBlocks = blocks(certificate, "CERTIFICATE");
        List<Pem> keyBlocks = blocks(key, "PRIVATE KEY");
        List<Value> encoded = new ArrayList<>();
        for (Pem block : certificateBlocks) {
            if (block.type().equals("CERTIFICATE")) {
                encoded.add(block.octets().base64());
            }
        }
        if (encoded.isEmpty()) {
            throw BuiltinException.failed("tls: failed to find any PEM data in certificate input");
        }
        Pem secret = keyBlocks.stream()
                .filter(block -> block.type().endsWith("PRIVATE KEY"))
                .findFirst()
                .orElseThrow(() -> BuiltinException.failed("tls: failed to find any PEM data in key input"));
        byte[] leafBytes = certificateBlocks.stream()
                .filter(block -> block.type().equals("CERTIFICATE"))
                .findFirst()
                .orElseThrow()
                .octets()
                .bytes();
        Obj leaf = Certificates.one(leafBytes).fields();
        PrivateKeys sign = PrivateKeys.any(secret.octets().bytes());
        Value verifies = leaf.get("PublicKey");
        if (Num.ZERO.equals(leaf.get("PublicKeyAlgorithm"))) {
            throw BuiltinException.failed("tls: unknown public key algorithm");
        }
        if (!sign.verifies().equals(verifies)) {
            throw BuiltinException.failed("tls: private key does not match public key");
        }
        return new ObjBuilder()
                .put("Certificate", Arr.of(encoded))
                .put("Leaf", withoutUriStrings(leaf))
                .put("PrivateKey", sign.shown())
                .put("OCSPStaple", Null.NULL)
                .put("SignedCertificateTimestamps", Null.NULL)
                .put("SupportedSignatureAlgorithms", Null.NULL)
                .build();
    }
}

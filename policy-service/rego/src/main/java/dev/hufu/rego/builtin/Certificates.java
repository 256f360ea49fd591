package dev.hufu.rego.builtin;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Null;
import dev.hufu.rego.Num;
import dev.hufu.rego.Obj;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Certificates and requests for them (RFC 5280, RFC 2986), in the shape that Go's encoder gives its own types. */
final class Certificates {
    private static final int MAX_CERTIFICATES = 100;
    private static final String EXTENSION_REQUEST = "1.2.840.113549.1.9.14";
    /** Go's numbers for signature algorithms. */
    private static final Map<String, Integer> SIGNATURES = Map.ofEntries(
            Map.entry("1.2.840.113549.1.1.4", 2),
            Map.entry("1.2.840.113549.1.1.5", 3),
            Map.entry("1.3.14.3.2.29", 3),
            Map.entry("1.2.840.113549.1.1.11", 4),
            Map.entry("1.2.840.113549.1.1.12", 5),
            Map.entry("1.2.840.113549.1.1.13", 6),
            Map.entry("1.2.840.10040.4.3", 7),
            Map.entry("2.16.840.1.101.3.4.3.2", 8),
            Map.entry("1.2.840.10045.4.1", 9),
            Map.entry("1.2.840.10045.4.3.2", 10),
            Map.entry("1.2.840.10045.4.3.3", 11),
            Map.entry("1.2.840.10045.4.3.4", 12),
            Map.entry("1.3.101.112", 16));

    private static final String PSS = "1.2.840.113549.1.1.10";
    private static final Map<String, Integer> PSS_HASHES =
            Map.of("2.16.840.1.101.3.4.2.1", 13, "2.16.840.1.101.3.4.2.2", 14, "2.16.840.1.101.3.4.2.3", 15);

    private Certificates() {}

    /** A certificate's bytes and what they say. */
    record Certificate(Octets der, Obj fields) {}

    static Value base64(byte[] bytes) {
        return new Octets(bytes).base64();
    }

    /** A list as Go writes it: null where nothing was added. */
    static Value list(List<? extends Value> items) {
        return items.isEmpty() ? Null.NULL : Arr.of(items);
    }

    /** Certificates of PEM, of its Base64, or of DER's. */
    static List<Certificate> parse(String given) {
        String text = Pem.text(given, "-----BEGIN");
        List<byte[]> encoded = new ArrayList<>();
        if (text.startsWith("-----BEGIN")) {
            for (Pem block : Pem.blocks(text)) {
                if (!block.type().equals("CERTIFICATE")) {
                    throw BuiltinException.failed("PEM block type is '" + block.type() + "', expected CERTIFICATE");
                }
                encoded.add(block.octets().bytes());
            }
        } else {
            encoded.add(Encodings.base64(given));
        }
        List<Certificate> certificates = new ArrayList<>();
        for (byte[] bytes : encoded) {
            for (Der all = Der.of(bytes); !all.atEnd(); ) {
                certificates.add(one(all.whole(Der.SEQUENCE).rest()));
                if (certificates.size() > MAX_CERTIFICATES) {
                    throw BuiltinException.failed("more than " + MAX_CERTIFICATES + " certificates");
                }
            }
        }
        return certificates;
    }

    static Certificate one(byte[] der) {
        Der input = Der.of(der).in(Der.SEQUENCE);
        Der whole = input.whole(Der.SEQUENCE);
        ObjBuilder fields = new ObjBuilder();
        fields.put("Raw", base64(der)).put("RawTBSCertificate", base64(whole.rest()));
        Der body = whole.in(Der.SEQUENCE);
        Der written = body.optional(Der.context(0, true));
        int version = written == null ? 1 : written.integer().intValue() + 1;
        if (version < 1 || version > 3) {
            throw BuiltinException.failed("x509: invalid version");
        }
        BigInteger serial = body.integer();
        if (serial.signum() < 0) {
            throw BuiltinException.failed("x509: negative serial number");
        }
        fields.put("Version", Num.of(version)).put("SerialNumber", Num.of(serial));
        byte[] inner = body.in(Der.SEQUENCE).rest();
        byte[] outer = input.in(Der.SEQUENCE).rest();
        if (!java.util.Arrays.equals(inner, outer)) {
            throw BuiltinException.failed("x509: inner and outer signature algorithm identifiers don't match");
        }
        fields.put("SignatureAlgorithm", Num.of(signatureAlgorithm(Der.of(inner))));
        byte[] issuer = body.whole(Der.SEQUENCE).rest();
        fields.put("RawIssuer", base64(issuer)).put("Issuer", Names.read(issuer));
        Der validity = body.in(Der.SEQUENCE);
        fields.put("NotBefore", time(validity)).put("NotAfter", time(validity));
        byte[] subject = body.whole(Der.SEQUENCE).rest();
        fields.put("RawSubject", base64(subject)).put("Subject", Names.read(subject));
        publicKey(body, fields);
        body.optional(Der.context(1, false));
        body.optional(Der.context(2, false));
        Der extensions = version == 3 ? body.optional(Der.context(3, true)) : null;
        List<Extension> listed = extensions == null ? List.of() : extensions(extensions.in(Der.SEQUENCE));
        fields.put("Extensions", list(listed.stream().map(Extension::shown).toList()));
        fields.put("ExtraExtensions", Null.NULL);
        new Extensions(listed).addTo(fields);
        fields.put("Signature", base64(input.bits().bytes()));
        return new Certificate(new Octets(der), fields.build());
    }

    static void publicKey(Der body, ObjBuilder fields) {
        Der info = body.whole(Der.SEQUENCE);
        fields.put("RawSubjectPublicKeyInfo", base64(info.rest()));
        PublicKeys key = PublicKeys.read(info.in(Der.SEQUENCE));
        fields.put("PublicKeyAlgorithm", Num.of(key.algorithm())).put("PublicKey", key.key());
    }

    static int signatureAlgorithm(Der algorithm) {
        String oid = algorithm.oid();
        if (!oid.equals(PSS)) {
            return SIGNATURES.getOrDefault(oid, 0);
        }
        Der parameters = algorithm.optional(Der.SEQUENCE);
        Der hash = parameters == null ? null : parameters.optional(Der.context(0, true));
        return hash == null ? 0 : PSS_HASHES.getOrDefault(hash.in(Der.SEQUENCE).oid(), 0);
    }

    private static Value time(Der validity) {
        boolean shortYear = validity.tag() == Der.UTC_TIME;
        String text = Pem.text(
                validity.in(shortYear ? Der.UTC_TIME : Der.GENERALIZED_TIME).rest());
        try {
            int year = shortYear ? Integer.parseInt(text.substring(0, 2)) : 0;
            String full = shortYear ? (year >= 50 ? "19" : "20") + text : text;
            String padded = full.length() == 13 ? full.substring(0, 12) + "00Z" : full;
            Instant instant = LocalDateTime.parse(padded, DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'", Locale.ROOT))
                    .toInstant(ZoneOffset.UTC);
            return new Str(DateTimeFormatter.ISO_INSTANT.format(instant));
        } catch (DateTimeException | NumberFormatException | StringIndexOutOfBoundsException malformed) {
            throw Der.malformed("validity");
        }
    }

    /** An extension, unread. */
    record Extension(List<BigInteger> id, boolean critical, Octets content) {
        Value shown() {
            return Value.of(Map.of("Id", Der.array(id), "Critical", Value.of(critical), "Value", content.base64()));
        }

        String oid() {
            return Der.dotted(id);
        }
    }

    static List<Extension> extensions(Der sequence) {
        List<Extension> found = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        while (!sequence.atEnd()) {
            Der one = sequence.in(Der.SEQUENCE);
            List<BigInteger> id = one.arcs();
            boolean critical = one.tag() == Der.BOOLEAN && one.bool();
            found.add(new Extension(id, critical, new Octets(one.octets())));
            if (!seen.add(Der.dotted(id))) {
                throw BuiltinException.failed(
                        "x509: certificate contains duplicate extension with OID \"" + Der.dotted(id) + "\"");
            }
        }
        return found;
    }

    static Obj request(String given) {
        String prefix = "-----BEGIN CERTIFICATE REQUEST-----";
        byte[] der = given.startsWith(prefix) ? new byte[0] : Encodings.base64(given);
        List<Pem> blocks = Pem.blocks(given.startsWith(prefix) ? given : Pem.text(der));
        if (!blocks.isEmpty()) {
            if (!blocks.getFirst().type().equals("CERTIFICATE REQUEST")) {
                throw BuiltinException.failed("invalid PEM-encoded certificate signing request");
            }
            der = blocks.getFirst().octets().bytes();
        }
        if (der.length > 0 && Der.of(der).tag() != Der.SEQUENCE) {
            throw BuiltinException.failed("asn1: structure error: a certificate request is a sequence");
        }
        Der input = Der.of(der).in(Der.SEQUENCE);
        Der whole = input.whole(Der.SEQUENCE);
        ObjBuilder fields = new ObjBuilder();
        fields.put("Raw", base64(der)).put("RawTBSCertificateRequest", base64(whole.rest()));
        Der body = whole.in(Der.SEQUENCE);
        fields.put("Version", Num.of(body.integer()));
        byte[] subject = body.whole(Der.SEQUENCE).rest();
        fields.put("RawSubject", base64(subject)).put("Subject", Names.read(subject));
        publicKey(body, fields);
        attributes(body.optional(Der.context(0, true)), fields);
        fields.put("ExtraExtensions", Null.NULL);
        fields.put("SignatureAlgorithm", Num.of(signatureAlgorithm(input.in(Der.SEQUENCE))));
        fields.put("Signature", base64(input.bits().bytes()));
        return fields.build();
    }

    private static void attributes(@org.jspecify.annotations.Nullable Der attributes, ObjBuilder fields) {
        List<Value> shown = new ArrayList<>();
        List<Extension> extensions = new ArrayList<>();
        while (attributes != null && !attributes.atEnd()) {
            Der attribute = attributes.in(Der.SEQUENCE);
            List<BigInteger> type = attribute.arcs();
            List<Value> sets = new ArrayList<>();
            for (Der set = attribute.in(Der.SET); !set.atEnd(); ) {
                if (set.tag() != Der.SEQUENCE || !Der.dotted(type).equals(EXTENSION_REQUEST)) {
                    set.skip();
                    continue;
                }
                List<Extension> asked = extensions(set.in(Der.SEQUENCE));
                extensions.addAll(asked);
                sets.add(Arr.of(asked.stream()
                        .map(one -> Value.of(Map.of(
                                "Type",
                                Der.array(one.id()),
                                "Value",
                                one.content().base64())))
                        .toList()));
            }
            if (!sets.isEmpty()) {
                shown.add(Value.of(Map.of("Type", Der.array(type), "Value", Arr.of(sets))));
            }
        }
        fields.put("Attributes", list(shown));
        fields.put("Extensions", list(extensions.stream().map(Extension::shown).toList()));
        AlternativeNames names = new AlternativeNames();
        extensions.stream()
                .filter(one -> one.oid().equals(Extensions.ALTERNATIVE_NAMES))
                .forEach(one -> names.read(one.content().bytes()));
        names.addTo(fields);
    }
}

package dev.hufu.rego.builtin;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Num;
import dev.hufu.rego.Obj;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code io.jwt.*}: JSON Web Tokens in compact form (RFC 7519, RFC 7515). */
final class Tokens {
    private static final Arr UNVERIFIED = Arr.of(Value.of(false), Obj.EMPTY, Obj.EMPTY);
    private static final int MAX_NESTED = 5;

    private record Token(String header, String payload, String signature) {
        byte[] signed() {
            return (header + "." + payload).getBytes(StandardCharsets.UTF_8);
        }
    }

    /** What verifying by a key takes, in units of {@link Context#spend}. */
    private static final int VERIFY = 1_024;

    private Tokens() {}

    static void register(Registry registry) {
        registry.unary("io.jwt.decode", (context, a) -> decode(context, Operands.string(1, a), 0));
        for (String algorithm : Signatures.KNOWN) {
            String name = "io.jwt.verify_" + algorithm.toLowerCase(Locale.ROOT);
            registry.binary(
                    name, (context, a, b) -> verify(context, algorithm, Operands.string(1, a), Operands.string(2, b)));
        }
        registry.binary(
                "io.jwt.decode_verify",
                (context, a, b) -> decodeVerify(context, Operands.string(1, a), Operands.object(2, b)));
        registry.nary("io.jwt.encode_sign", 3, (context, args) -> {
            for (Value arg : args) {
                context.room(arg.weight());
            }
            return encode(
                    context,
                    args[0].toEscapedJson(context::spend),
                    args[1].toEscapedJson(context::spend),
                    args[2].toEscapedJson(context::spend));
        });
        registry.nary(
                "io.jwt.encode_sign_raw",
                3,
                (context, args) -> encode(
                        context,
                        Operands.string(1, args[0]),
                        Operands.string(2, args[1]),
                        Operands.string(3, args[2])));
    }

    private static Token split(String text) {
        if (text.indexOf('.') < 0) {
            throw BuiltinException.failed("encoded JWT had no period separators");
        }
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3) {
            throw BuiltinException.failed("encoded JWT must have 3 sections, found " + parts.length);
        }
        return new Token(parts[0], parts[1], parts[2]);
    }

    private static byte[] part(String name, String encoded) {
        try {
            return Encodings.base64Url(encoded);
        } catch (BuiltinException malformed) {
            throw BuiltinException.failed("JWT " + name + " had invalid encoding: " + malformed.getMessage());
        }
    }

    private static Obj object(Context context, byte[] json) {
        Value value;
        try {
            value = Value.fromJson(new PacedReader(context, new String(json, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException malformed) {
            throw BuiltinException.failed("invalid JSON: " + malformed.getMessage());
        }
        if (value instanceof Obj object) {
            return object;
        }
        throw BuiltinException.failed("decoded JSON type was not an Object");
    }

    private static Obj header(Context context, Token token) {
        Obj header;
        try {
            header = object(context, part("header", token.header));
        } catch (BuiltinException bad) {
            String message = String.valueOf(bad.getMessage());
            throw BuiltinException.failed(message.startsWith("JWT") ? message : "bad JWT header: " + message);
        }
        if (header.get("enc") != null) {
            throw BuiltinException.failed("JWT is a JWE object, which is not supported");
        }
        return header;
    }

    private static String text(Obj fields, String name) {
        Value value = fields.get(name);
        if (value == null) {
            return "";
        }
        if (value instanceof Str text) {
            return text.value();
        }
        throw BuiltinException.failed(name + ": must be a string");
    }

    private static Value decode(Context context, String text, int depth) {
        Token token = split(text);
        Obj header = header(context, token);
        byte[] payload = part("payload", token.payload);
        if (depth < MAX_NESTED
                && header.get("cty") instanceof Str type
                && type.value().equals("JWT")) {
            String inner = new String(payload, StandardCharsets.UTF_8);
            return decode(context, inner.replaceAll("^[\"']+|[\"']+$", ""), depth + 1);
        }
        Obj claims = object(context, payload);
        String signature = HexFormat.of().formatHex(part("signature", token.signature));
        return Arr.of(header, claims, new Str(signature));
    }

    private static Value verify(Context context, String algorithm, String text, String key) {
        Token token = split(text);
        Obj header = header(context, token);
        List<SigningKeys.Key> keys =
                algorithm.startsWith("HS") ? List.of(SigningKeys.secret(key)) : SigningKeys.verifying(key);
        byte[] signature = part("signature", token.signature);
        return Value.of(verify(context, keys, text(header, "kid"), algorithm, token, signature));
    }

    private static boolean verify(
            Context context, List<SigningKeys.Key> keys, String id, String algorithm, Token token, byte[] signature) {
        byte[] signed = token.signed();
        for (SigningKeys.Key key : keys) {
            if (!id.isEmpty() && key.id().equals(id)) {
                return Signatures.verify(algorithm, key, signed, signature);
            }
        }
        return keys.stream()
                .filter(key -> key.algorithm().isEmpty() || key.algorithm().equals(algorithm))
                .anyMatch(key -> {
                    context.spend(VERIFY);
                    return Signatures.verify(algorithm, key, signed, signature);
                });
    }

    private record Constraints(
            List<SigningKeys.Key> keys, String algorithm, String issuer, String audience, BigDecimal seconds) {
        static Constraints of(Context context, Obj fields) {
            for (Value name : fields.keys()) {
                if (!List.of("cert", "secret", "alg", "iss", "aud", "time").contains(Comparisons.text(name))) {
                    throw BuiltinException.failed("unknown token validation constraint: " + Comparisons.text(name));
                }
            }
            String cert = constraint(fields, "cert");
            String secret = constraint(fields, "secret");
            if (fields.get("cert") != null && !secret.isEmpty()) {
                throw BuiltinException.failed("duplicate key constraints");
            }
            if (fields.get("cert") == null && secret.isEmpty()) {
                throw BuiltinException.failed("no key constraint");
            }
            List<SigningKeys.Key> keys =
                    secret.isEmpty() ? SigningKeys.verifying(cert) : List.of(SigningKeys.secret(secret));
            Value time = fields.get("time") == null ? Times.nanos(context.now()) : fields.get("time");
            if (!(time instanceof Num nanos) || nanos.compareTo(Num.ZERO) < 0) {
                throw BuiltinException.failed("token time constraint: must be a number that is not negative");
            }
            return new Constraints(
                    keys,
                    constraint(fields, "alg"),
                    constraint(fields, "iss"),
                    constraint(fields, "aud"),
                    nanos.asDecimal().movePointLeft(9));
        }

        private static String constraint(Obj fields, String name) {
            Value value = fields.get(name);
            if (value == null) {
                return "";
            }
            if (value instanceof Str text) {
                return text.value();
            }
            throw BuiltinException.failed(name + " constraint: must be a string");
        }
    }

    private static Value decodeVerify(Context context, String text, Obj fields) {
        Constraints wanted = Constraints.of(context, fields);
        String encoded = text;
        for (int depth = 0; depth < MAX_NESTED; depth++) {
            Token token = split(encoded);
            Obj header = header(context, token);
            String algorithm = text(header, "alg");
            boolean acceptable = !algorithm.isEmpty() && understood(header);
            if (!acceptable || !(wanted.algorithm.isEmpty() || wanted.algorithm.equals(algorithm))) {
                return UNVERIFIED;
            }
            byte[] signature = Encodings.base64Url(token.signature);
            if (!verify(context, wanted.keys, text(header, "kid"), algorithm, token, signature)) {
                return UNVERIFIED;
            }
            byte[] payload = part("payload", token.payload);
            if (text(header, "cty").equalsIgnoreCase("JWT")) {
                encoded = new String(payload, StandardCharsets.UTF_8);
                continue;
            }
            Obj claims = object(context, payload);
            return holds(wanted, claims) ? Arr.of(Value.of(true), header, claims) : UNVERIFIED;
        }
        throw BuiltinException.failed("JWT nested deeper than " + MAX_NESTED);
    }

    /** No critical parameter is one that is not known here. */
    private static boolean understood(Obj header) {
        Value critical = header.get("crit");
        if (critical == null) {
            return true;
        }
        if (!(critical instanceof Arr names) || names.size() == 0) {
            throw BuiltinException.failed("crit: must be a nonempty list");
        }
        Set<Value> listed = new HashSet<>(names.asList());
        return header.keys().stream()
                .filter(name -> !List.of("alg", "kid", "typ", "cty", "crit").contains(Comparisons.text(name)))
                .noneMatch(listed::contains);
    }

    private static boolean holds(Constraints wanted, Obj claims) {
        Value issuer = claims.get("iss");
        if (!wanted.issuer.isEmpty() && !new Str(wanted.issuer).equals(issuer)) {
            return false;
        }
        Value audience = claims.get("aud");
        Str wantedAudience = new Str(wanted.audience);
        boolean audienceHolds = audience == null
                ? wanted.audience.isEmpty()
                : audience.equals(wantedAudience)
                        || (audience instanceof Arr several && several.asList().contains(wantedAudience));
        if (!audienceHolds) {
            return false;
        }
        Value expires = claims.get("exp");
        if (expires != null && wanted.seconds.compareTo(seconds("exp", expires)) >= 0) {
            return false;
        }
        Value from = claims.get("nbf");
        return from == null || wanted.seconds.compareTo(seconds("nbf", from)) >= 0;
    }

    private static BigDecimal seconds(String name, Value value) {
        if (value instanceof Num number) {
            return number.asDecimal();
        }
        throw BuiltinException.failed(name + " value must be a number");
    }

    private static Value encode(Context context, String header, String payload, String key) {
        List<SigningKeys.Key> keys = SigningKeys.parse(key, "failed to parse the JWK");
        if (keys.isEmpty()) {
            throw BuiltinException.failed("no keys found in JWK set");
        }
        Value fields;
        try {
            fields = Value.fromJson(new PacedReader(context, header));
        } catch (IllegalArgumentException malformed) {
            // what begins like a number is one to OPA's reader, and has no `alg`
            boolean number = header.matches("[0-9eE+.-]+");
            throw BuiltinException.failed("missing or invalid 'alg' header: "
                    + (number ? "jwsbb: header \"alg\" not found" : "cannot parse JSON")
                    + (header.isEmpty() ? ": cannot parse empty string" : ""));
        }
        if (!(fields instanceof Obj object && object.get("alg") instanceof Str algorithm)) {
            throw BuiltinException.failed("missing or invalid 'alg' header: jwsbb: header \"alg\" not found");
        }
        if (!Signatures.KNOWN.contains(algorithm.value())) {
            throw BuiltinException.failed("unknown JWS algorithm: " + algorithm.value());
        }
        boolean isToken =
                !(object.get("typ") instanceof Str type) || type.value().equals("JWT");
        if (isToken && !JsonDocs.isValid(context, payload)) {
            throw BuiltinException.failed("type is JWT but payload is not JSON");
        }
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        String signed = encoder.encodeToString(Encodings.bytes(header)) + "."
                + encoder.encodeToString(Encodings.bytes(payload));
        byte[] signature = Signatures.sign(algorithm.value(), keys.getFirst(), Encodings.bytes(signed));
        return new Str(signed + "." + encoder.encodeToString(signature));
    }
}

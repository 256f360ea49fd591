package dev.hufu.rego.builtin;

import dev.hufu.rego.Bool;
import dev.hufu.rego.Obj;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.SetValue;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** {@code providers.aws.sign_req}: AWS's signature, version 4, over a request described as an object. */
final class AwsSigning {
    private static final List<String> CONFIGURATION =
            List.of("aws_access_key", "aws_region", "aws_secret_access_key", "aws_service");
    private static final List<String> REQUEST = List.of("method", "url");
    /** What a request to {@code http.send} may say. */
    private static final Set<String> ALLOWED = Set.of(
            "method",
            "url",
            "body",
            "enable_redirect",
            "force_json_decode",
            "force_yaml_decode",
            "headers",
            "raw_body",
            "tls_use_system_certs",
            "tls_ca_cert",
            "tls_ca_cert_file",
            "tls_ca_cert_env_variable",
            "tls_client_cert",
            "tls_client_cert_file",
            "tls_client_cert_env_variable",
            "tls_client_key",
            "tls_client_key_file",
            "tls_client_key_env_variable",
            "tls_insecure_skip_verify",
            "tls_server_name",
            "timeout",
            "cache",
            "force_cache",
            "force_cache_duration_seconds",
            "raise_error",
            "caching_mode",
            "max_retry_attempts",
            "cache_ignored_headers");

    private static final Set<String> UNSIGNED = Set.of("authorization", "user-agent", "x-amzn-trace-id");
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private AwsSigning() {}

    static void register(Registry registry) {
        registry.nary("providers.aws.sign_req", 3, AwsSigning::sign);
    }

    private static void check(int operand, String what, List<String> wrong) {
        if (!wrong.isEmpty()) {
            SetValue names = SetValue.of(wrong.stream().map(Str::new).toList());
            throw BuiltinException.type("operand " + operand + " " + what + ": " + names);
        }
    }

    private static List<String> those(List<String> names, Predicate<String> holds) {
        return names.stream().filter(holds).toList();
    }

    private static Value sign(Context context, Value[] args) {
        Obj request = Operands.object(1, args[0]);
        Obj configuration = Operands.object(1, args[1]);
        check(
                2,
                "missing required AWS config parameters(s)",
                those(CONFIGURATION, name -> configuration.get(name) == null));
        check(
                2,
                "invalid values for required AWS config parameters(s)",
                those(CONFIGURATION, name -> !(configuration.get(name) instanceof Str)));
        Instant time = time(args[2]);
        List<String> keys = request.keys().stream().map(Comparisons::text).toList();
        check(1, "invalid request parameters(s)", those(keys, name -> !ALLOWED.contains(name)));
        check(1, "missing required request parameters(s)", those(REQUEST, name -> request.get(name) == null));
        Value given = request.get("headers") == null ? Obj.EMPTY : request.get("headers");
        if (!(given instanceof Obj headers)) {
            throw BuiltinException.operand(0, "object", given == null ? Obj.EMPTY : given);
        }
        check(
                1,
                "invalid values for required request parameters(s)",
                those(REQUEST, name -> !(request.get(name) instanceof Str)));
        Uri uri = Uri.parse(text(request, "url"));
        byte[] body = body(request);
        context.work(1 + body.length / 16L);
        Value unsigned = configuration.get("disable_payload_signing");
        if (unsigned != null && !(unsigned instanceof Bool)) {
            throw BuiltinException.type("operand 2 invalid value for 'disable_payload_signing' in AWS config");
        }
        String payload = Bool.TRUE.equals(unsigned) ? "UNSIGNED-PAYLOAD" : hex(Hashes.sha256(body));
        Map<String, String> added = added(configuration, uri, time, payload);
        ObjBuilder signed = new ObjBuilder();
        headers.forEach((name, value) -> signed.put(Comparisons.text(name), new Str(plain(value))));
        signed.put("Authorization", new Str(authorization(request, configuration, uri, time, payload, added)));
        added.forEach((name, value) -> signed.put(name, new Str(value)));
        return new ObjBuilder().putAll(request).put("headers", signed.build()).build();
    }

    private static Instant time(Value value) {
        long nanos = Operands.number(1, value)
                .asInteger()
                .filter(whole -> whole.bitLength() < 64 && value.toString().matches("-?\\d+"))
                .orElseThrow(
                        () -> BuiltinException.type("operand 3 could not convert time_ns value into a unix timestamp"))
                .longValue();
        try {
            return Instant.ofEpochSecond(0, nanos);
        } catch (DateTimeException beyond) {
            throw BuiltinException.type("operand 3 could not convert time_ns value into a unix timestamp");
        }
    }

    private static String text(Obj object, String name) {
        return plain(object.get(name));
    }

    private static String plain(@Nullable Value value) {
        return value instanceof Str text ? text.value() : "";
    }

    private static byte[] body(Obj request) {
        if (request.get("raw_body") != null) {
            return Encodings.bytes(text(request, "raw_body"));
        }
        Value body = request.get("body");
        return body == null ? new byte[0] : Encodings.bytes(body.toEscapedJson());
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static Map<String, String> added(Obj configuration, Uri uri, Instant time, String payload) {
        Map<String, String> headers = new TreeMap<>(Map.of("host", uri.host(), "x-amz-date", TIME.format(time)));
        String service = text(configuration, "aws_service");
        if (service.equals("s3") || service.equals("glacier")) {
            headers.put("x-amz-content-sha256", payload);
        }
        String session = text(configuration, "aws_session_token");
        if (!session.isEmpty()) {
            headers.put("x-amz-security-token", session);
        }
        return headers;
    }

    private static String authorization(
            Obj request, Obj configuration, Uri uri, Instant time, String payload, Map<String, String> added) {
        TreeMap<String, String> headers = new TreeMap<>(added);
        if (request.get("headers") instanceof Obj given) {
            given.forEach((name, value) -> {
                String lower = Comparisons.text(name).toLowerCase(Locale.ROOT);
                if (!UNSIGNED.contains(lower)) {
                    headers.put(lower, plain(value));
                }
            });
        }
        String names = String.join(";", headers.keySet());
        List<String> lines = new ArrayList<>(List.of(text(request, "method"), uri.escapedPath(), uri.rawQuery()));
        headers.forEach((name, value) -> lines.add(name + ":" + value));
        lines.addAll(List.of("", names, payload));
        String canonical = hex(Hashes.sha256(Encodings.bytes(String.join("\n", lines))));
        String region = text(configuration, "aws_region");
        String service = text(configuration, "aws_service");
        String scope = DAY.format(time) + "/" + region + "/" + service + "/aws4_request";
        String signed = "AWS4-HMAC-SHA256\n" + TIME.format(time) + "\n" + scope + "\n" + canonical;
        byte[] key = ("AWS4" + text(configuration, "aws_secret_access_key")).getBytes(StandardCharsets.UTF_8);
        for (String step : List.of(DAY.format(time), region, service, "aws4_request")) {
            key = Hashes.mac("HmacSHA256", key, Encodings.bytes(step));
        }
        return "AWS4-HMAC-SHA256 Credential=" + text(configuration, "aws_access_key") + "/" + scope
                + ",SignedHeaders=" + names
                + ",Signature=" + hex(Hashes.mac("HmacSHA256", key, Encodings.bytes(signed)));
    }
}

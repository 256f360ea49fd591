package dev.hufu.rego.bundle;

import static dev.hufu.rego.bundle.BundleException.Code.SIGNATURE;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Null;
import dev.hufu.rego.Obj;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import dev.hufu.rego.builtin.BuiltinException;
import dev.hufu.rego.builtin.Globs;
import dev.hufu.rego.builtin.TokenKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code .signatures.json}: one JSON Web Token whose payload lists every file's digest (OPA, "Bundles",
 * signing). As in OPA the token's own times are not read: a signature says who packed these files, not until when they hold.
 */
final class BundleSignature {
    private static final String AGAIN = "; fetch the bundle again from whoever signed it";

    private BundleSignature() {}

    /** The text that was signed, and the signature in Base64. */
    private record Token(Obj header, Obj payload, String signed, String signature) {
        boolean isBy(TokenKey key) {
            byte[] message = signed.getBytes(StandardCharsets.ISO_8859_1);
            return key.verify(message, Base64.getUrlDecoder().decode(signature));
        }
    }

    /** The signature file of these files. */
    static BundleFile sign(List<BundleFile> files, Signing signing) throws BundleException {
        List<Value> digests = new ArrayList<>();
        for (BundleFile file : files) {
            digests.add(FileDigest.of(file, FileDigest.DEFAULT).toValue());
        }
        ObjBuilder header = new ObjBuilder().put("alg", new Str(signing.key().algorithm()));
        header.put("typ", new Str("JWT"));
        ObjBuilder payload = new ObjBuilder();
        if (!signing.keyId().isEmpty()) {
            header.put("kid", new Str(signing.keyId()));
            if (signing.claims().isEmpty()) {
                payload.put("keyid", new Str(signing.keyId())); // where older versions of OPA look for it
            }
        }
        signing.claims().ifPresent(payload::putAll);
        payload.put("files", Arr.of(digests));
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        String signed = encoder.encodeToString(utf8(header.build().toJson())) + "."
                + encoder.encodeToString(utf8(payload.build().toJson()));
        String token =
                signed + "." + encoder.encodeToString(signing.key().sign(signed.getBytes(StandardCharsets.US_ASCII)));
        Obj content = Obj.of(new Str("signatures"), Arr.of(new Str(token)));
        return new BundleFile(BundleFile.SIGNATURES, content.toJson() + "\n");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Checks all files against the signature file among them, as far as it is asked for. */
    static void check(List<BundleFile> files, @Nullable BundleFile signatures, Verification wanted, Path place)
            throws BundleException {
        switch (wanted) {
            case Verification.Skipped _ -> {
                // known by other means
            }
            case Verification.Unsigned _ -> {
                if (signatures != null) {
                    throw refused("the bundle is signed and no key was given; give the verification key");
                }
            }
            case Verification.Signed signed -> {
                if (signatures == null) {
                    throw refused(
                            "the bundle is not signed; build it with a signing key, or take it without a verification key");
                }
                Map<String, FileDigest> digests = digests(signatures, signed);
                boolean asNamed = files.stream()
                        .map(BundleFile::path)
                        .collect(Collectors.toSet())
                        .containsAll(digests.keySet());
                checkFiles(files, asNamed ? digests : fromRoot(digests, place), signed.excluded());
            }
        }
    }

    private static BundleException refused(String what) {
        return new BundleException(SIGNATURE, "", what);
    }

    private static Map<String, FileDigest> digests(BundleFile file, Verification.Signed wanted) throws BundleException {
        if (!(file.value() instanceof Obj content)) {
            throw new BundleException(SIGNATURE, file.path(), "it is no object; sign the bundle again");
        }
        Value plugin = content.get("plugin");
        if (plugin != null && !plugin.equals(new Str("")) && !plugin.equals(new Str("_default"))) {
            throw new BundleException(
                    BundleException.Code.UNSUPPORTED,
                    file.path(),
                    "it was signed by a plugin of OPA's; sign it with a key");
        }
        if (!(content.get("signatures") instanceof Arr tokens) || tokens.size() != 1) {
            throw new BundleException(
                    SIGNATURE, file.path(), "it must hold exactly one signature; sign the bundle again");
        }
        Obj payload = verified(token(tokens.asList().getFirst()), wanted);
        Value scope = payload.get("scope") == null ? new Str("") : payload.get("scope");
        if (!new Str(wanted.scope()).equals(scope)) {
            throw refused("the signature is for another scope than '" + wanted.scope()
                    + "'; give the scope that it was signed for");
        }
        Map<String, FileDigest> digests = new HashMap<>();
        Value listed = payload.get("files");
        for (Value one : listed instanceof Arr array ? array.asList() : List.<Value>of()) {
            if (!(one instanceof Obj digest)) {
                throw refused("the signature's list of files is malformed; sign the bundle again");
            }
            FileDigest read = new FileDigest(
                    text(digest, "name"), text(digest, "hash").toLowerCase(Locale.ROOT), text(digest, "algorithm"));
            digests.put(read.name(), read);
        }
        return digests;
    }

    /**
     * With names from the bundle's root, where {@code opa sign -b a/directory} wrote them with what stands in front of it
     * ({@code a/directory/p.rego}): the names that all begin with the place's own end.
     */
    private static Map<String, FileDigest> fromRoot(Map<String, FileDigest> digests, Path place) {
        for (int from = 0; from < place.getNameCount(); from++) {
            String above = place.subpath(from, place.getNameCount()).toString().replace('\\', '/') + "/";
            if (digests.keySet().stream().allMatch(name -> fromSlash(name).startsWith(above))) {
                Map<String, FileDigest> named = new HashMap<>();
                for (FileDigest digest : digests.values()) {
                    String name = fromSlash(digest.name()).substring(above.length());
                    named.put(name, new FileDigest(name, digest.hash(), digest.algorithm()));
                }
                return named;
            }
        }
        return digests;
    }

    private static String fromSlash(String name) {
        return name.startsWith("/") ? name.substring(1) : name;
    }

    private static String text(Obj fields, String name) throws BundleException {
        Value value = fields.get(name);
        if (value == null || value instanceof Null) {
            return "";
        }
        if (value instanceof Str text) {
            return text.value();
        }
        throw refused("the signature's " + name + " is no string; sign the bundle again");
    }

    private static Token token(Value written) throws BundleException {
        String[] parts = written instanceof Str text ? text.value().split("\\.", -1) : new String[0];
        if (parts.length != 3) {
            throw refused("the signature is no JSON Web Token; sign the bundle again");
        }
        try {
            Base64.Decoder decoder = Base64.getUrlDecoder();
            Obj header = object(decoder.decode(parts[0]));
            Obj payload = object(decoder.decode(parts[1]));
            if (decoder.decode(parts[2]).length == 0) {
                throw refused("the JSON Web Token is not signed; sign the bundle again");
            }
            return new Token(header, payload, parts[0] + "." + parts[1], parts[2]);
        } catch (IllegalArgumentException malformed) {
            throw refused("the signature is a malformed JSON Web Token; sign the bundle again");
        }
    }

    private static Obj object(byte[] json) {
        if (Value.fromJson(new String(json, StandardCharsets.UTF_8)) instanceof Obj object) {
            return object;
        }
        throw new IllegalArgumentException("no object");
    }

    private static Obj verified(Token token, Verification.Signed wanted) throws BundleException {
        String id = wanted.keyId().orElse("");
        id = id.isEmpty() ? text(token.header, "kid") : id;
        id = id.isEmpty() ? text(token.payload, "keyid") : id;
        if (id.isEmpty()) {
            throw refused("the signature does not say with which key; name the key to verify with");
        }
        TokenKey key = wanted.keys().get(id);
        if (key == null) {
            throw refused("there is no verification key named '" + BundleException.shown(id)
                    + "'; name the key as whoever signed did");
        }
        if (!token.isBy(key)) {
            throw refused("the signature was not made with this key by " + key.algorithm()
                    + "; check key and algorithm, and trust the bundle no more than its sender");
        }
        return token.payload;
    }

    private static void checkFiles(List<BundleFile> files, Map<String, FileDigest> digests, List<String> excluded)
            throws BundleException {
        for (BundleFile file : files) {
            FileDigest signed = digests.remove(file.path());
            if (isExcluded(file.path(), excluded)) {
                continue;
            }
            if (signed == null) {
                throw new BundleException(
                        SIGNATURE, file.path(), "the file is not among those that were signed" + AGAIN);
            }
            if (!FileDigest.of(file, signed.algorithm()).equals(signed)) {
                throw new BundleException(SIGNATURE, file.path(), "the file is not as it was signed" + AGAIN);
            }
        }
        Optional<String> missing = digests.keySet().stream().sorted().findFirst();
        if (missing.isPresent()) {
            throw new BundleException(SIGNATURE, missing.get(), "the file was signed and is missing" + AGAIN);
        }
    }

    private static boolean isExcluded(String path, List<String> patterns) throws BundleException {
        for (String pattern : patterns) {
            try {
                if (Globs.matches(pattern, "/", path)) {
                    return true;
                }
            } catch (BuiltinException malformed) {
                throw new BundleException(
                        BundleException.Code.KEY,
                        "",
                        "malformed pattern of files to exclude; write names with * for any characters");
            }
        }
        return false;
    }
}

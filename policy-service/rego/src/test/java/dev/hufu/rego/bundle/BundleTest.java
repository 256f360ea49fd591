package dev.hufu.rego.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hufu.rego.Budget;
import dev.hufu.rego.CompileOptions;
import dev.hufu.rego.Obj;
import dev.hufu.rego.Opa;
import dev.hufu.rego.RegoVersion;
import dev.hufu.rego.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles go to OPA and come from it, with the same answers. */
class BundleTest {
    private static final String POLICY = """
            package a.b

            # METADATA
            # title: T
            x := data.a.b.k + 1

            y contains k if some k, _ in data.a.q
            """;
    private static final String OLD = "package a.old\n\nf[x] { x := 1 }\n";

    @TempDir
    private Path directory;

    private Path root() throws IOException {
        Path root = directory.resolve("root");
        Files.createDirectories(root.resolve("a/b"));
        Files.createDirectories(root.resolve("a/old"));
        Files.writeString(root.resolve("a/b/p.rego"), POLICY);
        Files.writeString(root.resolve("a/old/o.rego"), OLD);
        Files.writeString(root.resolve("a/b/data.json"), """
                {"k": 1, "z": [1e3, 1.50, -0, 12345678901234567890123, 1E+2, "<é\u2028\\u0007\\ud83d\\ude00\\"\\\\/\u007f>"], "": {}}""");
        Files.writeString(
                root.resolve("a/data.yaml"), "q:\n  r: 2.50\n  n: 1e3\n  s: 'x'\n  t: [~, yes, 0x10, 2020-01-01]\n");
        Files.writeString(root.resolve(".manifest"), """
                {"roots": ["a"], "revision": "r1", "metadata": {"m": [1, 2.0]}, "rego_version": 1,
                 "file_rego_versions": {"/a/old/*": 0}}""");
        return root;
    }

    private static Value query(Bundle bundle, String query) throws Exception {
        return bundle.compile(CompileOptions.defaults())
                .prepare(query)
                .evaluate(Obj.EMPTY, bundle.data(), Budget.DEFAULT)
                .orElseThrow();
    }

    private static Value opa(List<String> args) throws InterruptedException {
        Opa.Result result = Opa.run(args);
        assertThat(result.code()).as(result.text()).isZero();
        return Value.fromJson(result.text());
    }

    private static BundleBuild builder() {
        BundleReader reader = new BundleReader(BundleLimits.DEFAULT, Verification.unsigned());
        return new BundleBuild(true, "", List.of("a/b/x"), List.of(), reader, CompileOptions.defaults());
    }

    private Bundle build() throws Exception {
        return builder().build(new TreeMap<>(Map.of("root", root())));
    }

    private static Bundle read(byte[] tarball, Verification verification) throws BundleException {
        return new BundleReader(BundleLimits.DEFAULT, verification).read(tarball);
    }

    @Test
    void write_thenRead_isTheSameBundleAndTheSameBytes() throws Exception {
        Bundle built = build();
        byte[] written = BundleWriter.write(built, Optional.empty());
        Bundle read = read(written, Verification.unsigned());

        assertThat(read.manifest()).isEqualTo(built.manifest());
        assertThat(read.manifest().revision()).isEqualTo("r1");
        assertThat(read.manifest().fileVersions()).isEqualTo(Map.of("/a/old/o.rego", RegoVersion.V0));
        assertThat(read.data()).isEqualTo(built.data());
        assertThat(read.sources()).isEqualTo(built.sources());
        assertThat(query(read, "data.a").toJson())
                .isEqualTo(query(built, "data.a").toJson())
                .contains("\"x\":2");
        assertThat(BundleWriter.write(read, Optional.empty())).isEqualTo(written);
        assertThat(BundleWriter.write(build(), Optional.empty())).isEqualTo(written);
        assertThat(read.namespaces())
                .containsEntry("data.a.b", List.of("a/b/p.rego"))
                .containsEntry("data", List.of("data.json"));
    }

    @Test
    void write_longAndForeignNames_comeBack() throws Exception {
        Map<String, String> files = new TreeMap<>();
        String longName = "d".repeat(90) + "/" + "e".repeat(90) + "/p.rego";
        files.put(longName, "package p\n\nx := 1\n");
        files.put("政策/规则.rego", "package q\n\nx := 2\n");
        Path root = directory.resolve("names");
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path place = root.resolve(file.getKey());
            Files.createDirectories(place.getParent());
            Files.writeString(place, file.getValue());
        }
        Bundle read = read(
                BundleWriter.write(
                        new BundleReader(BundleLimits.DEFAULT, Verification.unsigned()).read(root), Optional.empty()),
                Verification.unsigned());

        assertThat(read.sources().stream().map(source -> source.file()).toList())
                .containsExactlyElementsOf(files.keySet());
        if (Opa.isThere()) {
            Path tarball = Files.write(directory.resolve("names.tar.gz"), BundleWriter.write(read, Optional.empty()));
            String shown =
                    opa(List.of("inspect", "-f", "json", tarball.toString())).toJson();
            assertThat(shown).contains("/" + longName, "/政策/规则.rego");
        }
    }

    @Test
    void build_whatWouldNotLoad_isRefused() throws Exception {
        Path root = root();
        BundleBuild missing = new BundleBuild(
                true, "", List.of("a/b/nope"), List.of(), builder().reader(), CompileOptions.defaults());
        assertThatThrownBy(() -> missing.build(new TreeMap<>(Map.of("root", root))))
                .hasMessageContaining("bundle_entrypoint")
                .hasMessageContaining("a/b/nope");
        Files.writeString(root.resolve("a/b/q.rego"), "package a.b\n\nw := unknown_function(1)\n");
        assertThatThrownBy(() -> build(root)).hasMessageContaining("bundle_module: a/b/q.rego");
        Files.writeString(root.resolve("a/b/q.rego"), "package elsewhere\n");
        assertThatThrownBy(() -> build(root)).hasMessageContaining("bundle_roots: a/b/q.rego");
    }

    private static Bundle build(Path root) throws Exception {
        return builder().build(new TreeMap<>(Map.of("root", root)));
    }

    @Test
    void build_plainFiles_areTakenAsOpaTakesThem() throws Exception {
        assumeTrue(Opa.isThere(), "no opa on the path");
        Path root = plain();
        Path more = Files.writeString(directory.resolve("other.yaml"), "top: 3\n");
        Bundle ours = BundleBuild.defaults().build(new TreeMap<>(Map.of("plain", root, "other.yaml", more)));
        Path theirs = directory.resolve("theirs.tar.gz");
        assertThat(Opa.run(List.of("build", root.toString(), more.toString(), "-o", theirs.toString()))
                        .code())
                .isZero();

        assertThat(query(ours, "data").toJson())
                .isEqualTo(query(read(Files.readAllBytes(theirs), Verification.unsigned()), "data")
                        .toJson());
        assertThat(ours.sources().getFirst().file()).isEqualTo("plain/p.rego");
    }

    private Path plain() throws IOException {
        Path root = directory.resolve("plain");
        Files.createDirectories(root.resolve("sub"));
        Files.writeString(root.resolve("p.rego"), "package p\n\nx := data.sub.k + data.top\n");
        Files.writeString(root.resolve("sub/data.json"), "{\"k\": 2}");
        Files.writeString(root.resolve("notes.txt"), "nothing");
        return root;
    }

    /** Cases, schemas and settings lie beside policies; two of them would contradict each other as data. */
    @Test
    void build_directoryWithOtherDocuments_passesOverThemAndSaysSo() throws Exception {
        Path root = plain();
        Files.writeString(root.resolve("cases-1.yaml"), "cases: [1]\n");
        Files.writeString(root.resolve("sub/cases-2.json"), "[2]");
        SortedMap<String, Path> inputs = new TreeMap<>(Map.of("plain", root));
        BundleBuild build = BundleBuild.defaults();
        assertThat(build.build(inputs).data().toJson()).isEqualTo("{\"sub\":{\"k\":2}}");
        assertThat(build.passedOver(inputs)).containsExactlyInAnyOrder("cases-1.yaml", "cases-2.json");
        assertThat(build.documents(inputs, (Obj) Value.fromJson("{\"sub\": {\"l\": 1}}"))
                        .toJson())
                .isEqualTo("{\"sub\":{\"k\":2,\"l\":1}}");
    }

    @Test
    void build_directoryWithManifest_isABundlesRoot() throws Exception {
        Path root = plain();
        Files.writeString(root.resolve(".manifest"), "{\"revision\": \"r7\", \"roots\": [\"p\", \"sub\"]}");
        Manifest manifest = BundleBuild.defaults()
                .build(new TreeMap<>(Map.of("plain", root)))
                .manifest();
        assertThat(manifest.revision()).isEqualTo("r7");
        assertThat(manifest.roots()).containsExactly("p", "sub");
        Path more = Files.writeString(directory.resolve("other.yaml"), "top: 3\n");
        assertThatThrownBy(() -> BundleBuild.defaults().build(new TreeMap<>(Map.of("plain", root, "other.yaml", more))))
                .hasMessageContaining("bundle_roots: plain: a bundle's root among others; say --bundle");
    }

    /** A key pair as files, or a secret twice. */
    private record Keys(String algorithm, String sign, String verify) {}

    private static String pem(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + type + "-----\n";
    }

    private static List<Keys> keys() throws Exception {
        List<Keys> keys = new ArrayList<>();
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        KeyPair pair = rsa.generateKeyPair();
        for (String algorithm : List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512")) {
            keys.add(of(algorithm, pair));
        }
        for (Map.Entry<String, String> curve :
                new TreeMap<>(Map.of("ES256", "secp256r1", "ES384", "secp384r1", "ES512", "secp521r1")).entrySet()) {
            KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
            ec.initialize(new ECGenParameterSpec(curve.getValue()));
            keys.add(of(curve.getKey(), ec.generateKeyPair()));
        }
        keys.add(of("EdDSA", KeyPairGenerator.getInstance("Ed25519").generateKeyPair()));
        for (String algorithm : List.of("HS256", "HS384", "HS512")) {
            keys.add(new Keys(algorithm, "a secret of some length", "a secret of some length"));
        }
        return keys;
    }

    private static Keys of(String algorithm, KeyPair pair) {
        return new Keys(
                algorithm,
                pem("PRIVATE KEY", pair.getPrivate().getEncoded()),
                pem("PUBLIC KEY", pair.getPublic().getEncoded()));
    }

    @Test
    void sign_eachAlgorithm_verifiesHereAndThereBothWays() throws Exception {
        boolean opa = Opa.isThere();
        Path root = root();
        for (Keys keys : keys()) {
            Path sign = Files.writeString(directory.resolve("sign.pem"), keys.sign());
            Path verify = Files.writeString(directory.resolve("verify.pem"), keys.verify());
            Signing signing = Signing.with(keys.algorithm(), keys.sign(), Signing.DEFAULT_KEY, Optional.empty());
            byte[] signed = BundleWriter.write(build(), Optional.of(signing));
            Verification verification = Verification.with(keys.algorithm(), keys.verify());
            assertThat(query(read(signed, verification), "data.a.b.x")).isEqualTo(Value.of(2));
            assertThatThrownBy(() -> read(signed, Verification.unsigned())).hasMessageContaining("no key was given");
            if (!opa) {
                continue;
            }
            Path ours = Files.write(directory.resolve("ours.tar.gz"), signed);
            Path theirs = directory.resolve("theirs.tar.gz");
            List<String> use = List.of("--verification-key", verify.toString(), "--signing-alg", keys.algorithm());
            List<String> verifying = new ArrayList<>(List.of("build", "-b", ours.toString(), "-o", theirs.toString()));
            verifying.addAll(use);
            Opa.Result verified = Opa.run(verifying);
            assertThat(verified.code())
                    .as(keys.algorithm() + ": " + verified.text())
                    .isZero();
            Opa.Result built = Opa.run(List.of(
                    "build",
                    "-b",
                    root.toString(),
                    "-o",
                    theirs.toString(),
                    "--signing-alg",
                    keys.algorithm(),
                    "--signing-key",
                    sign.toString()));
            assertThat(built.code()).as(built.text()).isZero();
            assertThat(query(read(Files.readAllBytes(theirs), verification), "data.a")
                            .toJson())
                    .isEqualTo(query(read(signed, verification), "data.a").toJson());
        }
        assumeTrue(opa, "no opa on the path");
    }

    /** A value's digest is the same here and there only if the value is: all that plain text in YAML can mean. */
    @Test
    void sign_directoryWithYaml_verifiesHereAndThere() throws Exception {
        assumeTrue(Opa.isThere(), "no opa on the path");
        Path root = root();
        Files.createDirectories(root.resolve("a/yaml"));
        Files.writeString(root.resolve("a/yaml/data.yml"), """
                nulls: [~, null, Null, "", '~', "null"]
                trues: [true, True, yes, on, y, "true", !!str true]
                ints: [0, 1, -1, +1, 017, 0o17, 08, 0x1F, 0b11, -0b11, 1_000, 18446744073709551615, 18446744073709551616, -9223372036854775808]
                floats: [1.5, 1e3, 1., .5, -0.0, 1e21, 1.5e-7, 1E-5, 123456789012345678.9, 1e400, 3.14159265358979312, !!float 3]
                words: [2020-01-01, 2020-01-01T10:00:00Z, 12:30, 1.2.3, 0x, "1", 1__0, 1e, a b, 0o9, 十]
                2: number
                2.50: float
                false: boolean
                base: &base {k: 1, l: [1, 2]}
                merged: {<<: *base, k: 2}
                several: {<<: [*base, {l: 3, m: 4}], n: *base}
                twice: {a: 1, a: 2}
                block: |
                  line
                   two
                folded: >-
                  one
                  word
                """);
        Path key = Files.writeString(directory.resolve("secret"), "s3cret");
        BundleReader reader = new BundleReader(BundleLimits.DEFAULT, Verification.with("HS256", "s3cret"));
        List<BundleFile> files = new ArrayList<>(new BundleDirectory(BundleLimits.DEFAULT, List.of()).all(root));
        files.add(reader.signature(root, Signing.with("HS256", "s3cret", "default", Optional.empty())));
        byte[] packed = TarWriter.write(files);
        Path tarball = Files.write(directory.resolve("yaml.tar.gz"), packed);
        Opa.Result verified = Opa.run(List.of(
                "build",
                "-b",
                tarball.toString(),
                "--verification-key",
                key.toString(),
                "--signing-alg",
                "HS256",
                "-o",
                directory.resolve("b.tar.gz").toString()));
        assertThat(verified.code()).as(verified.text()).isZero();
        Obj ours = (Obj) query(reader.read(packed), "data.a.yaml");
        Obj theirs = (Obj) opa(List.of("eval", "-f", "raw", "-b", tarball.toString(), "data.a.yaml"));
        assertThat(ours.toJson()).isEqualTo(theirs.toJson());
    }

    /** {@code opa sign} names files by the directory as it was given, and so does {@code opa build} when it verifies it. */
    @Test
    void verify_directoryThatOpaSigned_isTaken() throws Exception {
        assumeTrue(Opa.isThere(), "no opa on the path");
        Path root = root();
        for (String given : List.of(root.toString(), root + "/")) {
            List<String> sign = new ArrayList<>(List.of("sign", "--signing-alg", "HS256", "--signing-key", "s3cret"));
            sign.addAll(List.of("-o", root.toString(), "-b", given));
            assertThat(Opa.run(sign).code()).isZero();
            BundleReader reader = new BundleReader(BundleLimits.DEFAULT, Verification.with("HS256", "s3cret"));
            assertThat(reader.read(root).sources()).isNotEmpty();
        }
        // A directory within that is named like the root is no part of how the root was given.
        Path inner = Files.createDirectories(directory.resolve("same/same"));
        Files.writeString(inner.resolve("p.rego"), "package p");
        Path outer = directory.resolve("same");
        BundleReader any = new BundleReader(BundleLimits.DEFAULT, Verification.skipped());
        BundleFile signature = any.signature(outer, Signing.with("HS256", "s3cret", "default", Optional.empty()));
        Files.write(outer.resolve(".signatures.json"), signature.bytes());
        assertThat(new BundleReader(BundleLimits.DEFAULT, Verification.with("HS256", "s3cret"))
                        .read(outer)
                        .sources())
                .hasSize(1);

        Files.writeString(root.resolve("a/b/p.rego"), "package a.b\n\nx := 9\n");
        assertThatThrownBy(
                        () -> new BundleReader(BundleLimits.DEFAULT, Verification.with("HS256", "s3cret")).read(root))
                .hasMessageContaining("bundle_signature: a/b/p.rego: the file is not as it was signed");
    }

    @Test
    void opa_loadsOurs_withTheSameAnswers() throws Exception {
        assumeTrue(Opa.isThere(), "no opa on the path");
        Bundle built = build();
        Path tarball = Files.write(directory.resolve("ours.tar.gz"), BundleWriter.write(built, Optional.empty()));

        Obj result = (Obj) opa(List.of("eval", "-f", "raw", "-b", tarball.toString(), "data.a"));
        assertThat(result.toJson()).isEqualTo(query(built, "data.a").toJson());
        Obj inspected = (Obj) opa(List.of("inspect", "-f", "json", tarball.toString()));
        assertThat(inspected.get("manifest")).isEqualTo(built.manifest().toValue());
    }

    @Test
    void read_opasPlansAndWasm_keepsThemAsTheyAre() throws Exception {
        assumeTrue(Opa.isThere(), "no opa on the path");
        Path root = root();
        for (String target : List.of("plan", "wasm")) {
            Path tarball = directory.resolve(target + ".tar.gz");
            Opa.Result result = Opa.run(
                    List.of("build", "-b", root.toString(), "-t", target, "-e", "a/b/x", "-o", tarball.toString()));
            assertThat(result.code()).as(result.text()).isZero();
            Bundle read = read(Files.readAllBytes(tarball), Verification.unsigned());
            assertThat(read.opaque()).hasSize(1);
            // What went into Wasm is no rule any more; the rest is.
            assertThat(query(read, "data.a.old.f").toJson()).isEqualTo("[1]");
            Bundle again = read(BundleWriter.write(read, Optional.empty()), Verification.unsigned());
            assertThat(again.manifest()).isEqualTo(read.manifest());
            assertThat(again.opaque().getFirst().bytes())
                    .isEqualTo(read.opaque().getFirst().bytes());
        }
    }

    private static Verification secret(String secret, String scope, List<String> excluded) throws BundleException {
        return new Verification.Signed(
                Map.of("k", Verification.key("HS256", secret)), Optional.empty(), scope, excluded);
    }

    private static byte[] signed(String claims) throws Exception {
        Optional<Obj> extra = Optional.of((Obj) Value.fromJson(claims));
        BundleFile data = new BundleFile("data.json", "{\"a\": 1}");
        BundleFile policy = new BundleFile("p.rego", "package p\n\nx := 1\n");
        BundleFile signature = BundleSignature.sign(List.of(data, policy), Signing.with("HS256", "s3cret", "k", extra));
        return TarWriter.write(List.of(data, policy, signature));
    }

    @Test
    void verify_whatIsAskedOfASignature_isHeld() throws Exception {
        byte[] scoped = signed("{\"scope\": \"write\"}");
        read(scoped, secret("s3cret", "write", List.of()));
        read(scoped, Verification.skipped());
        assertThatThrownBy(() -> read(scoped, secret("s3cret", "read", List.of())))
                .hasMessageContaining("bundle_signature: the signature is for another scope");
        assertThatThrownBy(() -> read(scoped, secret("other", "write", List.of())))
                .hasMessageContaining("not made with this key by HS256");
        Verification otherName = new Verification.Signed(
                Map.of("z", Verification.key("HS256", "s3cret")), Optional.empty(), "write", List.of());
        assertThatThrownBy(() -> read(scoped, otherName)).hasMessageContaining("no verification key named 'k'");
        byte[] unsigned = Tarball.of(Map.of("data.json", "{}"));
        assertThatThrownBy(() -> read(unsigned, secret("s3cret", "", List.of())))
                .hasMessageContaining("not signed");
        assertThatThrownBy(() -> Verification.with("RS256", "no pem")).hasMessageContaining("bundle_key");
        assertThatThrownBy(() -> Verification.with("none", "")).hasMessageContaining("unknown algorithm none");
        String publicKey = keys().getFirst().verify();
        assertThatThrownBy(() -> Signing.with("RS256", publicKey, "", Optional.empty()))
                .hasMessageContaining("public key cannot sign");
        assertThatThrownBy(() -> Verification.with("ES256", publicKey)).hasMessageContaining("not one for ES256");
    }

    @Test
    void verify_filesThatChanged_areRefusedByName() throws Exception {
        List<BundleFile> files = TarReader.read(new java.io.ByteArrayInputStream(signed("{}")), BundleLimits.DEFAULT);
        BundleFile data = files.get(0);
        BundleFile policy = files.get(1);
        BundleFile signature = files.get(2);
        Verification wanted = secret("s3cret", "", List.of());

        BundleFile spaced = new BundleFile("data.json", " { \"a\" :1}\n");
        read(TarWriter.write(List.of(signature, spaced, policy)), wanted);
        for (List<BundleFile> wrong : List.of(
                List.of(signature, data),
                List.of(signature, data, policy, new BundleFile("q.rego", "package q")),
                List.of(signature, data, policy, new BundleFile("README.md", "")),
                List.of(signature, new BundleFile("data.json", "{\"a\": 2}"), policy),
                List.of(signature, new BundleFile("data.json", "{\"a\": 1.0}"), policy))) {
            BundleException error =
                    catchThrowableOfType(BundleException.class, () -> read(TarWriter.write(wrong), wanted));
            assertThat(error.code()).isEqualTo(BundleException.Code.SIGNATURE);
            assertThat(error.file()).isNotEmpty();
        }
        BundleFile extra = new BundleFile("notes/README.md", "");
        read(TarWriter.write(List.of(signature, data, policy, extra)), secret("s3cret", "", List.of("notes/*.md")));
        assertThatThrownBy(() -> read(
                        TarWriter.write(List.of(signature, data, policy, extra)),
                        secret("s3cret", "", List.of("*.md"))))
                .hasMessageContaining("bundle_signature: notes/README.md");
    }

    @Test
    void verify_anyByteOfAPolicyOrOfTheSignatureAltered_isRefused() throws Exception {
        List<BundleFile> files = TarReader.read(new java.io.ByteArrayInputStream(signed("{}")), BundleLimits.DEFAULT);
        Verification wanted = secret("s3cret", "", List.of());
        for (int at = 0; at < files.size(); at++) {
            for (int i = 0; i < files.get(at).content().length; i++) {
                List<BundleFile> altered = new ArrayList<>(files);
                byte[] content = files.get(at).bytes();
                content[i] ^= 1;
                altered.set(at, new BundleFile(files.get(at).path(), content));
                try {
                    Bundle taken = read(TarWriter.write(altered), wanted);
                    // JSON of the same value is the same document to a signature.
                    assertThat(taken.data()).isEqualTo(Value.fromJson("{\"a\": 1}"));
                    assertThat(altered.get(at).path()).isNotEqualTo("p.rego");
                } catch (BundleException refused) {
                    assertThat(refused.code()).isIn(BundleException.Code.SIGNATURE, BundleException.Code.MALFORMED);
                }
            }
        }
    }
}

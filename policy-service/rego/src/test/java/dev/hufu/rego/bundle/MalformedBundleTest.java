package dev.hufu.rego.bundle;

import static dev.hufu.rego.bundle.BundleException.Code.CONFLICT;
import static dev.hufu.rego.bundle.BundleException.Code.DUPLICATE;
import static dev.hufu.rego.bundle.BundleException.Code.ENTRY;
import static dev.hufu.rego.bundle.BundleException.Code.MALFORMED;
import static dev.hufu.rego.bundle.BundleException.Code.MANIFEST;
import static dev.hufu.rego.bundle.BundleException.Code.MODULE;
import static dev.hufu.rego.bundle.BundleException.Code.PATH;
import static dev.hufu.rego.bundle.BundleException.Code.ROOTS;
import static dev.hufu.rego.bundle.BundleException.Code.TOO_LARGE;
import static dev.hufu.rego.bundle.BundleException.Code.UNSUPPORTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hufu.rego.CompileOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of bundle that is not taken, with the code and the file that it is refused by. */
class MalformedBundleTest {
    private static final byte[] NONE = {};
    private static final BundleLimits SMALL = new BundleLimits(100_000, 1_000_000, 20, 200, 5, 50_000, 20_000);
    private static final BundleReader READER = new BundleReader(SMALL, Verification.unsigned());

    private static BundleException refused(byte[] tarball) {
        return catchThrowableOfType(BundleException.class, () -> READER.read(tarball));
    }

    private static BundleException refused(String... namesAndTexts) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            files.put(namesAndTexts[i], namesAndTexts[i + 1]);
        }
        return refused(Tarball.of(files));
    }

    private static void assertRefused(BundleException error, BundleException.Code code, String file, String words) {
        assertThat(error).isNotNull();
        assertThat(error.code()).as(error.getMessage()).isEqualTo(code);
        assertThat(error.file()).isEqualTo(file);
        assertThat(error).hasMessageContaining(words).hasMessageStartingWith(code.text() + ": ");
    }

    @Test
    void read_whatIsNoTarball_isMalformed() throws IOException {
        byte[] good = Tarball.of(Map.of("data.json", "{\"a\": 1}"));
        assertRefused(refused(NONE), MALFORMED, "", "gzip");
        assertRefused(refused("package p".getBytes(StandardCharsets.UTF_8)), MALFORMED, "", "gzip");
        assertRefused(refused(Arrays.copyOf(good, good.length - 4)), MALFORMED, "", "gzip");
        byte[] altered = good.clone();
        altered[altered.length - 6] ^= 1; // gzip's checksum
        assertRefused(refused(altered), MALFORMED, "", "gzip");
        assertRefused(refused(Tarball.gzip(NONE)), MALFORMED, "", "cut short");
        byte[] tar = new Tarball().file("data.json", "{}").tar();
        assertRefused(refused(Tarball.gzip(tar)), MALFORMED, "", "cut short");
        assertRefused(
                refused(Tarball.gzip(Arrays.copyOf(tar, Tarball.BLOCK + 1))), MALFORMED, "data.json", "cut short");
        tar[3] ^= 1;
        assertRefused(refused(new Tarball().raw(tar).packed()), MALFORMED, "", "checksum");
        byte[] behind = new Tarball()
                .raw(new byte[2 * Tarball.BLOCK])
                .file("data.json", "{}")
                .packed();
        assertRefused(refused(behind), MALFORMED, "", "behind");
        assertRefused(
                refused(new Tarball()
                        .entry("a".getBytes(StandardCharsets.UTF_8), '0', NONE, -1)
                        .packed()),
                MALFORMED,
                "a",
                "size");
    }

    @Test
    void read_namesThatLeadOut_areRefused() throws IOException {
        for (String name : new String[] {"../data.json", "/../data.json", "a/../../data.json", "a/..", "./../x.rego"}) {
            assertRefused(refused(name, "{}"), PATH, name, "..");
        }
        assertRefused(refused("a//data.json", "{}"), PATH, "a//data.json", "empty part");
        assertRefused(refused("//data.json", "{}"), PATH, "//data.json", "empty part");
        assertRefused(refused("..\\data.json", "{}"), PATH, "..\\data.json", "backslash");
        assertRefused(refused("a\u001b[2J/data.json", "{}"), PATH, "a?[2J/data.json", "control");
        assertRefused(refused("", "{}"), PATH, "", "without a name");
        byte[] latin = {'d', (byte) 0xe9, '.', 'r', 'e', 'g', 'o'};
        assertRefused(refused(new Tarball().entry(latin, '0', NONE, 0).packed()), PATH, "d\u00e9.rego", "not UTF-8");
        byte[] extension = "22 path=../../x.rego\n\n".getBytes(StandardCharsets.UTF_8);
        assertRefused(
                refused(new Tarball()
                        .entry("x", 'x', extension)
                        .file("x.rego", "")
                        .packed()),
                PATH,
                "../../x.rego\n".replace('\n', '?'),
                "..");
        byte[] gnu = "../x.rego\0".getBytes(StandardCharsets.UTF_8);
        assertRefused(
                refused(new Tarball()
                        .entry("././@LongLink", 'L', gnu)
                        .file("x.rego", "")
                        .packed()),
                PATH,
                "../x.rego",
                "..");
    }

    @Test
    void read_whatIsNoFile_isRefused() throws IOException {
        for (char type : "1234567SK".toCharArray()) {
            if (type != '5') {
                assertRefused(
                        refused(new Tarball().entry("a/x.rego", type, NONE).packed()), ENTRY, "a/x.rego", "no file");
            }
        }
        byte[] sparse = "22 GNU.sparse.major=1\n".getBytes(StandardCharsets.UTF_8);
        assertRefused(refused(new Tarball().entry("x", 'x', sparse).packed()), ENTRY, "", "sparse");
        byte[] broken = "99 path=x\n".getBytes(StandardCharsets.UTF_8);
        assertRefused(refused(new Tarball().entry("x", 'x', broken).packed()), MALFORMED, "", "length");
        assertThat(refused(new Tarball()
                        .entry("a", '5', NONE)
                        .file("a/data.json", "1")
                        .packed()))
                .isNull();
    }

    @Test
    void read_beyondALimit_isRefusedBeforeItIsHeld() throws IOException {
        assertRefused(refused(Tarball.gzip(new byte[50_000_000])), TOO_LARGE, "", "unpacks to more");
        byte[] bomb =
                new Tarball().entry("data.json", '0', new byte[40_000_000]).packed();
        assertRefused(refused(bomb), TOO_LARGE, "data.json", "unpacks to 40000000");
        byte[] lie = new Tarball()
                .entry("data.json".getBytes(StandardCharsets.UTF_8), '0', NONE, 900_000)
                .packed();
        assertRefused(refused(lie), MALFORMED, "data.json", "cut short");
        Tarball many = new Tarball();
        for (int i = 0; i < 21; i++) {
            many.file("a" + i + "/data.json", "1");
        }
        assertRefused(refused(many.packed()), TOO_LARGE, "", "20 entries");
        assertRefused(refused("a/".repeat(7) + "data.json", "1"), TOO_LARGE, "a/".repeat(7) + "data.json", "deep");
        byte[] random = new byte[200_000];
        new java.util.Random(1).nextBytes(random);
        assertRefused(refused(new Tarball().entry("x", '0', random).packed()), TOO_LARGE, "", "100000 bytes");
        String deep = "[".repeat(5_000) + "]".repeat(5_000);
        assertRefused(
                refused("p.rego", "package p\n" + "x := 1\n".repeat(7_200)),
                TOO_LARGE,
                "p.rego",
                "50000 bytes of modules");
        assertRefused(
                refused("data.json", "{\"a\": [" + "1,".repeat(20_000) + "1]}"),
                TOO_LARGE,
                "data.json",
                "20000 values");
        assertRefused(
                refused("data.yaml", "a:\n" + "- 1\n".repeat(1_000)), TOO_LARGE, "data.yaml", "1000 values in YAML");
        assertRefused(refused("a/data.json", deep), MALFORMED, "a/data.json", "JSON");
    }

    @Test
    void read_filesThatContradict_areRefused() throws IOException {
        assertRefused(
                refused(new Tarball()
                        .file("data.json", "{}")
                        .file("/data.json", "{}")
                        .packed()),
                DUPLICATE,
                "data.json",
                "twice");
        assertRefused(
                refused(new Tarball()
                        .file("p.rego", "package p")
                        .file("./p.rego", "package p")
                        .packed()),
                DUPLICATE,
                "p.rego",
                "twice");
        assertRefused(
                refused("data.json", "{\"a\": {\"b\": 1}}", "a/data.json", "{\"b\": 2}"),
                CONFLICT,
                "data.json",
                "data.a.b");
        assertRefused(refused("a/data.json", "{}", "a/data.yaml", "1"), CONFLICT, "a/data.yaml", "data.a");
        assertRefused(refused("a/data.json", "1", "a/b/data.json", "1"), CONFLICT, "a/data.json", "data.a");
        assertRefused(refused("data.json", "[1]"), CONFLICT, "data.json", "must be an object");
        assertRefused(
                refused(".manifest", "{}", "a/.manifest", "{}"), CONFLICT, "a/.manifest", "there is also .manifest");
        assertRefused(
                refused("p.rego", "package p\n\nr := 1", "p/data.json", "{\"r\": 2}"), CONFLICT, "p.rego", "data.p.r");
        assertRefused(
                refused("p.rego", "package p.r\n\nx := 1", "p/data.json", "{\"r\": 2}"),
                CONFLICT,
                "p.rego",
                "data.p.r.x");
        assertThat(refused("p.rego", "package p\n\nr := data.p.s", "p/data.json", "{\"s\": 2}"))
                .isNull();
    }

    @Test
    void read_contentThatIsNotWhatItsNameSays_isRefused() throws IOException {
        assertRefused(refused("a/data.json", "{"), MALFORMED, "a/data.json", "JSON");
        assertRefused(refused("a/data.json", "{\n\"b\": x}"), MALFORMED, "a/data.json", "(line 2, column ");
        assertRefused(refused("a/data.json", "{} {}"), MALFORMED, "a/data.json", "JSON");
        assertRefused(refused("a/data.yaml", "a: [1"), MALFORMED, "a/data.yaml", "yaml");
        byte[] latin = {'"', (byte) 0xe9, '"'};
        assertRefused(
                refused(new Tarball().entry("a/data.json", '0', latin).packed()), MALFORMED, "a/data.json", "UTF-8");
        BundleException unparsed = refused("p.rego", "package p\n\nx := ");
        assertRefused(unparsed, MODULE, "p.rego", "p.rego:3");
        assertThat(unparsed).hasCauseInstanceOf(dev.hufu.rego.RegoCompileException.class);
        assertRefused(refused("patch.json", "{\"data\": []}"), UNSUPPORTED, "patch.json", "delta");
        assertRefused(refused(".manifest.pb", ""), UNSUPPORTED, ".manifest.pb", "protobuf");
    }

    @Test
    void read_manifestThatIsWrong_isRefused() throws IOException {
        for (String wrong : new String[] {
            "[]",
            "{\"revision\": 1}",
            "{\"roots\": []}",
            "{\"roots\": [1]}",
            "{\"rego_version\": \"1\"}",
            "{\"rego_version\": 7}",
            "{\"file_rego_versions\": {\"[\": 1}}",
            "{\"metadata\": []}",
            "{\"wasm\": [{\"module\": \"/policy.wasm\"}]}",
            "{\"wasm\": [1]}"
        }) {
            assertRefused(refused(".manifest", wrong), MANIFEST, ".manifest", "");
        }
        assertRefused(refused(".manifest", "{\"rego_version\": 2}"), UNSUPPORTED, ".manifest", "Rego v2");
        assertRefused(refused(".manifest", "{"), MALFORMED, ".manifest", "JSON");
        assertRefused(refused(".manifest", "{\"roots\": [\"a\", \"/a/b/\"]}"), ROOTS, ".manifest", "overlapping");
        String roots = "{\"roots\": [\"a/b\", \"c\"]}";
        assertRefused(refused(".manifest", roots, "data.json", "{\"a\": {\"x\": 1}}"), ROOTS, "", "data at a/x");
        assertRefused(refused(".manifest", roots, "data.json", "{\"a\": 1}"), ROOTS, "", "data at a");
        assertRefused(refused(".manifest", roots, "p.rego", "package a"), ROOTS, "p.rego", "package a");
        assertRefused(refused(".manifest", roots, "p.rego", "package ab"), ROOTS, "p.rego", "package ab");
        assertThat(refused(".manifest", roots, "p.rego", "package a.b.c", "c/data.json", "1"))
                .isNull();
    }

    @Test
    void compile_modulesThatConflict_sayWhere() throws Exception {
        Bundle conflicting = READER.read(Tarball.of(
                new TreeMap<>(Map.of("a.rego", "package p\n\nx := 1", "b.rego", "package p\n\nx contains 1 if true"))));
        Bundle cyclic = READER.read(Tarball.of(new TreeMap<>(Map.of(
                "a.rego",
                "package a\n\nimport data.b\n\nx := b.x",
                "b.rego",
                "package b\n\nimport data.a\n\nx := a.x"))));

        assertRefused(
                catchThrowableOfType(BundleException.class, () -> conflicting.compile(CompileOptions.defaults())),
                MODULE,
                "a.rego",
                "conflicting rules data.p.x");
        assertRefused(
                catchThrowableOfType(BundleException.class, () -> cyclic.compile(CompileOptions.defaults())),
                MODULE,
                "a.rego",
                "rego_recursion_error");
    }

    @Test
    void merge_bundlesThatClaimOnePath_areRefused() throws Exception {
        Bundle a = READER.read(Tarball.of(Map.of(".manifest", "{\"roots\": [\"a\"]}", "a/data.json", "1")));
        Bundle b = READER.read(Tarball.of(Map.of(".manifest", "{\"roots\": [\"b\", \"a/c\"]}", "b/data.json", "2")));
        Bundle c = READER.read(Tarball.of(Map.of(".manifest", "{\"roots\": [\"c\"]}", "c/data.json", "3")));

        BundleException clash = catchThrowableOfType(
                BundleException.class, () -> Bundle.merge(new TreeMap<>(Map.of("one", a, "two", b))));
        assertRefused(clash, ROOTS, "two", "root 'a/c' overlaps root 'a' of one");
        assertThat(Bundle.merge(new TreeMap<>(Map.of("one", a, "two", c)))
                        .data()
                        .toJson())
                .isEqualTo("{\"a\":1,\"c\":3}");
    }

    @Test
    void read_linkInADirectory_isRefused(@TempDir Path directory) throws Exception {
        Path root = Files.createDirectory(directory.resolve("root"));
        Files.writeString(root.resolve("data.json"), "{}");
        assertThat(READER.read(root).data().size()).isZero();
        Path outside = Files.writeString(directory.resolve("x"), "package x");
        Files.createSymbolicLink(root.resolve("x.rego"), outside);

        assertRefused(catchThrowableOfType(BundleException.class, () -> READER.read(root)), ENTRY, "x.rego", "link");
    }
}

package dev.hufu.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PolicyBundleCommandsTest {
    private static final String[] SECRET = {"--signing-alg", "HS256", "--verification-key", "s3cret"};

    @TempDir
    Path directory = Path.of("");

    private String root = "";
    private String tarball = "";

    @BeforeEach
    void bundle() throws IOException {
        Path place = Files.createDirectories(directory.resolve("root/p"));
        Files.writeString(
                place.resolve("p.rego"),
                "package p\n\n# METADATA\n# title: The rule\nx := data.p.limit + 1\n\ntest_x if x == 6\n");
        Files.writeString(place.resolve("data.json"), "{\"limit\": 5}");
        root = directory.resolve("root").toString();
        Files.writeString(directory.resolve("root/.manifest"), "{\"roots\": [\"p\"]}");
        tarball = directory.resolve("b.tar.gz").toString();
    }

    private static CommandRun run(String... args) {
        return CommandRun.of(Map.of(), "", args);
    }

    private static CommandRun run(String[] more, String... args) {
        String[] all = java.util.Arrays.copyOf(args, args.length + more.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        return run(all);
    }

    private CommandRun build(String... more) {
        return run(more, "policy", "build", "-b", root, "-o", tarball, "-r", "v7");
    }

    @Test
    void build_signed_isVerifiedWithTheKeyAndNoOther() {
        CommandRun built = build("-e", "p/x", "--signing-key", "s3cret", "--signing-alg", "HS256");
        assertThat(built.out()).contains("1 module(s)", "signed with HS256");
        assertThat(built.code()).isZero();

        CommandRun verified = run(SECRET, "policy", "verify", tarball);
        assertThat(verified.out()).startsWith("verified: every file of ");
        assertThat(verified.code()).isZero();
        CommandRun other = run("policy", "verify", tarball, "--signing-alg", "HS256", "--verification-key", "x");
        assertThat(other.code()).isEqualTo(HufuCommand.DOES_NOT);
        assertThat(other.err()).contains("bundle_signature: ");
        assertThat(run("policy", "verify", tarball).code()).isEqualTo(HufuCommand.USAGE);
        CommandRun again = run(
                "policy",
                "build",
                "-b",
                tarball,
                "-o",
                directory.resolve("c.tar.gz").toString());
        assertThat(again.err()).contains("bundle_signature", "no key was given");
        assertThat(again.code()).isEqualTo(HufuCommand.DOES_NOT);
    }

    @Test
    void check_test_bench_deps_takeABundleWithItsData() {
        build();
        for (String bundle : new String[] {tarball, root}) {
            CommandRun test = run("policy", "test", "--bundle", bundle);
            assertThat(test.out()).contains("passed 1 of 1");
            assertThat(test.code()).isZero();
            assertThat(run("policy", "check", "--bundle", bundle).out()).contains("ok: 1 file(s)");
            assertThat(run("policy", "deps", "--bundle", bundle, "--query", "data.p.x")
                            .out())
                    .contains("data.p.limit");
            assertThat(run("policy", "bench", "--bundle", bundle, "--query", "data.p.x", "--seconds", "1")
                            .out())
                    .startsWith("data.p.x: p50 ");
        }
        assertThat(run("policy", "check").code()).isEqualTo(HufuCommand.USAGE);
    }

    @Test
    void inspect_bundle_showsManifestPathsAndMetadata() {
        build();
        CommandRun shown = run("policy", "inspect", "-a", tarball);
        assertThat(shown.code()).isZero();
        assertThat(shown.out()).contains("v7", "roots", "data.p", "p/p.rego", "data.json", "The rule", "data.p.x");
        JsonNode json = JsonMapper.shared()
                .readTree(run("policy", "inspect", tarball, "--json").out());
        assertThat(json.path("manifest").path("revision").asString()).isEqualTo("v7");
        assertThat(json.path("namespaces").path("data.p").path(0).asString()).isEqualTo("p/p.rego");
    }

    @Test
    void sign_directory_writesASignatureThatHolds() throws IOException {
        CommandRun signed =
                run("policy", "sign", root, "--signing-key", "s3cret", "--signing-alg", "HS256", "-o", root);
        assertThat(signed.code()).isZero();
        assertThat(run(SECRET, "policy", "verify", root).code()).isZero();

        Files.writeString(directory.resolve("root/p/data.json"), "{\"limit\": 6}");
        CommandRun altered = run(SECRET, "policy", "verify", root, "--json");
        assertThat(altered.code()).isEqualTo(HufuCommand.DOES_NOT);
        JsonNode error =
                JsonMapper.shared().readTree(altered.out()).path("errors").path(0);
        assertThat(error.path("code").asString()).isEqualTo("bundle_signature");
        assertThat(error.path("file").asString()).isEqualTo("p/data.json");
    }

    @Test
    void build_whatIsNotOfferedOrWrong_saysWhatToDo() throws IOException {
        assertThat(build("-O", "1").err()).contains("-O is not offered");
        assertThat(build("-t", "wasm").err()).contains("opa build -t wasm");
        assertThat(build("--signing-key", "no such file").err()).contains("--signing-key: ", "PEM");
        assertThat(build("-e", "p/y").err()).contains("bundle_entrypoint");
        Path capabilities = Files.writeString(directory.resolve("c.json"), "{\"builtins\": [{\"name\": \"eq\"}]}");
        CommandRun limited = build("--capabilities", capabilities.toString());
        assertThat(limited.code()).isEqualTo(HufuCommand.DOES_NOT);
        assertThat(limited.out()).contains("p/p.rego:5:", "plus");
        assertThat(Files.exists(Path.of(tarball))).isFalse();
    }

    /** A directory without a manifest, with documents that are no data beside its policies. */
    @Test
    void build_directory_takesModulesAndDataAndSaysWhatItPassesOver() throws IOException {
        Files.delete(directory.resolve("root/.manifest"));
        Files.writeString(directory.resolve("root/cases.yaml"), "[1, 2]");
        Files.writeString(directory.resolve("root/p/p_test.rego"), "package p\n\ntest_y if x == 6\n");
        CommandRun built = run("policy", "build", root, "-o", tarball, "--ignore", "*_test.rego");
        assertThat(built.out()).contains("1 module(s)", "not signed");
        assertThat(built.err()).contains("passed over: 1 document(s)");
        assertThat(run("policy", "test", root).out()).contains("passed 2 of 2");
        assertThat(run("policy", "test", "--bundle", tarball).out()).contains("passed 1 of 1");

        String cases =
                Files.writeString(directory.resolve("more.yaml"), "more: 1\n").toString();
        assertThat(run("policy", "build", cases, "-o", tarball).code()).isZero();
        assertThat(run("policy", "inspect", tarball).out()).contains("data.json");
        String empty = Files.createDirectory(directory.resolve("empty")).toString();
        assertThat(run("policy", "build", empty, "-o", tarball).code()).isEqualTo(HufuCommand.USAGE);
        assertThat(run("policy", "test", cases).err()).contains("no *.rego in");
    }

    @Test
    void check_bundleThatDoesNotParse_showsTheErrorsLikeAnyOther() throws IOException {
        Files.writeString(directory.resolve("root/p/p.rego"), "package p\n\nx := \n");
        JsonNode error = JsonMapper.shared()
                .readTree(run("policy", "check", "--bundle", root, "--json").out())
                .path("errors")
                .path(0);
        assertThat(error.path("code").asString()).isEqualTo("rego_parse_error");
        assertThat(error.path("row").asInt()).isEqualTo(4);
        Files.writeString(Path.of(tarball), "no tarball");
        CommandRun malformed = run("policy", "check", "--bundle", tarball);
        assertThat(malformed.err()).contains("bundle_malformed: ", "b.tar.gz: it is no gzipped tarball");
        assertThat(malformed.code()).isEqualTo(HufuCommand.DOES_NOT);
    }
}

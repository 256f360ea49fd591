package dev.hufu.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.service.HufuServerTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;

/** {@code bin/hufu} as it is called from a shell, over the packaged jar. */
@HufuServerTest
class LauncherIT {
    private static final Path HUFU = Path.of(System.getProperty("hufu.root"), "policy-service", "bin", "hufu");
    private static final Path JDK = Path.of(System.getProperty("java.home"));

    @LocalServerPort
    int port;

    @TempDir
    Path elsewhere;

    private record Run(int code, String out, String err) {}

    @Test
    void version_fromAnotherDirectoryThroughLinks_holds() throws Exception {
        Path one = Files.createSymbolicLink(elsewhere.resolve("one"), HUFU);
        Path two = Files.createSymbolicLink(elsewhere.resolve("two"), Path.of("one"));
        Run run = run(two, Map.of("HUFU_JAVA", JDK.toString()), "", "--version");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("hufu 0.").contains("Java 2");
        assertThat(run.code()).isZero();
    }

    @Test
    void java_thatIsNamedButTooOld_isAClearError() throws Exception {
        Path old = jdk("old", "17.0.1");
        for (Path named : List.of(old, old.resolve("bin/java"), elsewhere.resolve("missing"))) {
            Run run = run(HUFU, Map.of("HUFU_JAVA", named.toString()), "", "--version");
            assertThat(run.code()).isEqualTo(HufuCommand.UNREACHABLE);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).contains("HUFU_JAVA", "JDK 25");
        }
    }

    @Test
    void java_behindAnOldJavaHomeAndPath_isFoundByJavaHomeOrPath() throws Exception {
        Path old = jdk("old", "17.0.1");
        Path path = Files.createDirectories(elsewhere.resolve("path"));
        Files.createSymbolicLink(path.resolve("java"), JDK.resolve("bin/java"));
        String system = "/usr/bin:/bin";
        assertThat(run(HUFU, Map.of("JAVA_HOME", old.toString(), "PATH", path + ":" + system), "", "--version")
                        .code())
                .isZero();
        assertThat(run(
                                HUFU,
                                Map.of("JAVA_HOME", JDK.toString(), "PATH", old.resolve("bin") + ":" + system),
                                "",
                                "--version")
                        .code())
                .isZero();
    }

    @Test
    void java_inAHomeFolder_isFound() throws Exception {
        Path jdks = Files.createDirectories(elsewhere.resolve(".jdks"));
        Files.createSymbolicLink(jdks.resolve("jdk-25"), JDK);
        Run run = run(HUFU, Map.of("HOME", elsewhere.toString(), "PATH", "/usr/bin:/bin"), "", "--version");
        assertThat(run.code()).isZero();
    }

    @Test
    void token_madeByTheLauncher_opensTheServerUntilRevoked() throws Exception {
        Map<String, String> environment = Map.of(
                "HUFU_JAVA",
                JDK.toString(),
                "HUFU_URL",
                "http://127.0.0.1:" + port,
                "HUFU_DEMO_PASSWORD",
                HufuServerTest.PASSWORD);
        Run made = run(
                HUFU,
                environment,
                "",
                "token",
                "--account",
                "analyst",
                "--purpose",
                "dpv:PersonnelPayment",
                "--expires",
                "1h");
        assertThat(made.code()).isZero();
        assertThat(made.out().lines()).hasSize(1);
        String token = made.out().strip();
        assertThat(token).matches("hufu_[A-Za-z0-9_-]{43}");
        Run list = run(HUFU, environment, "", "token", "list", "--account", "analyst");
        assertThat(list.out()).contains(token.substring(0, 11)).doesNotContain(token);
        String id = list.out()
                .lines()
                .filter(line -> line.contains(token.substring(0, 11)))
                .findFirst()
                .orElseThrow()
                .split(" ")[0];
        assertThat(run(HUFU, environment, "", "token", "revoke", id, "--account", "analyst")
                        .code())
                .isZero();
        Run wrong = run(
                HUFU, environment, "not the password\n", "token", "list", "--account", "analyst", "--password-stdin");
        assertThat(wrong.code()).isEqualTo(HufuCommand.DOES_NOT);
        assertThat(wrong.err()).contains("Next:");
    }

    @Test
    void doctor_ofARunningServer_looksAtItAndAnswersInJson() throws Exception {
        Run run = run(
                HUFU,
                Map.of(
                        "HUFU_JAVA", JDK.toString(),
                        "HUFU_URL", "http://127.0.0.1:" + port,
                        "HUFU_DATA", elsewhere.resolve("data").toString()),
                "",
                "doctor",
                "--json");
        assertThat(run.out()).contains("\"findings\"", "\"clock\"", "agrees with the server");
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = elsewhere.resolve(name);
        if (!Files.exists(home)) {
            Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
            Files.writeString(java, "#!/bin/sh\necho 'not this one' >&2\nexit 9\n");
            assertThat(java.toFile().setExecutable(true)).isTrue();
            Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        }
        return home;
    }

    private Run run(Path launcher, Map<String, String> environment, String input, String... arguments)
            throws Exception {
        var command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(elsewhere.toFile());
        for (String inherited : List.of("HUFU_JAVA", "JAVA_HOME", "HUFU_TOKEN", "HUFU_PASSWORD", "JAVA_TOOL_OPTIONS")) {
            builder.environment().remove(inherited);
        }
        builder.environment().putAll(environment);
        Path out = Files.createTempFile(elsewhere, "out", "");
        Path err = Files.createTempFile(elsewhere, "err", "");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}

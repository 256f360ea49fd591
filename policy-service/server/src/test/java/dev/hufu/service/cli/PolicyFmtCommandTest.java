package dev.hufu.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyFmtCommandTest {
    private static final String UGLY = "package p\n\na:=1\n";
    private static final String GOOD = "package p\n\na := 1\n";

    @TempDir
    Path directory = Path.of("");

    private Path ugly = Path.of("");

    @BeforeEach
    void twoFiles() throws IOException {
        ugly = Files.writeString(directory.resolve("a.rego"), UGLY);
        Files.writeString(directory.resolve("b.rego"), GOOD);
    }

    private CommandRun fmt(String input, String... options) {
        String[] args = new String[options.length + 2];
        args[0] = "policy";
        args[1] = "fmt";
        System.arraycopy(options, 0, args, 2, options.length);
        return CommandRun.of(Map.of(), input, args);
    }

    @Test
    void fmt_withoutOptions_printsAndWritesNothing() throws IOException {
        CommandRun run = fmt("", directory.toString());
        assertThat(run.code()).isZero();
        assertThat(run.out()).isEqualTo(GOOD + GOOD);
        assertThat(ugly).hasContent(UGLY);
    }

    @Test
    void fmt_standardInput_isPrinted() {
        assertThat(fmt(UGLY).out()).isEqualTo(GOOD);
        assertThat(fmt(UGLY, "-").out()).isEqualTo(GOOD);
    }

    @Test
    void fmt_list_namesWhatWouldChange() {
        CommandRun run = fmt("", "--list", directory.toString());
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("a.rego").doesNotContain("b.rego");
    }

    @Test
    void fmt_diff_showsTheLines() {
        CommandRun run = fmt("", "--diff", "--fail", directory.toString());
        assertThat(run.code()).isEqualTo(HufuCommand.DOES_NOT);
        assertThat(run.out()).contains("@@ -1,3 +1,3 @@", "-a:=1", "+a := 1", " package p");
    }

    @Test
    void fmt_writeThenFail_findsNothing() throws IOException {
        assertThat(fmt("", "--fail", directory.toString()).code()).isEqualTo(HufuCommand.DOES_NOT);
        CommandRun run = fmt("", "-w", directory.toString());
        assertThat(run.code()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(Files.readString(ugly)).isEqualTo(GOOD);
        assertThat(fmt("", "--fail", directory.toString()).code()).isZero();
    }

    @Test
    void fmt_json_givesTextAndWhetherItChanged() {
        assertThat(fmt(UGLY, "--json").out()).contains("\"changed\"", "true", "a := 1");
    }

    @Test
    void fmt_v0_becomesBoth() {
        CommandRun run = fmt("package p\n\nq { input.x }\n", "--v0-v1");
        assertThat(run.out()).isEqualTo("package p\n\nimport rego.v1\n\nq if input.x\n");
        assertThat(fmt("package p\n\nq { input.x }\n", "--v0-compatible").out())
                .isEqualTo("package p\n\nq {\n\tinput.x\n}\n");
    }

    @Test
    void fmt_whatDoesNotParse_pointsAtItAndWritesNothing() throws IOException {
        Files.writeString(directory.resolve("c.rego"), "package p\n\na := \n");
        CommandRun run = fmt("", "--write", directory.toString());
        assertThat(run.code()).isEqualTo(HufuCommand.DOES_NOT);
        assertThat(run.out()).contains("c.rego:4:1");
        assertThat(Files.readString(ugly)).isEqualTo(UGLY);
    }
}

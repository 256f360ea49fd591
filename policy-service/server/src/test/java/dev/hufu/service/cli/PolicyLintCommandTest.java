package dev.hufu.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PolicyLintCommandTest {
    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(directory.resolve("p"));
        write("p/p.rego", "package p\n\nallow = true if \"a\" == input.x\n");
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(directory.resolve(name).getParent());
        Files.writeString(directory.resolve(name), text);
    }

    private CommandRun lint(String... args) {
        List<String> all = new ArrayList<>(List.of("policy", "lint", directory.toString()));
        all.addAll(List.of(args));
        return CommandRun.of(Map.of(), "", all.toArray(String[]::new));
    }

    @Test
    void lint_violations_arePrintedWithWhatToWriteInsteadAndExitWithOne() {
        CommandRun run = lint();

        assertThat(run.code()).isEqualTo(HufuCommand.DOES_NOT);
        assertThat(run.out())
                .contains("use-assignment-operator", "p.rego:3:1", "allow = true if", "Write `:=`", "yoda-condition")
                .endsWith("1 file linted. 3 violations found (3 errors).\n");
    }

    @Test
    void lint_nothingFound_exitsWithZero() {
        CommandRun run = lint("--disable", "use-assignment-operator,yoda-condition,opa-fmt");

        assertThat(run.code()).isZero();
        assertThat(run.out()).isEqualTo("1 file linted. No violations found.\n");
        assertThat(lint("--disable-category", "style").code()).isZero();
        assertThat(lint("--disable-all").code()).isZero();
        assertThat(lint("--disable-all", "--enable", "yoda-condition").out()).contains("1 violation found");
        assertThat(lint("--ignore-files", "p.rego").out()).contains("0 files linted");
    }

    @Test
    void lint_configurationAboveThePath_isTakenAndWarningsDoNotFail() throws IOException {
        write(
                ".regal/config.yaml",
                "rules: {style: {default: {level: warning}, use-assignment-operator: {level: ignore}}}\n");

        CommandRun warned = CommandRun.of(
                Map.of(), "", "policy", "lint", directory.resolve("p").toString(), "--format", "compact");
        assertThat(warned.code()).isZero();
        assertThat(warned.out()).contains("p.rego:3:17: warning: Yoda condition, it is [style/yoda-condition]");
        assertThat(lint("--fail-level", "warning").code()).isEqualTo(HufuCommand.DOES_NOT);
    }

    @Test
    void lint_configurationFile_goesBeforeTheOneFound() throws IOException {
        write(".regal/config.yaml", "rules: {style: {default: {level: ignore}}}\n");
        write("other.yaml", "rules: {style: {yoda-conditions: {level: ignore}}}\n");

        CommandRun run = lint("--config-file", directory.resolve("other.yaml").toString());
        assertThat(run.code()).isEqualTo(HufuCommand.DOES_NOT);
        assertThat(run.err()).contains("nothing is known of rules.style.yoda-conditions");
    }

    @Test
    void lint_usedWrongly_exitsWithTwo() throws IOException {
        write("broken.yaml", "rules: {style: {yoda-condition: {level: loud}}}\n");

        assertThat(lint("--disable", "yoda").code()).isEqualTo(HufuCommand.USAGE);
        assertThat(lint("--disable-category", "stile").code()).isEqualTo(HufuCommand.USAGE);
        assertThat(lint("--format", "html").code()).isEqualTo(HufuCommand.USAGE);
        CommandRun broken =
                lint("--config-file", directory.resolve("broken.yaml").toString());
        assertThat(broken.code()).isEqualTo(HufuCommand.USAGE);
        assertThat(broken.err()).contains("rules.style.yoda-condition.level is error, warning or ignore");
    }

    @Test
    void lint_json_isOneDocument() {
        for (String[] args : new String[][] {{"--json"}, {"--format", "json"}}) {
            JsonNode answer = JsonMapper.shared().readTree(lint(args).out());
            assertThat(answer.at("/summary/num_violations").asInt()).isEqualTo(3);
            assertThat(answer.at("/violations/1/title").asString()).isEqualTo("use-assignment-operator");
            assertThat(answer.at("/violations/1/location/row").asInt()).isEqualTo(3);
        }
        assertThat(JsonMapper.shared()
                        .readTree(lint("--format", "sarif").out())
                        .at("/version")
                        .asString())
                .isEqualTo("2.1.0");
        assertThat(lint("--format", "github").out()).startsWith("::error file=");
    }

    @Test
    void lint_moduleThatDoesNotParse_isAnErrorAndTheOthersAreLinted() throws IOException {
        write("p/q.rego", "package p\n\nx := [1\n");

        CommandRun run = lint("--format", "compact");
        assertThat(run.code()).isEqualTo(HufuCommand.DOES_NOT);
        assertThat(run.out()).contains("q.rego:", "[parse/parse-error]", "[style/yoda-condition]");
    }
}

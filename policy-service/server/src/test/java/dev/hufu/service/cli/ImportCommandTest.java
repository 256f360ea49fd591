package dev.hufu.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.service.HufuServerTest;
import dev.hufu.service.analytics.store.PeopleStore;
import dev.hufu.service.registers.ColumnRole;
import dev.hufu.service.registers.DatasetColumn;
import dev.hufu.service.registers.Registers;
import dev.hufu.service.web.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The command and the interface behind it, against the running server. */
@HufuServerTest
@Timeout(300)
class ImportCommandTest {
    private static final String CSV = "id,unit,pay\n1,A,1200\n2,B,900\n3,A,1000\n";

    @LocalServerPort
    int port;

    @Autowired
    Readiness readiness;

    @Autowired
    PeopleStore store;

    @Autowired
    Registers registers;

    @TempDir
    Path directory;

    private Path csv;

    @BeforeEach
    void write() throws IOException, InterruptedException {
        while (!(readiness.state() instanceof Readiness.State.Ready)) {
            Thread.sleep(100);
        }
        csv = Files.writeString(directory.resolve("staff.csv"), CSV);
    }

    private CommandRun run(String account, String input, String dataset, String... more) {
        List<String> args = new ArrayList<>(
                List.of("import", csv.toString(), "--dataset", dataset, "--person-key", "id", "--account", account));
        args.addAll(List.of(more));
        Map<String, String> environment =
                Map.of("HUFU_URL", "http://localhost:" + port, "HUFU_PASSWORD", HufuServerTest.PASSWORD);
        return CommandRun.of(environment, input, args.toArray(String[]::new));
    }

    private DatasetColumn column(String dataset, String name) {
        return registers.dataset(dataset).orElseThrow().column(name).orElseThrow();
    }

    @Test
    void import_writtenFilledInAndSent_isClassified() throws IOException {
        Path yaml = directory.resolve("row.yaml");
        CommandRun written = run("steward", "", "cmd_written", "--write-classification", yaml.toString());
        assertThat(written.err()).contains("Nothing was imported");
        assertThat(written.code()).isZero();
        assertThat(store.table("cmd_written")).isEmpty();
        Files.writeString(
                yaml,
                Files.readString(yaml)
                        .replace("{role: personKey", "{class: identifier, grade: internal, role: personKey")
                        .replace("{role: dimension", "{class: organisation, grade: internal, role: dimension")
                        .replace("{role: measure", "{class: pay, grade: sensitive, role: measure")
                        .replace("grade: internal  #", "grade: sensitive  #"));
        CommandRun sent = run("steward", "", "cmd_written", "--classification", yaml.toString());
        assertThat(sent.err()).isEmpty();
        assertThat(sent.out()).contains("Imported 3 rows about 3 persons as cmd_written.");
        assertThat(column("cmd_written", "unit").grade()).contains("internal");
    }

    @Test
    void import_askedFor_takesTheAnswers() {
        String answers =
                "identifier\ninternal\norganisation\n\ndimension\ngossip\npay\nsensitive\nmeasure\n0\n5000\nslow\n";
        CommandRun run = run("steward", answers, "cmd_asked", "--ask");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).contains("Choose one of");
        assertThat(column("cmd_asked", "pay").role()).isEqualTo(ColumnRole.MEASURE);
        assertThat(column("cmd_asked", "pay").measurement().orElseThrow().upper())
                .isEqualTo(5000);
        assertThat(column("cmd_asked", "unit").grade()).contains("internal");
    }

    @Test
    void import_unclassified_saysWhatIsMissing() {
        CommandRun run = run("admin", "", "cmd_plain");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).contains("3 columns have no class and grade yet");
    }

    @Test
    void import_brokenFile_isOneWithTheLine() throws IOException {
        Files.writeString(csv, CSV + "4,A\n");
        CommandRun run = run("steward", "", "cmd_broken");
        assertThat(run.code()).isEqualTo(HufuCommand.DOES_NOT);
        assertThat(run.err())
                .contains("line 5: 2 fields where the header has 3")
                .doesNotContain("column 0");
        assertThat(store.table("cmd_broken")).isEmpty();
    }

    @Test
    void import_byAnAnalyst_isRefused() {
        CommandRun run = run("analyst", "", "cmd_analyst");
        assertThat(run.code()).isEqualTo(HufuCommand.DOES_NOT);
        assertThat(store.table("cmd_analyst")).isEmpty();
    }

    @Test
    void import_nameOfTheSample_isRefused() {
        CommandRun run = run("steward", "", "pay", "--replace");
        assertThat(run.code()).isEqualTo(HufuCommand.DOES_NOT);
        assertThat(run.err()).contains("belongs to the sample company");
    }

    @Test
    void import_missingFileOrWrongUse_saysSo() {
        csv = directory.resolve("missing.csv");
        assertThat(run("steward", "", "cmd_missing").code()).isEqualTo(HufuCommand.UNREACHABLE);
        csv = directory;
        CommandRun folder = run("steward", "", "cmd_missing");
        assertThat(folder.code()).isEqualTo(HufuCommand.UNREACHABLE);
        assertThat(folder.err()).contains("not readable").doesNotContain("broke off");
        assertThat(CommandRun.of(Map.of(), "", "import", "x.csv").code()).isEqualTo(HufuCommand.USAGE);
    }
}

package dev.hufu.service.analytics.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hufu.service.HufuServerTest;
import dev.hufu.service.analytics.imports.ImportRefusedException.Reason;
import dev.hufu.service.analytics.store.PeopleStore;
import dev.hufu.service.analytics.store.TableInfo;
import dev.hufu.service.registers.ColumnRole;
import dev.hufu.service.registers.RegisteredDataset;
import dev.hufu.service.registers.Registers;
import dev.hufu.service.request.AccountId;
import dev.hufu.service.request.DatasetName;
import dev.hufu.service.request.Principal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@HufuServerTest
class ImportServiceTest {
    private static final Principal BY = new Principal(
            new AccountId("steward"),
            Set.of("steward"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    private static final String SURVEY = """
            %s:
              title: {zh: 调查, en: Survey}
              grade: internal
              population: %<s
              columns:
                id: {class: identifier, grade: internal, role: personKey, zh: 工号, en: Id}
                unit: {class: organisation, grade: internal, role: dimension, zh: 部门, en: Unit}
                level: {class: employment, grade: internal, role: dimension, zh: 级别, en: Level}
                score: {class: engagement, grade: internal, role: measure, kind: slow, lower: 0, upper: 10, zh: 得分, en: Score}
            """;

    @Autowired
    ImportService imports;

    @Autowired
    PeopleStore store;

    @Autowired
    Registers registers;

    private ImportReport load(String name, String csv, String key, Optional<String> classification, boolean replace) {
        try {
            var body = new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8));
            return imports.importCsv(body, new ImportSpec(new DatasetName(name), key, classification, replace), BY);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private ImportReport load(String name, String csv) {
        return load(name, csv, "id", Optional.of(SURVEY.formatted(name)), false);
    }

    private List<String> rows(String sql) {
        try (Connection c = store.snapshot();
                Statement s = c.createStatement();
                ResultSet rs = s.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (rs.next()) {
                var row = new StringBuilder();
                for (int i = 1; i <= rs.getMetaData().getColumnCount(); i++) {
                    row.append(i == 1 ? "" : " ").append(rs.getString(i));
                }
                rows.add(row.toString());
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void importCsv_measureThatEverybodyHasWithGaps_isRefusedUntilItSaysSome() {
        String csv = "id,unit,level,score\n1,A,3,1.5\n2,A,3,\n";
        assertThatThrownBy(() -> load("imp_gaps", csv))
                .isInstanceOf(ImportRefusedException.class)
                .hasMessageContaining("the column score")
                .hasMessageContaining("coverage: some");
        String some = SURVEY.formatted("imp_gaps").replace("upper: 10,", "upper: 10, coverage: some,");
        assertThat(load("imp_gaps", csv, "id", Optional.of(some), false).rows()).isEqualTo(2);
    }

    @Test
    void importCsv_classified_isLoadedAndRegistered() {
        ImportReport report =
                load("imp_survey", "\uFEFFid,unit,level,score,note\r\n007,A,3,1.5,x\r\n8,,2,7,\"y, \"\"z\"\"\"\r\n");
        assertThat(report.rows()).isEqualTo(2);
        assertThat(report.persons()).isEqualTo(2);
        assertThat(report.ungraded()).containsExactly("note");
        assertThat(report.period()).isEqualTo("month");
        assertThat(rows("SELECT id, unit, level + 1, score * 2, note FROM imp_survey ORDER BY id"))
                .containsExactly("007 A 4 3.0 x", "8 null 3 14.0 y, \"z\"");
        assertThat(rows("SELECT DISTINCT month FROM imp_survey"))
                .singleElement()
                .asString()
                .matches("\\d{4}-\\d{2}");
        RegisteredDataset row = registers.dataset("imp_survey").orElseThrow();
        assertThat(row.column("note").orElseThrow().graded()).isFalse();
        assertThat(row.column("month").orElseThrow().role()).isEqualTo(ColumnRole.PERIOD);
        assertThat(row.column("score").orElseThrow().measurement()).isPresent();
    }

    @Test
    void importCsv_unclassified_leavesEveryColumnUngraded() {
        ImportReport report = load("imp_plain", "id,pay\n1,10\n", "id", Optional.empty(), false);
        assertThat(report.ungraded()).containsExactly("id", "pay");
        RegisteredDataset row = registers.dataset("imp_plain").orElseThrow();
        assertThat(row.column("pay").orElseThrow().role()).isEqualTo(ColumnRole.NONE);
        assertThat(row.column("id").orElseThrow().role()).isEqualTo(ColumnRole.PERSON_KEY);
    }

    @Test
    void importCsv_ownPeriod_takesOneRowAPersonAndMonth() {
        String row = SURVEY.formatted("imp_periods")
                + "    when: {class: calendar, grade: internal, role: period, zh: 月份, en: Month}\n";
        String head = "id,unit,level,score,when\n";
        ImportReport report =
                load("imp_periods", head + "1,A,1,1,2026-01\n1,A,1,2,2026-02\n", "id", Optional.of(row), false);
        assertThat(report.period()).isEqualTo("when");
        assertThat(report.persons()).isEqualTo(1);
        assertThatThrownBy(() ->
                        load("imp_periods", head + "1,A,1,1,2026-01\n1,A,1,2,2026-01\n", "id", Optional.of(row), true))
                .hasMessageContaining("line 3: the person key repeats");
        assertThatThrownBy(() ->
                        load("imp_periods", head + "1,A,1,1,2026-01\n2,A,1,2,2026-13\n", "id", Optional.of(row), true))
                .hasMessageContaining("line 3: the period when is not a month");
        assertThat(rows("SELECT count(*) FROM imp_periods"))
                .as("nothing was changed")
                .containsExactly("2");
    }

    @Test
    void importCsv_mistakesInTheFile_nameTheLineAndLeaveNothing() {
        String head = "id,unit,level,score\n";
        for (List<String> mistake : List.of(
                List.of(head + "1,A,1,1\n2,A,1\n", "line 3: 3 fields where the header has 4"),
                List.of(head + "1,A,1,1\n,A,1,1\n", "line 3: the person key id is empty"),
                List.of(head + "1,A,1,1\n2,A,1,1\n1,B,1,1\n", "line 4: the person key repeats"),
                List.of(head + "1,\"A\nB\",1,1\n2,\"A\"x,1,1\n", "line 4: text after a closing quote"),
                List.of(head, "line 1: the file has a header and no rows"),
                List.of("", "line 1: the file is empty"),
                List.of("id,unit,UNIT,score\n1,a,b,1\n", "line 1: two columns are named UNIT"),
                List.of("id,unit,,score\n1,a,b,1\n", "line 1: the name of column 3"),
                List.of("id;unit;level;score\n1;a;1;1\n", "line 1: the columns are not separated by commas"),
                List.of("key,unit,level,score\n1,a,1,1\n", "line 1: no column has the name of the person key"),
                List.of(
                        "id,\"x\"\"); DROP TABLE roster; --\",level,score\n1,a,1,1\n",
                        "line 1: the name of column 2"))) {
            assertThatThrownBy(() -> load("imp_wrong", mistake.getFirst()))
                    .isInstanceOf(CsvException.class)
                    .hasMessageContaining(mistake.get(1));
        }
        assertThat(store.table("imp_wrong")).isEmpty();
        assertThat(registers.dataset("imp_wrong")).isEmpty();
    }

    @Test
    void importCsv_classificationThatDoesNotFit_isRefusedWithEveryProblem() {
        String csv = "id,unit,level,score\n1,A,1,high\n";
        for (List<String> wrong : List.of(
                List.of(SURVEY.formatted("imp_misfit"), "column score is classified as a measure"),
                List.of(
                        SURVEY.formatted("imp_misfit").replace("    unit:", "    unitt:"),
                        "column unitt, which the file"),
                List.of(SURVEY.formatted("another"), "classification is of a dataset another"),
                List.of(SURVEY.formatted("imp_misfit").replace("class: organisation", "class: gossip"), "gossip"),
                List.of("imp_misfit: [", "classification:1"))) {
            assertThatThrownBy(() -> load("imp_misfit", csv, "id", Optional.of(wrong.getFirst()), false))
                    .isInstanceOfSatisfying(
                            ImportRefusedException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.CONTENT))
                    .hasMessageContaining(wrong.get(1));
        }
        assertThat(store.table("imp_misfit")).isEmpty();
    }

    @Test
    void importCsv_nameTaken_needsReplaceAndNeverTheSample() {
        String csv = "id,unit,level,score\n1,A,1,1\n";
        load("imp_again", csv);
        assertThatThrownBy(() -> load("imp_again", csv))
                .isInstanceOfSatisfying(
                        ImportRefusedException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.NAME_TAKEN))
                .hasMessageContaining("ask for replace");
        assertThat(load("imp_again", csv + "2,B,1,1\n", "id", Optional.of(SURVEY.formatted("imp_again")), true))
                .satisfies(r -> assertThat(r.replaced()).isTrue())
                .satisfies(r -> assertThat(r.rows()).isEqualTo(2));
    }

    @Test
    void importCsv_strangeColumnNames_areNamesAndNothingElse() {
        String csv = "id,\"a b; DROP TABLE imp_odd --\",工资,select\n1,x,5,y\n";
        ImportReport report = load("imp_odd", csv, "id", Optional.empty(), false);
        assertThat(report.columns())
                .extracting(ImportReport.Column::name)
                .containsExactly("id", "a b; DROP TABLE imp_odd --", "工资", "select", "month");
        assertThat(rows("SELECT \"工资\", \"select\" FROM imp_odd")).containsExactly("5 y");
    }

    @Test
    void propose_head_givesRolesAndNoGrade() {
        String csv = "id,unit,pay,note\n" + "1,A,1200,abc\n".repeat(3);
        ClassificationTemplate template =
                imports.propose(csv.getBytes(StandardCharsets.UTF_8), new DatasetName("imp_new"), "id");
        assertThat(template.columns()).extracting(ColumnProposal::role).startsWith(ColumnRole.PERSON_KEY);
        assertThat(template.yaml()).startsWith("#").contains("imp_new:").doesNotContain("role: measure, class");
        assertThat(template.classes()).isNotEmpty();
    }

    @Test
    void importCsv_filledInTemplate_isTaken() {
        String csv = "id,unit,pay\n" + "1,A,1200.5\n2,B,900\n3,A,1000\n";
        String yaml = imports.propose(csv.getBytes(StandardCharsets.UTF_8), new DatasetName("imp_filled"), "id")
                .yaml();
        ImportReport report = load("imp_filled", csv, "id", Optional.of(yaml), false);
        assertThat(report.ungraded()).containsExactly("id", "unit", "pay");
        assertThat(report.columns())
                .extracting(ImportReport.Column::role)
                .containsExactly("personKey", "dimension", "measure", "period");
    }

    @Test
    void importCsv_publicHrData_withTheShippedClassification() throws IOException {
        Path root = Path.of(System.getProperty("hufu.root", ".."));
        Path csv = Path.of(Optional.ofNullable(System.getenv("HUFU_TEST_DATA"))
                        .orElse(root.resolve("../shared/data").toString()))
                .resolve("ibm-hr-attrition.csv");
        Assumptions.assumeTrue(
                Files.exists(csv), "skipped: no ibm-hr-attrition.csv at HUFU_TEST_DATA or ../shared/data");
        String yaml = Files.readString(root.resolve("compliance-docs/templates/classification-ibm-hr-attrition.yaml"));
        ImportReport report;
        try (var in = Files.newInputStream(csv)) {
            report = imports.importCsv(
                    in, new ImportSpec(new DatasetName("attrition"), "EmployeeNumber", Optional.of(yaml), true), BY);
        }
        assertThat(report.rows()).isEqualTo(1470);
        assertThat(report.persons()).isEqualTo(1470);
        assertThat(report.ungraded()).isEmpty();
        assertThat(store.table("attrition").orElseThrow().columns())
                .contains(
                        new TableInfo.Column("Age", TableInfo.Type.INTEGER, "BIGINT"),
                        new TableInfo.Column("EmployeeNumber", TableInfo.Type.TEXT, "VARCHAR"),
                        new TableInfo.Column("MonthlyIncome", TableInfo.Type.INTEGER, "BIGINT"));
    }
}

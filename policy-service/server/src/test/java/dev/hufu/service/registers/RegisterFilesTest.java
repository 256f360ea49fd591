package dev.hufu.service.registers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegisterFilesTest {
    private static final String MARKS = "{}[]:,\"'-#&*!|> \n\tx0";
    private final SortedMap<String, String> files = new TreeMap<>(ShippedPolicies.texts());

    @Test
    void read_shippedFiles_holdTheSampleAndTheTwelvePurposes() {
        RegisterFiles content = RegisterFiles.read(files);
        assertThat(content.datasets())
                .extracting(RegisteredDataset::name)
                .contains("pay", "attendance", "badge", "leave_record", "training", "performance", "engagement");
        assertThat(content.records())
                .filteredOn(r -> r.register() == Register.ACTIVITIES)
                .hasSizeGreaterThanOrEqualTo(12);
        assertThat(content.terms())
                .filteredOn(t -> t.kind() == VocabularyKind.PURPOSES)
                .extracting(Term::id)
                .contains("dpv:PersonnelPayment", "dpv:PersonnelBehaviourMonitoring");
    }

    @Test
    void read_payDataset_hasTheInterfaceColumns() {
        RegisteredDataset pay = RegisterFiles.read(files).datasets().stream()
                .filter(d -> d.name().equals("pay"))
                .findFirst()
                .orElseThrow();
        assertThat(pay.columns())
                .extracting(DatasetColumn::name)
                .contains(
                        "employee_id",
                        "month",
                        "monthly_pay",
                        "brand",
                        "region",
                        "country",
                        "site",
                        "org_unit",
                        "gender",
                        "grade",
                        "age_band",
                        "tenure_band",
                        "contract_type");
        assertThat(pay.grade()).isEqualTo("sensitive");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        facts/pipias.yaml  | validTo: "2029-06-30" | validTo: "2029-13-30"  | is a day
        facts/pipias.yaml  | purposes:             | aims:                  | has the unknown member aims
        facts/activities.yaml | pipia: PIPIA-01    | pipia: PIPIA-99        | pipias holds no PIPIA-99
        facts/activities.yaml | query: [analyst, hr] | query: [anybody]     | roles holds no anybody
        facts/notices.yaml | retentionMonths: 24   | retentionMonths: soon  | is a whole number
        facts/switches.yaml | value: both          | value: neither         | is one of both
        facts/datasets/pay.yaml | class: pay,      | class: wages,          | dataClasses holds no wages
        facts/datasets/pay.yaml | role: period     | role: period, zz: 1    | has the unknown member zz
        vocabulary/roles.yaml | zh: 法务           | cn: 法务               | lacks zh
        """)
    void read_oneThingWrong_isToldWithFileAndLine(String file, String good, String bad, String message) {
        String text = files.get(file);
        files.put(file, text.replaceFirst(java.util.regex.Pattern.quote(good), bad));
        int line = (int) text.substring(0, text.indexOf(good)).lines().count();
        assertThatThrownBy(() -> RegisterFiles.read(files))
                .isInstanceOfSatisfying(
                        RegisterException.class,
                        wrong -> assertThat(wrong.problems()).anySatisfy(p -> {
                            assertThat(p.file()).isEqualTo(file);
                            assertThat(p.line()).isBetween(line - 8, line + 1);
                            assertThat(p.message()).contains(message);
                        }));
    }

    @Test
    void read_keyTwice_isRefused() {
        files.put("facts/extra.yaml", "emergencies:\n  a: 1\n  a: 2\n");
        assertThatThrownBy(() -> RegisterFiles.read(files))
                .isInstanceOf(RegisterException.class)
                .hasMessageContaining("facts/extra.yaml:3");
    }

    @Test
    void read_sameRecordInTwoFiles_isRefusedNamingBoth() {
        files.put("facts/zz.yaml", "pipias:\n  PIPIA-01: {}\n");
        assertThatThrownBy(() -> RegisterFiles.read(files))
                .isInstanceOf(RegisterException.class)
                .hasMessageContaining("facts/zz.yaml:2")
                .hasMessageContaining("pipias.PIPIA-01 stands in facts/pipias.yaml already");
    }

    @Test
    void read_aliasOrDeepNesting_isRefused() {
        files.put("facts/extra.yaml", "emergencies: &a\n  b: *a\n");
        assertThatThrownBy(() -> RegisterFiles.read(files)).isInstanceOf(RegisterException.class);
        files.put("facts/extra.yaml", "emergencies: " + "[".repeat(500) + "]".repeat(500));
        assertThatThrownBy(() -> RegisterFiles.read(files)).isInstanceOf(RegisterException.class);
    }

    @Test
    void read_seededDamage_neverThrowsAnythingElse() {
        var random = new java.util.Random(20261123);
        files.keySet().removeIf(f -> f.startsWith("facts/") && !f.endsWith("pipias.yaml"));
        String text = files.get("facts/pipias.yaml");
        for (int i = 0; i < 200; i++) {
            StringBuilder damaged = new StringBuilder(text);
            for (int j = 0; j < 3; j++) {
                damaged.setCharAt(random.nextInt(damaged.length()), MARKS.charAt(random.nextInt(MARKS.length())));
            }
            files.put("facts/pipias.yaml", damaged.toString());
            try {
                RegisterFiles.read(files);
            } catch (RegisterException told) {
                assertThat(told.problems()).isNotEmpty();
            }
        }
    }
}

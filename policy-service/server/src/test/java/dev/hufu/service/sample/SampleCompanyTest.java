package dev.hufu.service.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hufu.service.analytics.store.PeopleStore;
import dev.hufu.service.analytics.store.PeopleStoreException;
import dev.hufu.service.analytics.store.StoreLimits;
import dev.hufu.service.analytics.store.TableInfo;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample as it stands in the store. Tolerances are wide against the draws' spread; the seed is fixed besides. */
class SampleCompanyTest {
    private static final int EMPLOYEES = 8_000;
    private static final SampleSpec SPEC = new SampleSpec(20260101, EMPLOYEES, YearMonth.of(2026, 10));

    @TempDir
    static Path directory;

    private static PeopleStore store;

    @BeforeAll
    static void load() {
        store = open("people.duckdb", 2);
        var progress = new SampleProgress(true);
        assertThat(progress.status().settled()).isFalse();
        assertThat(new SampleCompany(store, progress).ensure(SPEC)).isEqualTo(SPEC);
        assertThat(progress.status().settled()).isTrue();
    }

    @AfterAll
    static void close() {
        store.close();
    }

    private static PeopleStore open(String name, int threads) {
        return PeopleStore.open(directory.resolve(name), new StoreLimits(512, threads));
    }

    private static List<List<String>> rows(PeopleStore from, String sql) {
        try (Connection c = from.snapshot();
                Statement s = c.createStatement();
                ResultSet rs = s.executeQuery(sql)) {
            var rows = new ArrayList<List<String>>();
            int width = rs.getMetaData().getColumnCount();
            while (rs.next()) {
                var row = new ArrayList<String>(width);
                for (int i = 1; i <= width; i++) {
                    row.add(String.valueOf(rs.getString(i)));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static double number(String sql) {
        return Double.parseDouble(rows(store, sql).getFirst().getFirst());
    }

    @Test
    void datasets_columns_areThoseOfTheInterface() {
        List<String> dimensions = List.of(
                "brand",
                "region",
                "country",
                "site",
                "org_unit",
                "unit2",
                "team",
                "gender",
                "grade",
                "age_band",
                "tenure_band",
                "contract_type");
        Map<String, List<String>> own = new TreeMap<>();
        for (TableInfo table : store.tables()) {
            List<String> names =
                    table.columns().stream().map(TableInfo.Column::name).toList();
            assertThat(names).as(table.name()).startsWith("employee_id").containsAll(dimensions);
            own.put(
                    table.name(),
                    names.stream()
                            .filter(n -> !dimensions.contains(n) && !n.equals("employee_id"))
                            .toList());
        }
        assertThat(own)
                .isEqualTo(new TreeMap<>(Map.of(
                        "roster",
                        List.of(
                                "name",
                                "name_latin",
                                "birth_date",
                                "id_number",
                                "bank_account",
                                "hire_date",
                                "leave_date"),
                        "pay",
                        List.of("month", "monthly_pay"),
                        "attendance",
                        List.of("month", "work_date", "hours_worked", "overtime_hours"),
                        "badge",
                        List.of("month", "event_time", "direction", "entries"),
                        "leave_record",
                        List.of("month", "annual_leave_days", "sick_days", "parental_leave_days"),
                        "training",
                        List.of("month", "courses", "training_hours"),
                        "performance",
                        List.of("month", "rating", "goals_met"),
                        "engagement",
                        List.of("month", "score", "enps"))));
    }

    @Test
    void pay_headcount_holdsAndChurnIsTwelveInAThousand() {
        List<List<String>> months = rows(
                store, "SELECT month, count(*), count(DISTINCT employee_id) FROM pay GROUP BY month ORDER BY month");
        assertThat(months).hasSize(24);
        assertThat(months.getFirst().getFirst()).isEqualTo("2024-11");
        assertThat(months.getLast()).containsExactly("2026-10", "8000", "8000");
        assertThat(months)
                .allSatisfy(
                        m -> assertThat(Double.parseDouble(m.get(1))).isCloseTo(EMPLOYEES, within(0.01 * EMPLOYEES)))
                .allSatisfy(m -> assertThat(m.get(1)).isEqualTo(m.get(2)));
        String leavers = """
                WITH p AS (SELECT employee_id, CAST(month || '-01' AS DATE) AS m FROM pay)
                SELECT count(*) / 23.0 / %d FROM p a
                WHERE a.m %s AND NOT EXISTS
                    (SELECT 1 FROM p b WHERE b.employee_id = a.employee_id AND b.m = a.m %s INTERVAL 1 MONTH)""";
        assertThat(number(leavers.formatted(EMPLOYEES, "< '2026-10-01'", "+"))).isCloseTo(0.012, within(0.0015));
        assertThat(number(leavers.formatted(EMPLOYEES, "> '2024-11-01'", "-"))).isCloseTo(0.012, within(0.0015));
    }

    @Test
    void people_overTime_leaveMoveAndReturn() {
        assertThat(number("SELECT count(*) FROM roster WHERE leave_date IS NULL"))
                .isEqualTo(EMPLOYEES);
        assertThat(rows(store, "SELECT min(employee_id), max(employee_id) FROM roster WHERE leave_date IS NULL"))
                .containsExactly(List.of("E000001", "E008000"));
        assertThat(rows(store, "SELECT min(employee_id) FROM roster WHERE leave_date IS NOT NULL"))
                .containsExactly(List.of("E008001"));
        assertThat(number("SELECT count(*) FROM roster WHERE leave_date < hire_date"))
                .isZero();
        assertThat(number("""
                        SELECT count(*) FROM (SELECT employee_id FROM pay GROUP BY employee_id HAVING count(*) <
                        1 + date_diff('month', CAST(min(month) || '-01' AS DATE), CAST(max(month) || '-01' AS DATE)))""")).as("who came back after a gap").isBetween(20.0, 200.0);
        assertThat(
                        number(
                                "SELECT count(*) FROM (SELECT employee_id FROM pay GROUP BY ALL HAVING count(DISTINCT team) > 1)"))
                .as("who moved")
                .isBetween(0.02 * EMPLOYEES, 0.1 * EMPLOYEES);
    }

    @Test
    void demoEmployee_always_isOrdinary() {
        List<List<String>> slips =
                rows(store, "SELECT DISTINCT org_unit, country, team FROM pay WHERE employee_id = 'E000001'");
        assertThat(slips).hasSize(1);
        assertThat(slips.getFirst()).startsWith("Finance", "CN");
        assertThat(number("SELECT count(*) FROM pay WHERE employee_id = 'E000001'"))
                .isEqualTo(24);
        assertThat(number("SELECT count(*) FROM pay WHERE org_unit = 'Finance' AND month = '2026-10'"))
                .isBetween(0.02 * EMPLOYEES, 0.08 * EMPLOYEES);
    }

    @Test
    void organisation_size_isThatOfTheGroup() {
        String latest = " FROM pay WHERE month = '2026-10'";
        assertThat(number("SELECT count(DISTINCT brand)" + latest)).isEqualTo(8);
        assertThat(number("SELECT count(DISTINCT region)" + latest)).isEqualTo(5);
        assertThat(number("SELECT count(DISTINCT org_unit)" + latest)).isBetween(10.0, 20.0);
        assertThat(number("SELECT count(DISTINCT country)" + latest)).isGreaterThan(10);
        assertThat(number("SELECT count(*) FROM (SELECT team" + latest + " GROUP BY team HAVING count(*) < 5)"))
                .as("small teams")
                .isPositive();
        assertThat(number("SELECT count(*) FROM (SELECT site" + latest + " GROUP BY site HAVING count(*) < 10)"))
                .as("tiny sites")
                .isPositive();
        assertThat(number("SELECT count(*)" + latest + " AND gender = 'U'")).isBetween(1.0, 20.0);
        assertThat(number("SELECT count(*)" + latest + " AND grade = 'G12'")).isBetween(0.0, 20.0);
        assertThat(number("SELECT max(n) FROM (SELECT count(DISTINCT region) AS n FROM pay GROUP BY country)"))
                .as("a country lies in one region")
                .isEqualTo(1);
        assertThat(number("SELECT max(n) FROM (SELECT count(DISTINCT org_unit) AS n FROM pay GROUP BY unit2)"))
                .isEqualTo(1);
    }

    @Test
    void pay_distribution_followsGradeTenureAndGender() {
        String latest = " FROM pay WHERE month = '2026-10' AND country = 'CN'";
        assertThat(number("SELECT corr(CAST(substr(grade, 2) AS INTEGER), ln(monthly_pay))" + latest))
                .isGreaterThan(0.85);
        List<List<String>> byTenure = rows(
                store, "SELECT tenure_band, avg(monthly_pay)" + latest + " AND grade = 'G04' GROUP BY 1 ORDER BY 1");
        assertThat(Double.parseDouble(byTenure.getLast().get(1)))
                .isGreaterThan(1.05 * Double.parseDouble(byTenure.getFirst().get(1)));
        assertThat(number("""
                        SELECT sum(n * gap) / sum(n) FROM (SELECT count(*) AS n,
                            1 - avg(monthly_pay) FILTER (gender = 'F') / avg(monthly_pay) FILTER (gender = 'M') AS gap
                        FROM pay WHERE month = '2026-10' AND country = 'CN' AND grade <= 'G08'
                        GROUP BY grade, org_unit HAVING count(*) > 100)""")).as("gap within grade and unit").isBetween(0.01, 0.06);
        assertThat(number("SELECT 1 - avg(monthly_pay) FILTER (gender = 'F') / avg(monthly_pay) FILTER (gender = 'M')"
                        + latest))
                .as("raw gap")
                .isBetween(0.08, 0.35);
        assertThat(number("SELECT skewness(monthly_pay)" + latest)).isGreaterThan(1);
        assertThat(number("""
                        SELECT median(b.monthly_pay / a.monthly_pay) FROM pay a JOIN pay b USING (employee_id)
                        WHERE a.month = '2026-03' AND b.month = '2026-04'""")).as("the yearly raise").isBetween(1.02, 1.05);
        assertThat(number("""
                        SELECT count(*) FILTER (a.monthly_pay <> b.monthly_pay) / count(*)
                        FROM pay a JOIN pay b USING (employee_id) WHERE a.month = '2026-05' AND b.month = '2026-06'""")).as("pay changes only with a reason").isLessThan(0.02);
    }

    @Test
    void facts_otherThanPay_areInBoundsAndHangTogether() {
        assertThat(rows(store, "SELECT min(work_date), max(work_date) FROM attendance"))
                .containsExactly(List.of("2026-10-02", "2026-10-31"));
        assertThat(
                        number(
                                "SELECT count(*) FROM attendance WHERE hours_worked <= 0 OR hours_worked > 13 OR overtime_hours > hours_worked"))
                .isZero();
        assertThat(number("SELECT count(*) - count(DISTINCT (employee_id, work_date)) FROM attendance"))
                .isZero();
        assertThat(number("SELECT count(*) FILTER (direction = 'in') - count(*) FILTER (direction = 'out') FROM badge"))
                .isZero();
        assertThat(number("SELECT count(*) FROM performance WHERE rating NOT BETWEEN 1 AND 5"))
                .isZero();
        assertThat(rows(store, "SELECT DISTINCT month FROM training ORDER BY month"))
                .hasSize(8)
                .endsWith(List.of("2026-09"));
        assertThat(rows(store, "SELECT DISTINCT month FROM performance ORDER BY month"))
                .containsExactly(List.of("2024-12"), List.of("2025-06"), List.of("2025-12"), List.of("2026-06"));
        assertThat(number("""
                        SELECT corr(r, c) FROM (SELECT employee_id, avg(rating) AS r FROM performance GROUP BY ALL)
                        JOIN (SELECT employee_id, avg(courses) AS c FROM training GROUP BY ALL) USING (employee_id)""")).isGreaterThan(0.2);
        assertThat(number("SELECT count(*) FILTER (sick_days > 0) / count(*) FROM leave_record"))
                .isBetween(0.05, 0.25);
        assertThat(number("SELECT count(*) FROM engagement") / number("SELECT count(*) FROM performance"))
                .isCloseTo(0.82, within(0.03));
    }

    @Test
    void roster_numbers_areWellFormedAndImpossible() {
        List<List<String>> people = rows(store, "SELECT id_number, bank_account, birth_date, gender FROM roster");
        Pattern idForm = Pattern.compile("99\\d{15}[0-9X]");
        Pattern accountForm = Pattern.compile("9000\\d{15}");
        for (List<String> p : people) {
            String id = p.getFirst();
            String account = p.get(1);
            assertThat(idForm.matcher(id).matches()
                            && accountForm.matcher(account).matches()
                            && id.substring(6, 14).equals(p.get(2).replace("-", ""))
                            && IdNumbers.residentCheck(id) == id.charAt(17)
                            && (id.charAt(16) - '0') % 2 == (p.get(3).equals("M") ? 1 : 0)
                            && IdNumbers.luhnCheck(account.substring(0, 18)) == account.charAt(18))
                    .as("%s %s", id, account)
                    .isTrue();
        }
        assertThat(people.stream().map(List::getFirst)).doesNotHaveDuplicates();
        assertThat(people.stream().map(p -> p.get(1))).doesNotHaveDuplicates();
    }

    @Test
    void roster_names_areInBothScripts() {
        assertThat(
                        number(
                                "SELECT count(*) FILTER (name ~ '^\\p{Han}{2,4}$') / count(*) FROM roster WHERE country = 'CN'"))
                .as("all but those who moved to China")
                .isBetween(0.98, 1.0);
        assertThat(number("SELECT count(*) FROM roster WHERE name_latin ~ '^[\\p{Latin} .-]+$'"))
                .isEqualTo(number("SELECT count(*) FROM roster"));
    }

    @Test
    void checkDigits_published_agree() {
        assertThat(IdNumbers.residentCheck("11010519491231002"))
                .as("the example in GB 11643")
                .isEqualTo('X');
        assertThat(IdNumbers.luhnCheck("7992739871")).isEqualTo('3');
    }

    private static String digest(PeopleStore of) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (TableInfo table : of.tables()) {
                rows(of, "FROM " + table.name())
                        .forEach(r -> sha.update(r.toString().getBytes(StandardCharsets.UTF_8)));
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void content_sameSeed_isTheSameAndAnotherIsNot() {
        var small = new SampleSpec(7, 300, YearMonth.of(2026, 3));
        List<String> digests = new ArrayList<>();
        for (SampleSpec spec : List.of(small, small, new SampleSpec(8, 300, YearMonth.of(2026, 3)))) {
            try (var other = open("digest" + digests.size() + ".duckdb", 1 + digests.size())) {
                new SampleCompany(other, new SampleProgress(true)).ensure(spec);
                digests.add(digest(other));
            }
        }
        assertThat(digests.get(1)).isEqualTo(digests.getFirst());
        assertThat(digests.get(2)).isNotEqualTo(digests.getFirst());
    }

    @Test
    void ensure_again_keepsWhatIsThere() {
        var later = SampleSpec.before(LocalDate.of(2027, 2, 3), 99, 500);
        assertThat(later.lastMonth()).isEqualTo(YearMonth.of(2027, 1));
        assertThat(new SampleCompany(store, new SampleProgress(true)).ensure(later))
                .isEqualTo(SPEC);
    }

    @Test
    void ensure_afterAnInterruptedLoad_beginsAnew() {
        var small = new SampleSpec(7, 300, YearMonth.of(2026, 3));
        try (var half = open("half.duckdb", 1)) {
            var company = new SampleCompany(half, new SampleProgress(true));
            company.ensure(small);
            String whole = digest(half);
            half.write(c -> {
                try (Statement s = c.createStatement()) {
                    return s.execute("DELETE FROM fact.sample; DELETE FROM fact.pay; DROP VIEW training");
                }
            });
            assertThat(company.loaded()).isEmpty();
            assertThat(company.ensure(small)).isEqualTo(small);
            assertThat(digest(half)).isEqualTo(whole);
        }
    }

    @Test
    void ensure_importedDatasetOfTheSameName_isKept() {
        try (var taken = open("taken.duckdb", 1)) {
            taken.write(c -> {
                try (Statement s = c.createStatement()) {
                    return s.execute("CREATE TABLE pay AS SELECT 1 AS x");
                }
            });
            var progress = new SampleProgress(true);
            assertThatThrownBy(() -> new SampleCompany(taken, progress).ensure(SPEC))
                    .isInstanceOf(PeopleStoreException.class)
                    .hasMessageContaining("an imported dataset is named pay");
            assertThat(progress.status().state()).isEqualTo(SampleProgress.State.FAILED);
            assertThat(taken.table("pay")).isPresent();
        }
    }
}

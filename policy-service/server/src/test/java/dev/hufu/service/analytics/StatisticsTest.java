package dev.hufu.service.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hufu.anonymizer.publication.NoiseKey;
import dev.hufu.anonymizer.query.ParsedQuery;
import dev.hufu.anonymizer.query.SqlRefusedException;
import dev.hufu.service.analytics.store.PeopleStore;
import dev.hufu.service.analytics.store.StoreLimits;
import dev.hufu.service.gate.Decision;
import dev.hufu.service.gate.Obligation;
import dev.hufu.service.gate.TestDecisions;
import dev.hufu.service.registers.ColumnRole;
import dev.hufu.service.registers.DatasetColumn;
import dev.hufu.service.registers.Measurement;
import dev.hufu.service.registers.RegisterChange;
import dev.hufu.service.registers.RegisteredDataset;
import dev.hufu.service.registers.Title;
import dev.hufu.service.request.AccessRequest;
import dev.hufu.service.request.AccountId;
import dev.hufu.service.request.Action;
import dev.hufu.service.request.DatasetName;
import dev.hufu.service.request.LegalBasis;
import dev.hufu.service.request.Principal;
import dev.hufu.service.request.Purpose;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatisticsTest {
    private static final byte[] SECRET = new byte[32];
    private static final Title TITLE = new Title("测试", "Test");

    @TempDir
    Path directory;

    private PeopleStore store;
    private List<RegisteredDataset> registered;
    private volatile boolean registerFails;
    private volatile Runnable atNumbering = () -> {};
    private final Map<String, Integer> numbers = new HashMap<>();
    private Publications publications;
    private Statistics statistics;

    @BeforeEach
    void publish() {
        store = PeopleStore.open(directory.resolve("people.duckdb"), new StoreLimits(256, 1));
        run("""
            CREATE TABLE pay AS
            SELECT 'E' || lpad(e::VARCHAR, 6, '0') AS employee_id, '2026-' || lpad(m::VARCHAR, 2, '0') AS month,
                   5000 + 100 * (e % 40) + 1000 * (e % 4) AS monthly_pay, 'unit ' || (e % 4) AS org_unit,
                   CASE WHEN e % 2 = 0 THEN 'F' ELSE 'M' END AS gender, e % 3 AS level, 'n' || e AS note
            FROM range(1, 2001) p(e), range(1, 8) q(m) WHERE NOT (e > 1900 AND m < 5)""");
        run("CREATE TABLE survey AS SELECT i AS person, i % 5 AS site, i % 10 AS score FROM range(0, 400) r(i)");
        registered = new CopyOnWriteArrayList<>(List.of(pay(OptionalInt.empty()), survey()));
        publications = publications(new NoiseKey(SECRET));
        publications.refresh();
        statistics = new Statistics(publications, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void run(String sql) {
        store.<Boolean, RuntimeException>write(connection -> {
            try (Statement s = connection.createStatement()) {
                return s.execute(sql);
            }
        });
    }

    private Publications publications(NoiseKey key) {
        return new Publications(
                store,
                () -> {
                    if (registerFails) {
                        throw new IllegalStateException("the database is away");
                    }
                    return List.copyOf(registered);
                },
                keys -> {
                    atNumbering.run();
                    return keys.stream()
                            .mapToInt(k -> numbers.computeIfAbsent(k, _ -> numbers.size()))
                            .toArray();
                },
                key,
                new PublicationFiles(
                        directory.resolve("publications"), new SecretKeySpec(SECRET, "AES"), new SecureRandom()),
                PublicationSettings.defaults(),
                Clock.systemUTC());
    }

    private static RegisteredDataset pay(OptionalInt minGroupSize) {
        return new RegisteredDataset(
                "pay",
                TITLE,
                "sensitive",
                "employees",
                Optional.of("org_unit"),
                minGroupSize,
                List.of(
                        column("employee_id", ColumnRole.PERSON_KEY),
                        column("month", ColumnRole.PERIOD),
                        measure("monthly_pay", Measurement.Kind.SLOW, 50_000),
                        column("org_unit", ColumnRole.DIMENSION),
                        column("gender", ColumnRole.DIMENSION),
                        column("level", ColumnRole.DIMENSION),
                        column("lost", ColumnRole.DIMENSION),
                        new DatasetColumn(
                                "note", Optional.empty(), Optional.empty(), ColumnRole.NONE, Optional.empty(), TITLE)));
    }

    private static RegisteredDataset survey() {
        return new RegisteredDataset(
                "survey",
                TITLE,
                "internal",
                "survey",
                Optional.empty(),
                OptionalInt.empty(),
                List.of(
                        column("person", ColumnRole.PERSON_KEY),
                        column("site", ColumnRole.DIMENSION),
                        measure("score", Measurement.Kind.SLOW, 10)));
    }

    private static DatasetColumn column(String name, ColumnRole role) {
        return new DatasetColumn(
                name, Optional.of("employment"), Optional.of("internal"), role, Optional.empty(), TITLE);
    }

    private static DatasetColumn measure(String name, Measurement.Kind kind, double upper) {
        return new DatasetColumn(
                name,
                Optional.of("pay"),
                Optional.of("internal"),
                ColumnRole.MEASURE,
                Optional.of(new Measurement(kind, 0, upper, 1, Measurement.Coverage.EVERYBODY)),
                TITLE);
    }

    private static AccessRequest request(String dataset, List<String> fields) {
        Principal analyst = new Principal(
                new AccountId("analyst"),
                Set.of("analyst"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new AccessRequest(
                analyst,
                Action.QUERY,
                new DatasetName(dataset),
                fields,
                new Purpose("dpv:PersonnelPayment"),
                new LegalBasis("13-1-2"),
                Optional.empty(),
                "",
                Instant.parse("2026-11-23T00:00:00Z"));
    }

    private Protected answer(String sql, Obligation... obligations) {
        ParsedQuery query = statistics.parse(sql);
        Decision permit = TestDecisions.permit(request(query.dataset().name(), query.fields()), obligations);
        return statistics.run(statistics.plan(permit, query));
    }

    @Test
    void refresh_storeAndRegister_publishesEveryMonthAndEveryPopulation() {
        assertThat(publications.status().failed()).isEmpty();
        assertThat(publications.status().published().get("employees"))
                .containsExactly("2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06", "2026-07");
        Protected perMonth = answer("SELECT month, count(*) FROM pay GROUP BY month");
        assertThat(perMonth.rows()).hasSize(7);
        assertThat((Long) perMonth.rows().getFirst().values().get(1)).isCloseTo(1900, within(8L));
        assertThat((Long) perMonth.rows().getLast().values().get(1)).isCloseTo(2000, within(8L));
        assertThat(perMonth.cohort().getCardinality()).isEqualTo(2000);
        Protected survey = answer("SELECT site, count(*), avg(score) FROM survey WHERE site >= 2 GROUP BY site");
        assertThat(survey.rows()).hasSize(3);
        assertThat(survey.rows().getFirst().values().getFirst()).isEqualTo(2L);
    }

    @Test
    void run_groupedMean_isNearTheTruthAndSaysWhatItRestsOn() {
        Protected p =
                answer("SELECT org_unit, count(*), avg(monthly_pay) FROM pay GROUP BY org_unit ORDER BY org_unit");
        assertThat(p.columns())
                .extracting(c -> c.name() + " " + c.type())
                .containsExactly("org_unit VARCHAR", "count BIGINT", "avg_monthly_pay DOUBLE");
        assertThat(p.rows()).hasSize(4);
        assertThat((Double) p.rows().getFirst().values().get(2)).isCloseTo(6800, within(350.0));
        assertThat(p.publication().rebases()).containsExactly("2026-07");
        assertThat(p.publication().k()).isEqualTo(10);
        assertThat(p.expectedErrors()).hasSize(1);
        assertThat(p.toString()).doesNotContain("6800");
    }

    @Test
    void plan_obligations_areAppliedOrRefused() {
        assertThat(answer("SELECT count(*) FROM pay", new Obligation.MinGroupSize(25))
                        .publication()
                        .k())
                .isEqualTo(25);
        Protected filtered = answer(
                "SELECT org_unit, count(*) FROM pay GROUP BY org_unit",
                new Obligation.RowFilter("org_unit", List.of("unit 2")));
        assertThat(filtered.rows()).hasSize(1);
        assertThat(filtered.cohort().getCardinality()).isEqualTo(500);
        for (Obligation unmet : List.of(
                new Obligation.Watermark(),
                new Obligation.SecondApproval(),
                new Obligation.HumanReview(),
                new Obligation.Explain(),
                new Obligation.Dp(1, 0, "person"),
                new Obligation.Dominance(1, 20),
                new Obligation.RowFilter("monthly_pay", List.of("1")),
                new Obligation.ExpiresAt(Instant.EPOCH),
                new Obligation.Fields(List.of("monthly_pay"), List.of(), List.of()))) {
            assertThatThrownBy(() -> answer("SELECT avg(monthly_pay) FROM pay", unmet))
                    .as(unmet.type())
                    .isInstanceOf(ObligationUnmetException.class);
        }
    }

    @Test
    void plan_decisionOfAnotherKind_isRefused() {
        ParsedQuery query = statistics.parse("SELECT avg(monthly_pay) FROM pay");
        assertThatThrownBy(() -> statistics.plan(TestDecisions.deny(request("pay", query.fields())), query))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> statistics.plan(TestDecisions.permit(request("survey", query.fields())), query))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> statistics.plan(TestDecisions.permit(request("pay", List.of("gender"))), query))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void parse_columnsThatAreNotOffered_areRefusedByTheirKind() {
        assertThatThrownBy(() -> statistics.parse("SELECT avg(note) FROM pay"))
                .isInstanceOfSatisfying(
                        SqlRefusedException.class, e -> assertThat(e.code()).isEqualTo("sql.column_ungraded"));
        assertThatThrownBy(() -> statistics.parse("SELECT lost, count(*) FROM pay GROUP BY lost"))
                .isInstanceOfSatisfying(
                        SqlRefusedException.class, e -> assertThat(e.code()).isEqualTo("sql.column_withheld"));
    }

    @Test
    void refresh_nothingChanged_readsTheEncryptedFileBack() throws IOException {
        String id = answer("SELECT count(*) FROM pay").publication().publication();
        Publications again = publications(new NoiseKey(SECRET));
        assertThatThrownBy(again::catalogue).isInstanceOf(PublicationsNotReadyException.class);
        again.refresh();
        assertThat(again.current().publications().get("employees").id()).isEqualTo(id);
        Path file = directory.resolve("publications/employees.pub");
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                .doesNotContain("unit 2", "monthly_pay");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        Publications rebuilt = publications(new NoiseKey(SECRET));
        rebuilt.refresh();
        assertThat(rebuilt.current().publications().get("employees").id()).isEqualTo(id);
    }

    @Test
    void settings_asText_areTheSameInEveryProcess() {
        // A copy of a map has another order in each process; with it every restart would publish anew.
        assertThat(PublicationSettings.defaults().toString()).contains("{contract_type=0.7, team=0.3, unit2=0.6}");
    }

    @Test
    void refresh_contentChanged_publishesAnew() {
        String id = answer("SELECT count(*) FROM pay").publication().publication();
        run("UPDATE pay SET monthly_pay = monthly_pay + 1 WHERE employee_id = 'E000001'");
        publications.refresh();
        assertThat(answer("SELECT count(*) FROM pay").publication().publication())
                .isNotEqualTo(id);
    }

    @Test
    void registerChanged_raisedThreshold_actsAtOnce() {
        registered.set(0, pay(OptionalInt.of(40)));
        publications.registerChanged();
        assertThat(answer("SELECT count(*) FROM pay").publication().k()).isEqualTo(40);
        ParsedQuery query = statistics.parse("SELECT avg(monthly_pay) FROM pay");
        Decision permit = TestDecisions.permit(request("pay", query.fields()));
        assertThat(statistics.preCheck(statistics.plan(permit, query)).minGroupSize())
                .isEqualTo(40);
    }

    @Test
    void registerChanged_columnWithoutGrade_isRefusedAtOnce() {
        registered.set(0, without(pay(OptionalInt.empty()), "monthly_pay"));
        publications.registerChanged();
        assertThatThrownBy(() -> statistics.parse("SELECT avg(monthly_pay) FROM pay"))
                .isInstanceOfSatisfying(
                        SqlRefusedException.class, e -> assertThat(e.code()).isEqualTo("sql.column_ungraded"));
        assertThat(answer("SELECT count(*) FROM pay").rows()).isNotEmpty();
    }

    @Test
    void registerChanged_whileABuildRuns_actsAtOnceAndStays() throws Exception {
        run("UPDATE pay SET monthly_pay = monthly_pay + 1 WHERE employee_id = 'E000001'");
        var building = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        atNumbering = () -> {
            building.countDown();
            await(goOn);
        };
        Thread build = Thread.ofPlatform().start(publications::refresh);
        await(building);
        registered.set(0, pay(OptionalInt.of(40)));
        publications.registerChanged();
        assertThat(answer("SELECT count(*) FROM pay").publication().k()).isEqualTo(40);
        goOn.countDown();
        build.join();
        assertThat(answer("SELECT count(*) FROM pay").publication().k()).isEqualTo(40);
    }

    @Test
    void registerChanged_registerThatCannotBeRead_answersNothingBeforeItIs() {
        registerFails = true;
        assertThatThrownBy(publications::registerChanged).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> statistics.parse("SELECT count(*) FROM pay"))
                .isInstanceOf(PublicationsNotReadyException.class);
        registerFails = false;
        publications.datasetsChanged();
        assertThat(answer("SELECT count(*) FROM pay").rows()).isNotEmpty();
    }

    @Test
    void refresh_populationThatCannotBePublished_isToldAndTheOthersGoOn() {
        run("CREATE TABLE visits AS SELECT i AS person, 'some day' AS month, i % 5 AS site FROM range(0, 400) r(i)");
        RegisteredDataset visits = new RegisteredDataset(
                "visits",
                TITLE,
                "internal",
                "visitors",
                Optional.empty(),
                OptionalInt.empty(),
                List.of(
                        column("person", ColumnRole.PERSON_KEY),
                        column("month", ColumnRole.PERIOD),
                        column("site", ColumnRole.DIMENSION)));
        registered.add(visits);
        publications.datasetsChanged();
        assertThat(publications.status().failed()).containsExactly(Map.entry("visitors", Unpublished.NO_PERIOD));
        assertThat(publications.unpublished(visits)).contains(Unpublished.NO_PERIOD);
        assertThat(publications.unpublished(registered.getFirst())).isEmpty();
        assertThatThrownBy(() -> statistics.parse("SELECT site, count(*) FROM Visits GROUP BY site"))
                .isInstanceOfSatisfying(SqlRefusedException.class, e -> {
                    assertThat(e.code()).isEqualTo("sql.dataset_unpublished");
                    assertThat(e.identifier()).contains("Visits");
                });
        assertThat(answer("SELECT count(*) FROM pay").rows()).isNotEmpty();
        run("UPDATE visits SET month = '2026-05'");
        publications.refresh();
        assertThat(publications.status().failed()).isEmpty();
        assertThat(statistics
                        .parse("SELECT site, count(*) FROM visits GROUP BY site")
                        .fields())
                .contains("site");
    }

    @Test
    void refresh_contentThatCannotBePublishedAnyMore_keepsWhatItHadOverARestart() {
        String id = answer("SELECT count(*) FROM pay").publication().publication();
        run("UPDATE pay SET month = 'soon'");
        for (Publications each : List.of(publications, publications(new NoiseKey(SECRET)))) {
            each.refresh();
            assertThat(each.status().failed()).containsKey("employees");
            assertThat(each.current().publications().get("employees").id()).isEqualTo(id);
        }
    }

    @Test
    void upkeep_changeOfAnotherRegister_isNotItsBusiness_ofDatasets_actsWithinTheCall() {
        try (var upkeep = new PublicationUpkeep(publications, Duration.ofMillis(1))) {
            registered.set(0, pay(OptionalInt.of(40)));
            upkeep.changed(change("notices"));
            assertThat(answer("SELECT count(*) FROM pay").publication().k()).isNotEqualTo(40);
            upkeep.changed(change("datasets"));
            assertThat(answer("SELECT count(*) FROM pay").publication().k()).isEqualTo(40);
        }
    }

    private static RegisterChange change(String register) {
        return new RegisterChange(
                register, RegisterChange.Kind.SAVED, List.of("pay"), "sha256:0", "steward", Instant.EPOCH);
    }

    private static RegisteredDataset without(RegisteredDataset d, String ungraded) {
        List<DatasetColumn> columns = d.columns().stream()
                .map(c -> c.name().equals(ungraded)
                        ? new DatasetColumn(
                                c.name(), Optional.empty(), Optional.empty(), c.role(), c.measurement(), c.title())
                        : c)
                .toList();
        return new RegisteredDataset(
                d.name(), d.title(), d.grade(), d.population(), d.scopeColumn(), d.minGroupSize(), columns);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(2, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

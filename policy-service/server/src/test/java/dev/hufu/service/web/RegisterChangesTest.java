package dev.hufu.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.service.HufuServerTest;
import dev.hufu.service.analytics.store.PeopleStore;
import dev.hufu.service.registers.ColumnRole;
import dev.hufu.service.registers.DatasetColumn;
import dev.hufu.service.registers.RegisteredDataset;
import dev.hufu.service.registers.Registers;
import dev.hufu.service.registers.Title;
import java.net.http.HttpResponse;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** What the steward commits acts on the next question, and what cannot be published is told where it is asked for. */
@HufuServerTest
class RegisterChangesTest {
    private static final Title TITLE = new Title("访客", "Visitors");

    @LocalServerPort
    int port;

    @Autowired
    Registers registers;

    @Autowired
    PeopleStore store;

    private Calls calls;

    @BeforeEach
    void ready() {
        calls = new Calls(port).ready();
    }

    @Test
    void raisedThreshold_actsOnTheNextQuery() {
        RegisteredDataset pay = registers.dataset("pay").orElseThrow();
        try {
            registers.saveDataset(with(pay, OptionalInt.of(60), pay.columns()), "steward");
            JsonNode raised = Calls.json(calls.post("analyst", "/api/v1/queries", Calls.QUERY));
            assertThat(raised.path("publication").path("minGroupSize").asInt())
                    .as(raised.toString())
                    .isEqualTo(60);
        } finally {
            registers.saveDataset(pay, "steward");
        }
        JsonNode again = Calls.json(calls.post("analyst", "/api/v1/queries", Calls.QUERY));
        assertThat(again.path("publication").path("minGroupSize").asInt()).isEqualTo(20);
    }

    @Test
    void withdrawnGrade_refusesTheNextQuery() {
        RegisteredDataset pay = registers.dataset("pay").orElseThrow();
        List<DatasetColumn> ungraded = pay.columns().stream()
                .map(c -> c.name().equals("monthly_pay")
                        ? new DatasetColumn(
                                c.name(), Optional.empty(), Optional.empty(), c.role(), c.measurement(), c.title())
                        : c)
                .toList();
        try {
            registers.saveDataset(with(pay, pay.minGroupSize(), ungraded), "steward");
            HttpResponse<byte[]> refused = calls.post("analyst", "/api/v1/queries", Calls.QUERY);
            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(Calls.json(refused).path("code").asString()).isEqualTo("sql.column_ungraded");
        } finally {
            registers.saveDataset(pay, "steward");
        }
        // Whatever was built meanwhile, the measure comes back.
        awaitStatus(
                "pay answers again",
                () -> calls.post("analyst", "/api/v1/queries", Calls.QUERY).statusCode() == 200);
    }

    @Test
    void populationThatCannotBePublished_isToldAndNobodyElseIsHeldUp() {
        store.<Boolean, RuntimeException>write(connection -> {
            try (Statement s = connection.createStatement()) {
                return s.execute("CREATE OR REPLACE TABLE chg_visits AS"
                        + " SELECT i AS person, 'some day' AS month, i % 5 AS site FROM range(0, 400) r(i)");
            }
        });
        registers.saveDataset(
                new RegisteredDataset(
                        "chg_visits",
                        TITLE,
                        "internal",
                        "chg_visitors",
                        Optional.empty(),
                        OptionalInt.empty(),
                        List.of(
                                column("person", "identifier", ColumnRole.PERSON_KEY),
                                column("month", "calendar", ColumnRole.PERIOD),
                                column("site", "organisation", ColumnRole.DIMENSION))),
                "steward");
        awaitStatus(
                "the population is listed",
                () -> Calls.json(calls.get("steward", "/api/v1/status"))
                        .path("publications")
                        .path("populations")
                        .path("chg_visitors")
                        .path("unpublished")
                        .path("code")
                        .asString("")
                        .equals("no_period"));
        HttpResponse<byte[]> refused = calls.post(
                "analyst",
                "/api/v1/queries",
                Calls.QUERY.replace("FROM pay", "FROM chg_visits"),
                "Accept-Language",
                "zh");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(Calls.json(refused).path("code").asString()).isEqualTo("sql.dataset_unpublished");
        assertThat(Calls.json(refused).path("detail").asString()).contains("数据管理员");
        JsonNode listed = Calls.json(calls.get("analyst", "/api/v1/datasets")).path("datasets");
        assertThat(listed.valueStream()
                        .filter(d -> d.path("name").asString().equals("chg_visits"))
                        .map(d -> d.path("unpublished").path("en").asString("")))
                .singleElement()
                .asString()
                .contains("YYYY-MM");
        assertThat(calls.post("analyst", "/api/v1/queries", Calls.QUERY).statusCode())
                .isEqualTo(200);
        HttpResponse<byte[]> health = calls.get("", "/actuator/health");
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(Calls.text(health)).doesNotContain("chg_visit", "components", "details");
        assertThat(calls.get("employee", "/api/v1/status").statusCode()).isEqualTo(403);
    }

    private interface Condition {
        boolean holds();
    }

    private static void awaitStatus(String what, Condition condition) {
        long end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static DatasetColumn column(String name, String dataClass, ColumnRole role) {
        return new DatasetColumn(name, Optional.of(dataClass), Optional.of("internal"), role, Optional.empty(), TITLE);
    }

    private static RegisteredDataset with(RegisteredDataset d, OptionalInt minGroupSize, List<DatasetColumn> columns) {
        return new RegisteredDataset(
                d.name(), d.title(), d.grade(), d.population(), d.scopeColumn(), minGroupSize, columns);
    }
}

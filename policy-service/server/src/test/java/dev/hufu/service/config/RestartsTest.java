package dev.hufu.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.auditlog.verify.LogVerifier;
import dev.hufu.service.Hufu;
import dev.hufu.service.HufuServerTest;
import dev.hufu.service.analytics.store.PeopleStore;
import dev.hufu.service.registers.ColumnRole;
import dev.hufu.service.registers.DatasetColumn;
import dev.hufu.service.registers.RegisteredDataset;
import dev.hufu.service.registers.Registers;
import dev.hufu.service.registers.Title;
import dev.hufu.service.web.Caller;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** One data directory over several starts: a log that stops, one that was damaged, and a population that cannot be published. */
@ExtendWith(OutputCaptureExtension.class)
class RestartsTest {
    private static final String QUERY = """
            {"sql":"SELECT org_unit, count(*), avg(monthly_pay) FROM pay GROUP BY org_unit",\
            "purpose":"dpv:PersonnelPayment","legalBasis":"13-1-2","justification":"a test"}""";
    private static final String DECISION = """
            {"action":"query","dataset":"pay","fields":["monthly_pay"],"purpose":"dpv:PersonnelPayment","legalBasis":"13-1-2"}""";
    private static final Title TITLE = new Title("访客", "Visitors");

    @TempDir
    Path root;

    @Test
    void logThatStopped_isRedAndReleasesNothing_untilARestartGoesOnWithAllThatWasAcknowledged() throws Exception {
        List<String> acknowledged = new ArrayList<>();
        JsonNode publication;
        Path tiles = root.resolve("data/log/tile");
        Path away = root.resolve("tiles-away");
        try (var first = start()) {
            Caller analyst = Caller.account(port(first), "analyst");
            Caller nobody = Caller.nobody(port(first));
            await("ready", () -> nobody.get("/actuator/health").status() == 200);
            registerWhatCannotBePublished(first);
            var answer = analyst.post("/api/v1/queries", QUERY);
            acknowledged.add(receipt(answer));
            publication = answer.json().path("publication");
            Files.move(tiles, away);
            Files.writeString(tiles, "a disk that fails");
            await("red", () -> {
                var decided = analyst.post("/api/v1/decisions", DECISION);
                if (decided.status() == 200) {
                    acknowledged.add(receipt(decided));
                }
                return nobody.get("/actuator/health").status() == 503;
            });
            var refused = analyst.post("/api/v1/queries", QUERY);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.json().path("type").asString()).isEqualTo("/problems/log-stopped");
            assertThat(refused.json().path("detail").asString()).contains("restart");
            assertThat(refused.response().body()).doesNotContain("rows", "avg(");
            assertThat(nobody.get("/actuator/health").response().body()).doesNotContain("tile", "stopped", "details");
            assertThat(Caller.account(port(first), "auditor")
                            .get("/api/v1/status")
                            .json()
                            .path("log")
                            .path("stopped")
                            .asString(""))
                    .contains("stopped");
        }
        Files.delete(tiles);
        Files.move(away, tiles);
        try (var second = start()) {
            Caller analyst = Caller.account(port(second), "analyst");
            await(
                    "ready again, whatever cannot be published",
                    () -> Caller.nobody(port(second)).get("/actuator/health").status() == 200);
            for (String id : acknowledged) {
                assertThat(analyst.get("/api/v1/receipts/" + id).status()).isEqualTo(200);
            }
            var answer = analyst.post("/api/v1/queries", QUERY);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().path("publication")).isEqualTo(publication);
            var unpublished = analyst.post("/api/v1/queries", QUERY.replace("FROM pay", "FROM visits"));
            assertThat(unpublished.json().path("code").asString()).isEqualTo("sql.dataset_unpublished");
        }
        assertThat(new LogVerifier(Optional.empty())
                        .verify(root.resolve("data/log"))
                        .findings())
                .isEmpty();
    }

    @Test
    void logWithADamagedBundle_startsRed_andSaysWhichFileAndIndex(CapturedOutput output) throws Exception {
        try (var first = start()) {
            await(
                    "ready",
                    () -> Caller.nobody(port(first)).get("/actuator/health").status() == 200);
            for (int i = 0; i < 300; i++) { // more than one bundle: the last ones are derived anew at every start
                assertThat(Caller.account(port(first), "analyst")
                                .post("/api/v1/decisions", DECISION)
                                .status())
                        .isEqualTo(200);
            }
        }
        Path bundle = root.resolve("data/log/tile/entries/000");
        byte[] bytes = Files.readAllBytes(bundle);
        bytes[5] ^= 1;
        Files.write(bundle, bytes);
        try (var second = start()) {
            await("told", () -> output.getAll().contains("audit log damaged in"));
            assertThat(output.getAll())
                    .contains("audit log damaged: tile/entries/000, index 0")
                    .contains("restore those files from a copy");
            await(
                    "red",
                    () -> Caller.nobody(port(second)).get("/actuator/health").status() == 503);
        }
    }

    private static String receipt(Caller.Answer answer) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json().path("receipt").path("id").asString();
    }

    private static void registerWhatCannotBePublished(ConfigurableApplicationContext server) {
        server.getBean(PeopleStore.class).<Boolean, RuntimeException>write(connection -> {
            try (Statement s = connection.createStatement()) {
                return s.execute("CREATE TABLE visits AS SELECT i AS person, 'soon' AS month, i % 5 AS site"
                        + " FROM range(0, 400) r(i)");
            }
        });
        server.getBean(Registers.class)
                .saveDataset(
                        new RegisteredDataset(
                                "visits",
                                TITLE,
                                "internal",
                                "visitors",
                                Optional.empty(),
                                OptionalInt.empty(),
                                List.of(
                                        column("person", "identifier", ColumnRole.PERSON_KEY),
                                        column("month", "calendar", ColumnRole.PERIOD),
                                        column("site", "organisation", ColumnRole.DIMENSION))),
                        "steward");
    }

    private static DatasetColumn column(String name, String dataClass, ColumnRole role) {
        return new DatasetColumn(name, Optional.of(dataClass), Optional.of("internal"), role, Optional.empty(), TITLE);
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.sleep(200);
        }
    }

    private static int port(ConfigurableApplicationContext server) {
        return server.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(Hufu.class)
                .run(
                        "--hufu.root=" + root,
                        "--hufu.data=data",
                        "--server.port=0",
                        "--hufu.sample.employees=1000",
                        "--hufu.demo-password=" + HufuServerTest.PASSWORD);
    }
}

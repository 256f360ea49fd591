package dev.hufu.service.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.anonymizer.query.ParsedQuery;
import dev.hufu.service.Hufu;
import dev.hufu.service.analytics.Protected;
import dev.hufu.service.analytics.Statistics;
import dev.hufu.service.analytics.store.PeopleStore;
import dev.hufu.service.gate.PolicyDecisionPoint;
import dev.hufu.service.identity.Accounts;
import dev.hufu.service.request.AccessRequest;
import dev.hufu.service.request.AccountId;
import dev.hufu.service.request.Action;
import dev.hufu.service.request.DatasetName;
import dev.hufu.service.request.LegalBasis;
import dev.hufu.service.request.Purpose;
import dev.hufu.service.web.Readiness;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What a statistic takes on the whole server with the whole sample, from the SQL text to the protected rows and to the durable
 * entry, beside the same SQL on DuckDB over the same 1.44 M pay slips in the same process and run: over the view that the sample
 * has, and over a plain table made for the purpose. All are warm; medians of three rounds, taken in turn. Prints lines of
 * README's table; never fails for time.
 */
@Tag("soak")
class GatedQueryBenchmarkTest {
    private static final String ALL_MONTHS =
            "SELECT month, org_unit, count(*), avg(monthly_pay) FROM pay GROUP BY month, org_unit";
    private static final String ONE_MONTH =
            "SELECT org_unit, count(*), avg(monthly_pay) FROM pay WHERE month = '2026-10' GROUP BY org_unit";
    private static final int ROUNDS = 3;

    @TempDir
    Path root;

    @Test
    void statistic_withAndWithoutItsEntry_besideThePlainSql() throws Exception {
        try (ConfigurableApplicationContext server = new SpringApplicationBuilder(Hufu.class)
                        .run("--hufu.root=" + root, "--hufu.data=data", "--server.port=0");
                Connection connection = ready(server).loading();
                Statement sql = connection.createStatement()) {
            sql.execute("CREATE TEMP TABLE plain AS SELECT month, org_unit, monthly_pay FROM pay");
            double millions = rows(sql, "SELECT 1 FROM plain") / 1e6;
            assertThat(gated(server, ALL_MONTHS).rows())
                    .hasSize((int) rows(sql, "SELECT DISTINCT month, org_unit FROM plain"));
            String of = String.format(Locale.ROOT, " of %.2f M pay slips", millions);
            measure(server, sql, ALL_MONTHS, "24 months by unit" + of);
            measure(server, sql, ONE_MONTH, "one month by unit" + of);
        }
    }

    private static void measure(ConfigurableApplicationContext server, Statement sql, String question, String what)
            throws Exception {
        List<Callable<?>> works = List.of(
                () -> gated(server, question),
                () -> logged(server, question),
                () -> rows(sql, question.replace("FROM pay", "FROM plain")),
                () -> rows(sql, question));
        double[][] millis = new double[works.size()][ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < works.size(); i++) {
                millis[i][round] = medianMillis(works.get(i));
            }
        }
        double[] medians = Arrays.stream(millis)
                .mapToDouble(rounds -> Arrays.stream(rounds).sorted().toArray()[ROUNDS / 2])
                .toArray();
        System.out.printf(
                Locale.ROOT,
                "| gated query, %s: SQL text → gate → plan → protected rows | %.2f ms; with durable entry, cohort and receipt %.2f ms | %.2f ms: plain SQL on DuckDB (%.2f ms over the sample's own view) |%n",
                what,
                medians[0],
                medians[1],
                medians[2],
                medians[3]);
    }

    private static PeopleStore ready(ConfigurableApplicationContext server) throws InterruptedException {
        while (!(server.getBean(Readiness.class).state() instanceof Readiness.State.Ready)) {
            Thread.sleep(100);
        }
        return server.getBean(PeopleStore.class);
    }

    private static Protected gated(ConfigurableApplicationContext server, String question) {
        Statistics statistics = server.getBean(Statistics.class);
        ParsedQuery query = statistics.parse(question);
        return statistics.run(
                statistics.plan(server.getBean(PolicyDecisionPoint.class).decide(request(server, query)), query));
    }

    private static Release logged(ConfigurableApplicationContext server, String question) {
        ParsedQuery query = server.getBean(Statistics.class).parse(question);
        var outcome = server.getBean(QueryPath.class)
                .ask(request(server, query), query, question, _ -> JsonNodeFactory.instance.objectNode());
        return switch (outcome) {
            case QueryPath.Outcome.Released(Release release) -> release;
            case QueryPath.Outcome.Denied(var answer) ->
                throw new AssertionError(answer.decision().reasons());
        };
    }

    private static AccessRequest request(ConfigurableApplicationContext server, ParsedQuery query) {
        return new AccessRequest(
                server.getBean(Accounts.class)
                        .usable(new AccountId("analyst"))
                        .orElseThrow()
                        .principal(),
                Action.QUERY,
                new DatasetName("pay"),
                query.fields(),
                new Purpose("dpv:PersonnelPayment"),
                new LegalBasis("13-1-2"),
                Optional.empty(),
                "yearly pay review",
                server.getBean(Clock.class).instant());
    }

    private static long rows(Statement sql, String text) throws SQLException {
        try (ResultSet rows = sql.executeQuery(text)) {
            long n = 0;
            while (rows.next()) {
                n++;
            }
            return n;
        }
    }

    private static double medianMillis(Callable<?> work) throws Exception {
        for (int i = 0; i < 50; i++) {
            work.call();
        }
        double[] millis = new double[101];
        for (int i = 0; i < millis.length; i++) {
            long begun = System.nanoTime();
            work.call();
            millis[i] = (System.nanoTime() - begun) / 1e6;
        }
        Arrays.sort(millis);
        return millis[millis.length / 2];
    }
}

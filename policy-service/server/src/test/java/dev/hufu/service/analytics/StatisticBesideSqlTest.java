package dev.hufu.service.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.anonymizer.publication.NoiseKey;
import dev.hufu.anonymizer.query.ParsedQuery;
import dev.hufu.service.analytics.store.PeopleStore;
import dev.hufu.service.analytics.store.StoreLimits;
import dev.hufu.service.gate.Obligation;
import dev.hufu.service.gate.TestDecisions;
import dev.hufu.service.registers.RegisterFiles;
import dev.hufu.service.registers.RegisteredDataset;
import dev.hufu.service.registers.ShippedPolicies;
import dev.hufu.service.request.AccessRequest;
import dev.hufu.service.request.AccountId;
import dev.hufu.service.request.Action;
import dev.hufu.service.request.DatasetName;
import dev.hufu.service.request.LegalBasis;
import dev.hufu.service.request.Principal;
import dev.hufu.service.request.Purpose;
import dev.hufu.service.sample.SampleCompany;
import dev.hufu.service.sample.SampleProgress;
import dev.hufu.service.sample.SampleSpec;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prints what a statistic takes from a publication and as plain SQL on DuckDB, on the sample's 1.44 M pay slips, in one run. */
@Tag("soak")
class StatisticBesideSqlTest {
    private static final List<String> QUESTIONS = List.of(
            "SELECT org_unit, count(*), avg(monthly_pay) FROM pay WHERE month = '2026-10' GROUP BY org_unit",
            "SELECT org_unit, gender, avg(monthly_pay) FROM pay WHERE month = '2026-10' AND country <> 'CN' GROUP BY org_unit, gender",
            "SELECT month, org_unit, count(*), avg(monthly_pay) FROM pay GROUP BY month, org_unit");

    @TempDir
    Path directory;

    @Test
    void statistic_fromThePublication_besideThePlainSql() throws Exception {
        byte[] secret = new byte[32];
        List<RegisteredDataset> registered =
                RegisterFiles.read(ShippedPolicies.texts()).datasets();
        Map<String, Integer> numbers = new HashMap<>();
        try (PeopleStore store = PeopleStore.open(directory.resolve("people.duckdb"), StoreLimits.forThisMachine())) {
            new SampleCompany(store, new SampleProgress(true))
                    .ensure(new SampleSpec(1, 60_000, YearMonth.of(2026, 10)));
            Publications publications = new Publications(
                    store,
                    () -> registered,
                    keys -> keys.stream()
                            .mapToInt(k -> numbers.computeIfAbsent(k, _ -> numbers.size()))
                            .toArray(),
                    new NoiseKey(secret),
                    new PublicationFiles(
                            directory.resolve("pub"), new SecretKeySpec(secret, "AES"), new SecureRandom()),
                    PublicationSettings.defaults(),
                    Clock.systemUTC());
            long begun = System.nanoTime();
            publications.refresh();
            System.out.printf(
                    "publications of all datasets and months built in %.1f s%n", (System.nanoTime() - begun) / 1e9);
            begun = System.nanoTime();
            publications.refresh();
            System.out.printf("found unchanged in %.1f s%n", (System.nanoTime() - begun) / 1e9);
            Statistics statistics = new Statistics(publications, Clock.systemUTC());
            try (Connection connection = store.snapshot();
                    Statement sql = connection.createStatement()) {
                for (String question : QUESTIONS) {
                    double ours = medianMillis(() -> gated(statistics, question));
                    double plain = medianMillis(() -> {
                        try (ResultSet rows = sql.executeQuery(question)) {
                            int n = 0;
                            while (rows.next()) {
                                n++;
                            }
                            return n;
                        }
                    });
                    System.out.printf("gated %.2f ms, plain SQL %.2f ms: %s%n", ours, plain, question);
                    assertThat(ours).isPositive();
                }
            }
        }
    }

    private static int gated(Statistics statistics, String question) {
        ParsedQuery query = statistics.parse(question);
        AccessRequest request = new AccessRequest(
                new Principal(
                        new AccountId("analyst"),
                        Set.of("analyst"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                Action.QUERY,
                new DatasetName("pay"),
                query.fields(),
                new Purpose("dpv:PersonnelPayment"),
                new LegalBasis("13-1-2"),
                Optional.empty(),
                "",
                Instant.EPOCH);
        Plan plan = statistics.plan(TestDecisions.permit(request, new Obligation.MinGroupSize(20)), query);
        return statistics.run(plan).rows().size();
    }

    private static double medianMillis(Callable<Integer> work) throws Exception {
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

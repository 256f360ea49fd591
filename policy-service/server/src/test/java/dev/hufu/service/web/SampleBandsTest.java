package dev.hufu.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.service.HufuServerTest;
import dev.hufu.service.analytics.store.PeopleStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/**
 * The sample's bands hold the truth of the month that was measured, in each grouping by itself: a company far from the generated
 * ones, with countries whose pay differs fourfold and grades that differ twentyfold, the highest with a handful of people. Each
 * grouping may miss two cells and a tenth of them, and never more than two of five; all together may miss one in twenty. Each run has a noise
 * key of its own: where one cell in fifty lies outside, about one run in a thousand fails.
 */
@HufuServerTest
class SampleBandsTest {
    @LocalServerPort
    private int port;

    @Autowired
    private PeopleStore store;

    @Test
    void averagePay_byEachDimension_liesWithinItsBandNearlyAlways() throws SQLException {
        Calls calls = new Calls(port).ready();
        List<String> told = new ArrayList<>();
        int cells = 0;
        int held = 0;
        for (String by : List.of(
                "brand",
                "region",
                "country",
                "site",
                "org_unit",
                "gender",
                "grade",
                "age_band",
                "tenure_band",
                "contract_type")) {
            JsonNode answer = Calls.json(calls.post(
                    "analyst",
                    "/api/v1/queries",
                    Calls.QUERY.replace(
                            "SELECT org_unit, count(*), avg(monthly_pay) FROM pay GROUP BY org_unit",
                            "SELECT %1$s, avg(monthly_pay) FROM pay GROUP BY %1$s".formatted(by))));
            Map<String, Double> truth =
                    truth(by, answer.at("/publication/rebases/0").asString());
            int covered = 0;
            for (int i = 0; i < answer.path("rows").size(); i++) {
                JsonNode row = answer.path("rows").path(i);
                double band = answer.at("/publication/errors/" + i + "/1").asDouble();
                covered +=
                        Math.abs(row.path(1).asDouble() - truth.get(row.path(0).asString())) <= band ? 1 : 0;
            }
            cells += answer.path("rows").size();
            held += covered;
            told.add("%s %d of %d".formatted(by, covered, answer.path("rows").size()));
            assertThat((double) covered / answer.path("rows").size())
                    .as(told.toString())
                    .isGreaterThanOrEqualTo(0.6);
            assertThat(answer.path("rows").size() - covered)
                    .as(told.toString())
                    .isLessThanOrEqualTo(2 + answer.path("rows").size() / 10);
        }
        assertThat((double) held / cells).as(told.toString()).isGreaterThanOrEqualTo(0.95);
    }

    private Map<String, Double> truth(String by, String month) throws SQLException {
        Map<String, Double> truth = new HashMap<>();
        try (Connection snapshot = store.snapshot();
                ResultSet rows = snapshot.createStatement()
                        .executeQuery("SELECT %1$s, avg(monthly_pay) FROM main.pay WHERE month = '%2$s' GROUP BY %1$s"
                                .formatted(by, month))) {
            while (rows.next()) {
                truth.put(rows.getString(1), rows.getDouble(2));
            }
        }
        return truth;
    }
}

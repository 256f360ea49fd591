package dev.hufu.anonymizer.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How near the answers to ordinary questions are, and how often the truth lies within the band that an answer carries. The truth
 * of a slow measure is that of its rebase. Figures are printed; the bounds asserted leave room for other seeds.
 */
class UtilityTest {
    private static final List<List<String>> CORE = List.of(
            List.of("country"),
            List.of("org_unit"),
            List.of("gender"),
            List.of("grade"),
            List.of("country", "org_unit"),
            List.of("org_unit", "gender"),
            List.of("grade", "gender"),
            List.of("country", "gender"),
            List.of("org_unit", "grade"));
    private static final List<List<String>> OTHER = List.of(
            List.of("site"),
            List.of("age_band"),
            List.of("tenure_band"),
            List.of("contract_type"),
            List.of("site", "gender"),
            List.of("age_band", "gender"),
            List.of("tenure_band", "org_unit"),
            List.of("grade", "age_band"),
            List.of("org_unit", "site"));

    /** Weighted and plain shares over cells. */
    private static final class Score {
        double weight;
        double within5;
        double within10;
        int cells;
        int covered;
        final List<Double> errors = new ArrayList<>();

        void add(double shown, double band, double truth, long persons) {
            double error = Math.abs(shown - truth) / truth;
            weight += persons;
            within5 += error <= 0.05 ? persons : 0;
            within10 += error <= 0.10 ? persons : 0;
            cells++;
            covered += Math.abs(shown - truth) <= band ? 1 : 0;
            errors.add(error);
        }

        double percentile(double p) {
            double[] sorted =
                    errors.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            return sorted[(int) Math.min(sorted.length - 1, Math.floor(p * sorted.length))];
        }

        double share(double part) {
            return part / weight;
        }

        double coverage() {
            return (double) covered / cells;
        }

        @Override
        public String toString() {
            return "%5d cells, weighted within 5 %%: %.1f %%, within 10 %%: %.1f %%, median error %.2f %%, p95 %.2f %%, band covers %.1f %%"
                    .formatted(
                            cells,
                            100 * share(within5),
                            100 * share(within10),
                            100 * percentile(0.5),
                            100 * percentile(0.95),
                            100 * coverage());
        }
    }

    private static Score score(
            World world,
            Publication publication,
            List<List<String>> groupings,
            String measure,
            int k,
            int month,
            int measured) {
        Score score = new Score();
        for (List<String> by : groupings) {
            String dims = String.join(", ", by);
            Answer answer = world.ask(
                    publication,
                    "SELECT %s, count(*), avg(%s) FROM pay WHERE month = '%s' GROUP BY %s"
                            .formatted(dims, measure, world.roster.periods().get(month), dims),
                    k);
            Map<List<Object>, double[]> truth = truth(world, by, measure, measured);
            for (Answer.Row row : answer.rows()) {
                List<Object> cell = row.values().subList(0, by.size());
                Object shown = row.values().get(by.size() + 1);
                Double band = row.errors().get(by.size() + 1);
                double[] exact = truth.get(cell);
                if (shown instanceof Double value && band != null && exact != null) {
                    score.add(value, band, exact[0] / exact[1], (Long)
                            row.values().get(by.size()));
                }
            }
        }
        return score;
    }

    private static Map<List<Object>, double[]> truth(World world, List<String> by, String measure, int month) {
        int[] dims = by.stream().mapToInt(world::dimension).toArray();
        Map<List<Object>, double[]> truth = new HashMap<>();
        double[] values = world.of(measure)[month];
        for (int p = 0; p < values.length; p++) {
            if (!Double.isNaN(values[p])) {
                short[] v = world.values[month][p];
                List<Object> cell = Arrays.stream(dims)
                        .mapToObj(d -> (Object) world.value(d, v[d]))
                        .toList();
                double[] sum = truth.computeIfAbsent(cell, _ -> new double[2]);
                sum[0] += values[p];
                sum[1]++;
            }
        }
        return truth;
    }

    @Test
    void answers_ordinaryQuestions_areNearTheTruthAndTheirBandsHold() {
        World world = new World(11, 12_000, 12);
        Publication publication = world.publish(10, World.key(11));
        Score core = score(world, publication, CORE, "monthly_pay", 10, 11, 9);
        Score other = score(world, publication, OTHER, "monthly_pay", 10, 11, 9);
        Score core20 = score(world, publication, CORE, "monthly_pay", 20, 11, 9);
        Score other20 = score(world, publication, OTHER, "monthly_pay", 20, 11, 9);
        Score hours = score(world, publication, CORE, "hours", 10, 11, 11);
        System.out.println("utility, 12,000 people, month 12");
        System.out.println("pay,   core,  k=10: " + core);
        System.out.println("pay,   other, k=10: " + other);
        System.out.println("pay,   core,  k=20: " + core20);
        System.out.println("pay,   other, k=20: " + other20);
        System.out.println("hours, core,  k=10: " + hours);
        assertThat(core.share(core.within5)).isGreaterThan(0.93);
        assertThat(core20.share(core20.within5)).isGreaterThan(0.90);
        assertThat(other.share(other.within10)).isGreaterThan(0.85);
        assertThat(hours.share(hours.within5)).isGreaterThan(0.85);
        assertThat(core.coverage()).isGreaterThan(0.93);
        assertThat(other.coverage()).isGreaterThan(0.93);
        assertThat(hours.coverage()).isGreaterThan(0.93);
    }

    @Test
    @Tag("soak")
    void answers_largeCompanyOverTwoYears_meetTheBars() {
        World world = new World(12, 60_000, 24);
        Publication publication = world.publish(10, World.key(12));
        Score core = new Score();
        Score all = new Score();
        for (int month = 0; month < 24; month += 5) {
            int measured = month - month % 3;
            for (List<List<String>> groupings : List.of(CORE, OTHER)) {
                Score s = score(world, publication, groupings, "monthly_pay", 20, month, measured);
                for (Score into : groupings == CORE ? List.of(core, all) : List.of(all)) {
                    into.weight += s.weight;
                    into.within5 += s.within5;
                    into.within10 += s.within10;
                    into.cells += s.cells;
                    into.covered += s.covered;
                    into.errors.addAll(s.errors);
                }
            }
        }
        System.out.println("utility, 60,000 people, pay at k=20, months of two years");
        System.out.println("core: " + core);
        System.out.println("all:  " + all);
        assertThat(core.share(core.within5)).isGreaterThan(0.95);
        assertThat(all.share(all.within5)).isGreaterThan(0.85);
        assertThat(all.share(all.within10)).isGreaterThan(0.94);
    }
}

package dev.hufu.anonymizer.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hufu.anonymizer.query.Condition;
import dev.hufu.anonymizer.query.Constant;
import dev.hufu.anonymizer.query.Term;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicationTest {
    private static final int K = 10;
    private static World world;
    private static Publication publication;

    @BeforeAll
    static void publish() {
        world = new World(1, 6000, 15);
        publication = world.publish(K, World.key(1));
    }

    @Test
    void build_anyPeriod_keepsEveryGroupAtKPersonsEachInOneGroup() {
        for (Generation g : publication.generations()) {
            for (int p = g.first(); p <= g.last(); p++) {
                int[] starts = g.unionsAt(p);
                int[] sizes = g.sizes(starts, p);
                assertThat(IntStream.of(sizes).allMatch(n -> n >= K))
                        .as("period %d", p)
                        .isTrue();
                Set<Integer> seen = new HashSet<>();
                for (int r = 0; r < g.rows(); r++) {
                    if (g.present(r, p)) {
                        assertThat(seen.add(g.person()[r])).isTrue();
                    }
                }
                int period = p;
                long here = IntStream.range(0, world.values[p].length)
                        .filter(i -> world.values[period][i] != null)
                        .count();
                assertThat(seen).hasSize((int) here);
            }
        }
    }

    @Test
    void build_betweenFreshPartitions_letsPeopleOnlyLeaveAGroupOrJoinItByK() {
        for (Generation g : publication.generations()) {
            for (int p = g.first() + 1; p <= g.last(); p++) {
                Map<Integer, Integer> before = groups(g, p - 1, p);
                Map<Integer, Integer> after = groups(g, p, p);
                Map<Integer, Integer> joined = new HashMap<>();
                after.forEach((person, group) -> {
                    if (!before.containsKey(person)) {
                        joined.merge(group, 1, Integer::sum);
                    } else {
                        assertThat(before.get(person)).isEqualTo(group);
                    }
                });
                assertThat(joined.values())
                        .as("joiners of one group, period %d", p)
                        .allMatch(n -> n >= K);
            }
        }
    }

    /** Persons of {@code period} by group of {@code groupsOf}: groups only ever unite, so the later ones compare. */
    private static Map<Integer, Integer> groups(Generation g, int period, int groupsOf) {
        Map<Integer, Integer> of = new HashMap<>();
        int[] starts = g.unionsAt(groupsOf);
        for (int i = 0; i < starts.length; i++) {
            for (int r = g.atomStart()[starts[i]]; r < g.rowEnd(starts, i); r++) {
                if (g.present(r, period)) {
                    of.put(g.person()[r], i);
                }
            }
        }
        return of;
    }

    private static double level(Figures f, Generation g, int row) {
        double level = 1;
        for (int d = 0; d < g.codes().length; d++) {
            level *= f.likeness().levels().factor()[d][g.codes()[d][row]];
        }
        return level;
    }

    @Test
    void answer_groupedQuery_isMadeOfProtectedGroupMeansSharedOutByLevels() {
        Answer answer = world.ask(
                publication,
                "SELECT org_unit, gender, count(*), avg(monthly_pay), sum(monthly_pay) FROM pay WHERE site <> 'site-C' GROUP BY org_unit, gender");
        int rebase = 12;
        Generation g = publication.generation(rebase);
        Figures f = publication
                .figures("pay", world.catalogue.datasets().getFirst().measures().getFirst(), 14)
                .orElseThrow();
        assertThat(f.period()).isEqualTo(rebase);
        assertThat(answer.basis().rebases()).containsExactly("2026-01");
        assertThat(answer.basis().periods()).containsExactly("2026-03");
        for (Answer.Row row : answer.rows()) {
            double sum = 0;
            int n = 0;
            for (int i = 0; i < f.starts().length; i++) {
                int from = g.atomStart()[f.starts()[i]];
                double level = IntStream.range(from, g.rowEnd(f.starts(), i))
                        .filter(r -> g.present(r, rebase))
                        .mapToDouble(r -> level(f, g, r))
                        .average()
                        .orElseThrow();
                for (int r = from; r < g.rowEnd(f.starts(), i); r++) {
                    if (g.present(r, rebase)
                            && world.value(3, g.codes()[3][r])
                                    .equals(row.values().get(0))
                            && world.value(4, g.codes()[4][r])
                                    .equals(row.values().get(1))
                            && g.codes()[2][r] != 2) {
                        sum += f.mean()[i] * level(f, g, r) / level;
                        n++;
                    }
                }
            }
            double mean = Microaggregate.round(sum / n);
            assertThat((Double) row.values().get(3)).isEqualTo(mean);
            assertThat((Double) row.values().get(4))
                    .isEqualTo(Microaggregate.round(mean * (Long) row.values().get(2)));
        }
        assertThat(answer.rows()).hasSizeGreaterThan(15);
    }

    @Test
    void answer_headcounts_areTheNaiveOnesWithNoiseOfOneAndAHalf() {
        Answer answer = world.ask(
                publication, "SELECT month, org_unit, grade, count(*) FROM pay GROUP BY month, org_unit, grade");
        double square = 0;
        Map<String, Integer> naive = naive();
        for (Answer.Row row : answer.rows()) {
            long shown = (Long) row.values().get(3);
            assertThat(shown).isGreaterThanOrEqualTo(K);
            int exact = naive.getOrDefault(row.values().subList(0, 3).toString(), 0);
            square += Math.pow(shown - exact, 2);
        }
        // 1,000 cells or so: the sample deviation leaves 1.35 to 1.75 with a probability under 1e-4.
        assertThat(Math.sqrt(square / answer.rows().size())).isCloseTo(1.5, within(0.2));
        long cells = 15L * 12 * 10;
        assertThat(answer.notSeparable().groups())
                .isEqualTo(cells - answer.rows().size());
        assertThat(answer.notSeparable().why()).containsExactly(Answer.Why.UNDER_THRESHOLD);
    }

    private static Map<String, Integer> naive() {
        Map<String, Integer> count = new HashMap<>();
        for (int m = 0; m < world.months; m++) {
            for (short[] v : world.values[m]) {
                if (v != null) {
                    count.merge(
                            List.of(world.roster.periods().get(m), world.value(3, v[3]), world.value(5, v[5]))
                                    .toString(),
                            1,
                            Integer::sum);
                }
            }
        }
        return count;
    }

    @Test
    void answer_equivalentRewrites_areEqual() {
        List<String> rewrites = List.of(
                "SELECT count(*), avg(monthly_pay), sum(hours) FROM pay WHERE gender = 'gender-A' AND grade IN ('grade-B', 'grade-C')",
                "SELECT count(DISTINCT employee_id), avg(monthly_pay), sum(hours) FROM pay p WHERE NOT (gender <> 'gender-A' OR grade NOT IN ('grade-C', 'grade-B', 'nothing'))",
                "SELECT count(*), avg(monthly_pay), sum(hours) FROM pay WHERE (grade = 'grade-B' OR grade = 'grade-C') AND 'gender-B' > gender AND month = '2026-03'",
                "SELECT count(*), avg(monthly_pay), sum(hours) FROM pay WHERE grade BETWEEN 'grade-B' AND 'grade-C' AND gender = 'gender-A' AND region IS NOT NULL",
                "SELECT count(*), avg(monthly_pay), sum(hours) FROM pay WHERE gender = 'gender-A' AND grade >= 'grade-B' AND grade < 'grade-D' GROUP BY gender");
        List<Object> first =
                world.ask(publication, rewrites.getFirst()).rows().getFirst().values();
        assertThat(rewrites)
                .allSatisfy(sql -> assertThat(
                                world.ask(publication, sql).rows().getFirst().values())
                        .isEqualTo(first));
    }

    @Test
    void answer_slowMeasure_isTheSameInAllMonthsOfOneRebaseAndNamesIt() {
        Answer answer = world.ask(publication, "SELECT month, avg(monthly_pay), avg(hours) FROM pay GROUP BY month");
        assertThat(answer.basis().rebases()).containsExactly("2025-01", "2025-04", "2025-07", "2025-10", "2026-01");
        List<Object> pays = answer.rows().stream().map(r -> r.values().get(1)).toList();
        for (int m = 0; m < 15; m++) {
            assertThat(pays.get(m)).isEqualTo(pays.get(m - m % 3));
        }
        assertThat(answer.rows().stream().map(r -> r.values().get(2)).distinct().count())
                .isGreaterThan(1);
    }

    @Test
    void answer_aggregatesOfTheWhole_areNearTheTruth() {
        Answer answer = world.ask(
                publication,
                "SELECT count(*), avg(monthly_pay), avg(hours), avg(courses), sum(courses), avg(flag) FROM pay WHERE month = '2026-01'");
        List<Object> row = answer.rows().getFirst().values();
        double[] truth = {
            mean(world.pay[12]),
            mean(world.hours[12]),
            mean(world.courses[12]),
            sum(world.courses[12]),
            mean(world.flag[12])
        };
        for (int i = 0; i < truth.length; i++) {
            assertThat((Double) row.get(i + 1)).as("column %d", i + 1).isCloseTo(truth[i], within(0.08 * truth[i]));
        }
    }

    private static double mean(double[] v) {
        return java.util.Arrays.stream(v)
                .filter(x -> !Double.isNaN(x))
                .average()
                .orElseThrow();
    }

    private static double sum(double[] v) {
        return java.util.Arrays.stream(v).filter(x -> !Double.isNaN(x)).sum();
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 50, 400})
    void answer_raisedThreshold_comesFromUnionsOfWholeAtomsOfThatSize(int k) {
        var measure = world.catalogue.datasets().getFirst().measures().getFirst();
        Figures all = publication.figures("pay", measure, 14).orElseThrow();
        Generation g = publication.generation(12);
        Figures united = all.atLeast(k, g);
        assertThat(IntStream.of(united.persons()).allMatch(n -> n >= k)).isTrue();
        assertThat(IntStream.of(united.starts())
                        .allMatch(s -> IntStream.of(all.starts()).anyMatch(x -> x == s)))
                .isTrue();
        assertThat(IntStream.of(united.persons()).sum())
                .isEqualTo(IntStream.of(all.persons()).sum());
        Answer answer =
                world.ask(publication, "SELECT org_unit, count(*), avg(monthly_pay) FROM pay GROUP BY org_unit", k);
        assertThat(answer.basis().k()).isEqualTo(k);
        assertThat(answer.rows()).allMatch(r -> (Long) r.values().get(1) >= k);
        assertThat(world.ask(publication, "SELECT count(*) FROM pay", 3).basis().k())
                .isEqualTo(K);
    }

    @Test
    void answer_restriction_limitsEveryFigureToThosePeople() {
        var unit = new Term.OfDimension(world.dimensions.get(3));
        var only = new Condition.In(unit, List.of(new Constant.Text("org_unit-B")));
        Answer restricted = new Statistic(
                        publication,
                        world.parse("SELECT org_unit, count(*), avg(monthly_pay) FROM pay GROUP BY org_unit"),
                        only,
                        0)
                .answer();
        Answer asked = world.ask(
                publication,
                "SELECT org_unit, count(*), avg(monthly_pay) FROM pay WHERE org_unit = 'org_unit-B' GROUP BY org_unit");
        assertThat(restricted.rows()).isEqualTo(asked.rows()).hasSize(1);
        assertThat(restricted.notSeparable()).isEqualTo(asked.notSeparable());
        assertThat(restricted.cohort()).isEqualTo(asked.cohort());
    }

    @Test
    void answer_cohort_isEveryoneWithinWhere() {
        Answer answer =
                world.ask(publication, "SELECT grade, count(*) FROM pay WHERE gender = 'gender-B' GROUP BY grade");
        for (int p = 0; p < world.values[14].length; p++) {
            short[] v = world.values[14][p];
            assertThat(answer.cohort().contains(p)).isEqualTo(v != null && v[4] == 1);
        }
    }

    @Test
    void answer_hiddenCells_areCountedByCatalogueAndHierarchy() {
        Answer geography = world.ask(
                publication, "SELECT region, country, site, count(*) FROM pay GROUP BY region, country, site");
        assertThat(geography.notSeparable().groups() + geography.rows().size()).isEqualTo(24);
        Answer oneRegion = world.ask(
                publication, "SELECT site, grade, count(*) FROM pay WHERE region = 'region-A' GROUP BY site, grade");
        assertThat(oneRegion.notSeparable().groups() + oneRegion.rows().size()).isEqualTo(8 * 10);
        Answer nobody = world.ask(publication, "SELECT count(*) FROM pay WHERE gender = 'no such value'");
        assertThat(nobody.rows()).isEmpty();
        assertThat(nobody.notSeparable())
                .isEqualTo(new Answer.NotSeparable(1, null, List.of(Answer.Why.UNDER_THRESHOLD)));
        Answer never =
                world.ask(publication, "SELECT gender, count(*) FROM pay WHERE month = '1999-01' GROUP BY gender");
        assertThat(never.rows()).isEmpty();
        assertThat(never.notSeparable().groups()).isEqualTo(2);
        assertThat(never.basis().persons()).isNull();
    }

    @Test
    void answer_ancestorsGroupedByToo_addTheirValuesAndNothingElse() {
        Answer sites = world.ask(
                publication,
                "SELECT site, gender, count(*), avg(monthly_pay) FROM pay GROUP BY site, gender ORDER BY site, gender");
        Answer geography = world.ask(
                publication,
                "SELECT gender, region, site, country, count(*), avg(monthly_pay) FROM pay"
                        + " GROUP BY gender, region, site, country ORDER BY site, gender");
        assertThat(geography.rows()).hasSameSizeAs(sites.rows()).isNotEmpty();
        assertThat(geography.notSeparable()).isEqualTo(sites.notSeparable());
        assertThat(geography.basis()).isEqualTo(sites.basis());
        Map<String, String> countries =
                world.dimensions.get(2).parent().orElseThrow().valueOf();
        for (int r = 0; r < sites.rows().size(); r++) {
            List<Object> with = geography.rows().get(r).values();
            List<Object> without = sites.rows().get(r).values();
            assertThat(List.of(with.get(2), with.get(0), with.get(4), with.get(5)))
                    .isEqualTo(without);
            assertThat(with.get(3)).isEqualTo(countries.get(without.get(0)));
        }
        List<String> unordered = world
                .ask(
                        publication,
                        "SELECT region, country, site, gender, count(*) FROM pay GROUP BY region, country, site, gender")
                .rows()
                .stream()
                .map(row -> row.values().subList(0, 4).toString())
                .toList();
        assertThat(unordered).isSorted();
    }

    @Test
    void answer_fewHiddenInEachOfManyPeriods_areNotCountedUp() {
        String cell = "site = 'site-A' AND grade = 'grade-J' AND gender = 'gender-A'";
        Answer.NotSeparable one =
                world.ask(publication, "SELECT count(*) FROM pay WHERE " + cell).notSeparable();
        Answer.NotSeparable all = world.ask(
                        publication, "SELECT month, count(*) FROM pay WHERE " + cell + " GROUP BY month")
                .notSeparable();
        assertThat(one).isEqualTo(new Answer.NotSeparable(1, null, List.of(Answer.Why.UNDER_THRESHOLD)));
        assertThat(all.groups()).isGreaterThan(1);
        assertThat(all.persons()).isNull();
    }

    @Test
    void answer_havingOrderLimit_workOnTheProtectedTable() {
        Answer all =
                world.ask(publication, "SELECT org_unit, avg(monthly_pay) a, count(*) n FROM pay GROUP BY org_unit");
        Answer top = world.ask(
                publication,
                "SELECT org_unit, avg(monthly_pay) a, count(*) n FROM pay GROUP BY org_unit HAVING count(*) > 200 AND NOT org_unit = 'org_unit-A' ORDER BY a DESC LIMIT 3");
        List<Answer.Row> expected = all.rows().stream()
                .filter(r -> (Long) r.values().get(2) > 200
                        && !"org_unit-A".equals(r.values().get(0)))
                .sorted((x, y) -> Double.compare(
                        (Double) y.values().get(1), (Double) x.values().get(1)))
                .limit(3)
                .toList();
        assertThat(top.rows()).isEqualTo(expected).hasSize(3);
        assertThat(top.notSeparable()).isEqualTo(all.notSeparable());
    }

    @Test
    void write_andRead_giveTheSamePublicationAndAnyAlteredByteIsFound() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PublicationCodec.write(publication, out);
        byte[] bytes = out.toByteArray();
        Publication read = PublicationCodec.read(new ByteArrayInputStream(bytes), World.key(1));
        assertThat(read.id()).isEqualTo(publication.id());
        String sql =
                "SELECT month, org_unit, grade, count(*), avg(monthly_pay), avg(courses) FROM pay GROUP BY month, org_unit, grade";
        assertThat(world.ask(read, sql)).isEqualTo(world.ask(publication, sql));
        Random random = new Random(3);
        for (int i = 0; i < 30; i++) {
            byte[] altered = bytes.clone();
            altered[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            assertThatThrownBy(() -> PublicationCodec.read(new ByteArrayInputStream(altered), World.key(1)))
                    .isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> PublicationCodec.read(new ByteArrayInputStream(bytes, 0, 20), World.key(1)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void build_again_isEqualAndAnotherKeyIsNot() {
        assertThat(world.publish(K, World.key(1)).id()).isEqualTo(publication.id());
        String sql = "SELECT grade, avg(monthly_pay) FROM pay GROUP BY grade";
        Publication other = world.publish(K, World.key(2));
        assertThat(world.ask(other, sql).rows())
                .isNotEqualTo(world.ask(publication, sql).rows());
    }

    @Test
    void parameters_underTheFloor_areRefused() {
        assertThatThrownBy(() -> World.parameters(4)).isInstanceOf(IllegalArgumentException.class);
        assertThat(World.parameters(5).k()).isEqualTo(5);
    }

    @Test
    void answer_measureThatIsNothingForEverybody_isNearlyNothing() {
        World nothing = new World(3, 300, 1);
        java.util.Arrays.stream(nothing.pay).forEach(month -> java.util.Arrays.setAll(month, p -> month[p] * 0));
        Publication p = new PublicationBuilder(World.key(3), World.parameters(K), (_, _) -> {})
                .build(
                        "test",
                        nothing.roster,
                        nothing.catalogue.datasets(),
                        (_, measure, period) -> measure.equals("monthly_pay")
                                ? nothing.contributions(measure, period)
                                : Contributions.NONE);
        Answer answer = nothing.ask(p, "SELECT grade, avg(monthly_pay) FROM pay GROUP BY grade");
        assertThat(answer.rows())
                .isNotEmpty()
                .allSatisfy(r -> assertThat((Double) r.values().get(1)).isBetween(0.0, 5.0));
    }

    @Test
    void build_fewerThanKPeople_publishesNoFigure() {
        World tiny = new World(5, 8, 4);
        Publication p = tiny.publish(5, World.key(1));
        Answer answer = tiny.ask(p, "SELECT count(*), avg(monthly_pay) FROM pay", 20);
        assertThat(answer.rows()).isEmpty();
    }
}

package dev.hufu.service.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.anonymizer.catalogue.Column;
import dev.hufu.anonymizer.publication.Publication;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How often the truth lies within the band that an answer tells, over companies, sizes, months and noise keys. Bands were chosen on
 * the first table; the second is held out: seeds, keys, months and a shape of measure that no choice was made on. Both are in the
 * soak profile; a part of the second runs with every build. All seeds and keys are fixed, so that equal code gives equal tables.
 *
 * <p>Columns: cells scored; share of cells by one and by two dimensions that hold; share of groupings of 20 cells or more in which
 * at least 95 % hold, and the least share in one of them; share of people in cells within 5 % of the truth, of the core and of all;
 * median and ninth decile of the band as a share of the value; what one dimension misses.
 */
class BandsTrialTest {
    private static void run(List<TrialCompany> companies, int[] periods, long[] keys, int[] thresholds) {
        System.out.println(BandsScore.head());
        for (TrialCompany company : companies) {
            List<Publication> publications =
                    Arrays.stream(keys).mapToObj(company::publish).toList();
            int[] asked = company.roster().periods().size() == 1 ? new int[1] : periods;
            for (Column.Measure m : company.dataset().measures()) {
                for (int k : thresholds) {
                    BandsScore score = new BandsScore();
                    for (Publication p : publications) {
                        Arrays.stream(asked).forEach(period -> score.add(company, p, m.name(), period, k));
                    }
                    String line = score.line("%s, %s, k %d".formatted(company.name(), m.name(), k));
                    System.out.println(line);
                    assertThat(score.singles()).as(line).isGreaterThan(0.93);
                    assertThat(score.pairs()).as(line).isGreaterThan(0.93);
                }
            }
        }
    }

    @Test
    @Tag("soak")
    void bands_companiesThatTheyWereChosenOn_holdTheTruth() {
        System.out.println("bands, chosen on");
        run(train(), new int[] {6, 15}, new long[] {1, 2}, new int[] {10, 20});
    }

    @Test
    @Tag("soak")
    void bands_companiesHeldOut_holdTheTruth() throws IOException {
        System.out.println("bands, held out");
        run(heldOut(), new int[] {9, 18}, new long[] {201, 202}, new int[] {10, 20});
    }

    @Test
    void bands_smallCompaniesHeldOut_holdTheTruth() {
        System.out.println("bands, held out, with every build");
        run(
                List.of(
                        TrialCompany.sample(91, 6_000),
                        TrialShapes.steep().company(92, 5_000),
                        TrialShapes.woven(93).company(94, 5_000)),
                new int[] {12},
                new long[] {301},
                new int[] {20});
    }

    static List<TrialCompany> train() {
        return List.of(
                TrialCompany.sample(1, 2_000),
                TrialCompany.sample(2, 6_000),
                TrialCompany.sample(3, 20_000),
                TrialCompany.sample(4, 60_000),
                TrialShapes.heavy().company(5, 4_000),
                TrialShapes.heavy().company(6, 30_000),
                TrialShapes.few().company(7, 1_000),
                TrialShapes.few().company(8, 10_000),
                TrialShapes.steep().company(9, 5_000),
                TrialShapes.steep().company(10, 25_000),
                TrialShapes.crossed(58).company(59, 6_000),
                TrialShapes.crossed(58).company(60, 30_000),
                TrialShapes.turned().company(61, 3_000),
                TrialShapes.turned().company(62, 20_000));
    }

    static List<TrialCompany> heldOut() throws IOException {
        List<TrialCompany> companies = new ArrayList<>(List.of(
                TrialCompany.sample(71, 2_000),
                TrialCompany.sample(72, 6_000),
                TrialCompany.sample(73, 6_000),
                TrialCompany.sample(74, 20_000),
                TrialCompany.sample(75, 60_000),
                TrialShapes.heavy().company(76, 8_000),
                TrialShapes.steep().company(77, 12_000),
                TrialShapes.crossed(78).company(79, 10_000),
                TrialShapes.woven(80).company(81, 4_000),
                TrialShapes.woven(80).company(82, 25_000)));
        Path root = Path.of(System.getProperty("hufu.root", ".."));
        Path data = Optional.ofNullable(System.getenv("HUFU_TEST_DATA"))
                .map(Path::of)
                .orElse(root.resolve("../shared/data"));
        TrialShapes.ibm(data)
                .ifPresentOrElse(companies::add, () -> System.out.println("no ibm-hr-attrition.csv at " + data));
        return companies;
    }
}

package dev.hufu.service.sample;

import static dev.hufu.service.sample.TrialCompany.measure;

import dev.hufu.anonymizer.catalogue.MeasureKind;
import dev.hufu.service.sample.TrialCompany.Dim;
import dev.hufu.service.sample.TrialCompany.Measured;
import dev.hufu.service.sample.TrialCompany.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Companies unlike the sample, each strange in one way that bands might not bear. */
final class TrialShapes {
    private static final List<Dim> USUAL = List.of(
            new Dim("gender", 2),
            new Dim("grade", 10),
            new Dim("dept", 12),
            new Dim("site", 30),
            new Dim("age", 5),
            new Dim("contract", 3));

    private TrialShapes() {}

    /** Pay that few earn many times of: a Pareto tail of exponent 1.5 for one in fifty. */
    static Shape heavy() {
        return new Shape(
                "heavy tail",
                List.of("grade", "gender"),
                USUAL,
                2,
                List.of(new Measured(
                        measure("pay", MeasureKind.SLOW, 0, 2_000_000),
                        (c, r) -> 8000
                                * Math.pow(1.15, c[1])
                                * Math.exp(0.3 * r.nextGaussian())
                                * (r.nextInt(50) == 0 ? Math.min(50, Math.pow(1 - r.nextDouble(), -1 / 1.5)) : 1))));
    }

    /** Two dimensions only, with two and four values, that nothing goes with; hours each month and a flag. */
    static Shape few() {
        return new Shape(
                "few",
                List.of("gender", "grade"),
                List.of(new Dim("gender", 2), new Dim("grade", 4)),
                1.5,
                List.of(
                        new Measured(
                                measure("pay", MeasureKind.SLOW, 0, 100_000),
                                (_, r) -> 9000 * Math.exp(0.4 * r.nextGaussian())),
                        new Measured(
                                measure("hours", MeasureKind.EVENT, 0, 300),
                                (c, r) -> 160 + 8 * c[1] + 25 * r.nextGaussian()),
                        new Measured(
                                measure("remote", MeasureKind.FLAG, 0, 1),
                                (c, r) -> r.nextInt(10) < 2 + c[1] ? 1 : 0)));
    }

    /** A measure that grows 1.6-fold with each of twelve levels, the highest rare, and the level is no part of the core. */
    static Shape steep() {
        return new Shape(
                "steep",
                List.of("gender", "contract"),
                List.of(
                        new Dim("gender", 2),
                        new Dim("level", 12),
                        new Dim("dept", 12),
                        new Dim("team", 150),
                        new Dim("age", 5),
                        new Dim("contract", 3)),
                3,
                List.of(
                        new Measured(
                                measure("bonus", MeasureKind.SLOW, 0, 5_000_000),
                                (c, r) -> 500 * Math.pow(1.6, c[1]) * Math.exp(0.4 * r.nextGaussian())),
                        new Measured(
                                measure("rating", MeasureKind.RATING, 1, 5),
                                (c, r) -> Math.round(2 + 0.2 * c[1] + r.nextGaussian()))));
    }

    /** Pay that goes with the cross of site and department, so that no dimension by itself tells it. */
    static Shape crossed(long seed) {
        double[] factor = new Random(seed).doubles(30 * 12, -0.8, 0.8).toArray();
        return new Shape(
                "crossed",
                List.of("grade", "gender"),
                USUAL,
                2,
                List.of(
                        new Measured(
                                measure("pay", MeasureKind.SLOW, 0, 500_000),
                                (c, r) -> 9000 * Math.exp(factor[c[3] * 12 + c[2]] + 0.2 * r.nextGaussian())
                                        + 1500 * c[1]),
                        new Measured(
                                measure("hours", MeasureKind.EVENT, 0, 300),
                                (c, r) -> 160 + 30 * factor[c[3] * 12 + c[2]] + 15 * r.nextGaussian())));
    }

    /** What goes with age goes the other way in every second site; a balance that may be negative; a rare flag. */
    static Shape turned() {
        return new Shape(
                "turned",
                List.of("dept", "gender"),
                USUAL,
                1.5,
                List.of(
                        new Measured(
                                measure("pay", MeasureKind.SLOW, 0, 300_000),
                                (c, r) -> 8000
                                        + (c[3] % 2 == 0 ? 3000 * c[4] : 3000 * (4 - c[4]))
                                        + 900 * c[1]
                                        + 1500 * r.nextGaussian()),
                        new Measured(
                                measure("balance", MeasureKind.EVENT, -60, 60),
                                (c, r) -> 4 * (c[2] - 5) + 12 * r.nextGaussian()),
                        new Measured(
                                measure("part_time", MeasureKind.FLAG, 0, 1),
                                (c, r) -> r.nextInt(100) < (c[0] == 0 ? 25 : 4) + 2 * c[4] ? 1 : 0)));
    }

    /** Pay woven of crosses of three: site, age and contract; grade, department and gender. */
    static Shape woven(long seed) {
        double[] warp = new Random(seed).doubles(30 * 5 * 3, -0.5, 0.5).toArray();
        double[] weft = new Random(~seed).doubles(10 * 12 * 2, -0.4, 0.4).toArray();
        return new Shape(
                "woven",
                List.of("gender", "contract"),
                USUAL,
                1.7,
                List.of(
                        new Measured(
                                measure("pay", MeasureKind.SLOW, 0, 400_000),
                                (c, r) -> 9000
                                        * Math.exp(warp[(c[3] * 5 + c[4]) * 3 + c[5]]
                                                + weft[(c[1] * 12 + c[2]) * 2 + c[0]]
                                                + 0.25 * r.nextGaussian())),
                        new Measured(
                                measure("hours", MeasureKind.EVENT, 0, 300),
                                (c, r) -> 150 + 40 * weft[(c[1] * 12 + c[2]) * 2 + c[0]] + 20 * r.nextGaussian())));
    }

    /** IBM's 1,470 made-up employees: {@code HUFU_TEST_DATA}, or else beside the project; empty where there is none. */
    static Optional<TrialCompany> ibm(Path directory) throws IOException {
        Path csv = directory.resolve("ibm-hr-attrition.csv");
        if (!Files.exists(csv)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(csv);
        List<String> header = List.of(lines.getFirst().split(","));
        List<String> names = List.of(
                "Gender", "Department", "JobLevel", "JobRole", "EducationField", "MaritalStatus", "BusinessTravel");
        List<String[]> rows = new ArrayList<>();
        double[][] values = new double[3][lines.size() - 1];
        for (int p = 0; p < lines.size() - 1; p++) {
            String[] fields = lines.get(p + 1).split(",");
            rows.add(names.stream().map(n -> fields[header.indexOf(n)]).toArray(String[]::new));
            values[0][p] = Double.parseDouble(fields[header.indexOf("MonthlyIncome")]);
            values[1][p] = Double.parseDouble(fields[header.indexOf("YearsAtCompany")]);
            values[2][p] = fields[header.indexOf("OverTime")].equals("Yes") ? 1 : 0;
        }
        return Optional.of(TrialCompany.once(
                "IBM 1,470",
                names,
                List.of("Gender", "Department"),
                rows,
                List.of(
                        measure("income", MeasureKind.SLOW, 0, 30_000),
                        measure("years", MeasureKind.SLOW, 0, 45),
                        measure("overtime", MeasureKind.FLAG, 0, 1)),
                values));
    }
}

package dev.hufu.anonymizer.query;

import dev.hufu.anonymizer.catalogue.Aggregate;
import dev.hufu.anonymizer.catalogue.Catalogue;
import dev.hufu.anonymizer.catalogue.Column;
import dev.hufu.anonymizer.catalogue.Coverage;
import dev.hufu.anonymizer.catalogue.Dataset;
import dev.hufu.anonymizer.catalogue.MeasureKind;
import dev.hufu.anonymizer.catalogue.ValueType;
import dev.hufu.anonymizer.catalogue.Withholding;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A small catalogue with a column of every role. */
final class Fixtures {
    private Fixtures() {}

    static Column.Dimension text(String name, String... values) {
        return new Column.Dimension(name, ValueType.TEXT, List.of(values), false, Optional.empty());
    }

    static Catalogue catalogue() {
        Column.Dimension wide = new Column.Dimension(
                "team",
                ValueType.TEXT,
                IntStream.range(0, 2000).mapToObj(i -> "T" + i).toList(),
                true,
                Optional.empty());
        Dataset pay = new Dataset(
                "pay",
                "staff",
                List.of(
                        new Column.PersonKey("employee_id"),
                        new Column.Period("month"),
                        new Column.Measure(
                                "monthly_pay",
                                MeasureKind.SLOW,
                                0,
                                500_000,
                                100,
                                Coverage.EVERYBODY,
                                EnumSet.allOf(Aggregate.class)),
                        new Column.Measure(
                                "rating", MeasureKind.RATING, 1, 5, 1, Coverage.SOME, EnumSet.of(Aggregate.AVG)),
                        text("gender", "F", "M"),
                        text("org_unit", "HR", "R&D", "Sales"),
                        text("grade", "P1", "P2", "P3"),
                        wide,
                        new Column.Dimension(
                                "seat",
                                ValueType.TEXT,
                                IntStream.range(0, 30_000)
                                        .mapToObj(i -> "S" + i)
                                        .toList(),
                                false,
                                Optional.of(new Column.Dimension.Parent(
                                        "team",
                                        IntStream.range(0, 30_000)
                                                .boxed()
                                                .collect(Collectors.toMap(i -> "S" + i, i -> "T" + i / 15))))),
                        new Column.Dimension(
                                "level",
                                ValueType.INTEGER,
                                IntStream.range(0, 100)
                                        .mapToObj(Integer::toString)
                                        .toList(),
                                false,
                                Optional.empty()),
                        new Column.Withheld("note", Withholding.UNGRADED),
                        new Column.Withheld("id_number", Withholding.IDENTIFIER),
                        new Column.Withheld("sick_days", Withholding.DIFFERENTIAL_PRIVACY_ONLY)));
        return Catalogue.of(List.of(pay));
    }
}

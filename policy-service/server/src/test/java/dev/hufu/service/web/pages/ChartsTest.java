package dev.hufu.service.web.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChartsTest {
    private final Charts charts =
            new Charts("Average pay", value -> Long.toString(Math.round(value)), "cannot be told");

    @Test
    void bars_valuesAndBands_areDrawnToScale() {
        Chart chart = charts.bars(List.of(item("Sales", 100.0, 10), item("Design", 50.0, 0)));
        List<Chart.Box> bars = boxes(chart, "bar");
        double first = number(bars.get(0).width());
        assertThat(number(bars.get(1).width())).isCloseTo(first / 2, within(0.2));
        Chart.Box band = boxes(chart, "band").getFirst();
        assertThat(boxes(chart, "band")).hasSize(1);
        assertThat(number(band.width())).isCloseTo(first / 5, within(0.2));
        assertThat(number(band.x()) + number(band.width()) / 2)
                .isCloseTo(number(bars.get(0).x()) + first, within(0.2));
        assertThat(chart.texts()).extracting(Chart.Label::text).contains("Sales", "Design", "100", "50", "0");
    }

    @Test
    void bars_negativeValues_standLeftOfZero() {
        Chart chart = charts.bars(List.of(item("a", -40.0, 5), item("b", 20.0, 5)));
        double zero = chart.grid().stream()
                .filter(l -> l.kind().equals("axis"))
                .mapToDouble(l -> number(l.x1()))
                .findFirst()
                .orElseThrow();
        Chart.Box left = boxes(chart, "bar").getFirst();
        assertThat(number(left.x()) + number(left.width())).isCloseTo(zero, within(0.2));
        assertThat(number(boxes(chart, "bar").getLast().x())).isCloseTo(zero, within(0.2));
    }

    @Test
    void bars_valueThatCannotBeTold_saysSoAndDrawsNothing() {
        Chart chart = charts.bars(List.of(item("a", null, 0), item("b", 3.0, 1)));
        assertThat(boxes(chart, "bar")).hasSize(1);
        assertThat(chart.texts()).extracting(Chart.Label::text).contains("cannot be told");
    }

    @Test
    void pictures_anyFigures_stayInTheFrame() {
        List<List<Charts.Item>> cases = List.of(
                List.of(item("a", 0.0, 0)),
                List.of(item("a", null, 0), item("b", null, 0)),
                List.of(item("a", 1e12, 3e11), item("b", 1e-9, 0)),
                List.of(item("a", -1.0, 2), item("b", -1e6, 1)),
                List.of(item("<script>alert(1)</script>", 5.0, 5), item("", 5.0, 5)),
                IntStream.range(0, 24)
                        .mapToObj(i -> item("2026-" + i, i * 7.0, i))
                        .toList());
        for (List<Charts.Item> items : cases) {
            for (Chart chart : List.of(
                    charts.bars(items), charts.narrowBars(items), charts.line(items), charts.narrowLine(items))) {
                Stream.concat(
                                chart.boxes().stream().flatMap(b -> Stream.of(b.x(), b.y(), b.width(), b.height())),
                                Stream.concat(chart.grid().stream(), chart.marks().stream())
                                        .flatMap(l -> Stream.of(l.x1(), l.y1(), l.x2(), l.y2())))
                        .mapToDouble(ChartsTest::number)
                        .forEach(n -> assertThat(n).isBetween(-0.1, chart.width() + chart.height() + 0.1));
                assertThat(chart.boxes())
                        .allMatch(b -> number(b.x()) + number(b.width()) <= chart.width() + 0.1
                                && number(b.y()) + number(b.height()) <= chart.height());
                assertThat(chart.texts()).allMatch(t -> number(t.x()) >= 0 && number(t.x()) <= chart.width());
            }
        }
    }

    @Test
    void label_longerThanItsRoom_isCut() {
        Chart chart = charts.bars(List.of(item("一个非常非常非常非常非常非常非常非常非常长的部门名称", 1.0, 0)));
        assertThat(chart.texts())
                .anyMatch(t -> t.kind().equals("bar-label")
                        && t.text().endsWith("…")
                        && t.text().length() < 20);
    }

    @Test
    void line_monthsThatCannotBeTold_areLeftOut() {
        Chart chart =
                charts.line(List.of(item("2026-01", 10.0, 1), item("2026-02", null, 0), item("2026-03", 12.0, 1)));
        assertThat(chart.marks()).hasSize(2);
        assertThat(chart.paths()).extracting(Chart.Path::kind).containsExactly("band", "line");
        assertThat(chart.paths().getLast().d()).matches("M[\\d.]+ [\\d.]+L[\\d.]+ [\\d.]+");
    }

    @Test
    void scale_anyRange_hasRoundTicksThatReachPastIt() {
        for (double[] range : new double[][] {{0, 18_900}, {0, 0}, {-7, 3}, {10_329, 11_110}, {0, 1e-7}, {5, 5}}) {
            Scale scale = Scale.over(range[0], range[1], 6, 0, 100);
            assertThat(scale.from()).isLessThanOrEqualTo(range[0] + 1e-9);
            assertThat(scale.to()).isGreaterThanOrEqualTo(range[1] - 1e-9);
            assertThat(scale.ticks()).hasSizeBetween(2, 8);
            double lead = scale.step() / Math.pow(10, Math.floor(Math.log10(scale.step()) + 1e-9));
            assertThat(Math.round(lead)).isIn(1L, 2L, 5L, 10L);
        }
    }

    private static Charts.Item item(String label, @org.jspecify.annotations.Nullable Double value, double band) {
        return new Charts.Item(label, value, band);
    }

    private static List<Chart.Box> boxes(Chart chart, String kind) {
        return chart.boxes().stream().filter(b -> b.kind().equals(kind)).toList();
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }
}

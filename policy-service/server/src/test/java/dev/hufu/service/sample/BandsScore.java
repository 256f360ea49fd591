package dev.hufu.service.sample;

import dev.hufu.anonymizer.catalogue.Column;
import dev.hufu.anonymizer.catalogue.MeasureKind;
import dev.hufu.anonymizer.publication.Answer;
import dev.hufu.anonymizer.publication.Publication;
import dev.hufu.anonymizer.publication.Roster;
import dev.hufu.anonymizer.publication.Statistic;
import dev.hufu.anonymizer.query.Condition;
import dev.hufu.anonymizer.query.QueryLanguage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How answers and their bands compare with the truth, over many groupings. The truth of a cell is the mean of all persons of the
 * period in it, those included who wait to be let in.
 */
final class BandsScore {
    private static final int MOST_CELLS = 20_000;

    /** What is counted of one grouping. */
    private static final class Tally {
        int cells;
        int held;
    }

    private final Map<String, Tally> single = new TreeMap<>();
    private final List<Double> widths = new ArrayList<>();
    private final Tally pairs = new Tally();
    private final List<Double> worst = new ArrayList<>();
    private double people;
    private double near;
    private double corePeople;
    private double coreNear;

    /** Scores all groupings by one and by two dimensions of one measure. */
    BandsScore add(TrialCompany company, Publication publication, String measure, int period, int k) {
        QueryLanguage language = new QueryLanguage(company.catalogue());
        List<Column.Dimension> dimensions = company.roster().dimensions();
        for (int a = 0; a < dimensions.size(); a++) {
            score(company, publication, language, measure, period, k, List.of(a));
            for (int b = a + 1; b < dimensions.size(); b++) {
                if (dimensions.get(a).codes() * dimensions.get(b).codes() <= MOST_CELLS
                        && !follows(dimensions, a, b)
                        && !follows(dimensions, b, a)) {
                    score(company, publication, language, measure, period, k, List.of(a, b));
                }
            }
        }
        return this;
    }

    private static boolean follows(List<Column.Dimension> dimensions, int up, int down) {
        return dimensions
                .get(down)
                .parent()
                .map(Column.Dimension.Parent::dimension)
                .filter(parent -> parent.equals(dimensions.get(up).name())
                        || dimensions.stream()
                                .filter(d -> d.name().equals(parent))
                                .anyMatch(d -> follows(dimensions, up, dimensions.indexOf(d))))
                .isPresent();
    }

    private void score(
            TrialCompany company,
            Publication publication,
            QueryLanguage language,
            String measure,
            int period,
            int k,
            List<Integer> by) {
        Roster roster = company.roster();
        List<String> names =
                by.stream().map(d -> roster.dimensions().get(d).name()).toList();
        String dims = String.join(", ", names);
        Answer answer = new Statistic(
                        publication,
                        language.parse("SELECT %1$s, count(*), avg(%2$s) FROM data WHERE month = '%3$s' GROUP BY %1$s"
                                .formatted(dims, measure, roster.periods().get(period))),
                        Condition.TRUE,
                        k)
                .answer();
        Map<Integer, double[]> truth = truth(company, measure, period, by);
        Tally tally = new Tally();
        boolean core = company.parameters().core().containsAll(names);
        for (Answer.Row row : answer.rows()) {
            Object shown = row.values().get(by.size() + 1);
            Double band = row.errors().get(by.size() + 1);
            if (shown instanceof Double value && band != null) {
                double[] exact = truth.get(cell(company, by, row.values()));
                count(tally, value, band, exact[0] / exact[1], exact[1], core);
            }
        }
        Tally into = by.size() == 1 ? single.computeIfAbsent(names.getFirst(), _ -> new Tally()) : pairs;
        into.cells += tally.cells;
        into.held += tally.held;
        if (tally.cells >= 20) {
            worst.add((double) tally.held / tally.cells);
        }
    }

    private void count(Tally tally, double value, double band, double exact, double persons, boolean core) {
        double error = Math.abs(value - exact);
        boolean close = error <= 0.05 * Math.abs(exact);
        tally.cells++;
        tally.held += error <= band ? 1 : 0;
        people += persons;
        near += close ? persons : 0;
        corePeople += core ? persons : 0;
        coreNear += core && close ? persons : 0;
        widths.add(band / Math.max(Math.abs(value), Double.MIN_NORMAL));
    }

    private static int cell(TrialCompany company, List<Integer> by, List<Object> values) {
        int cell = 0;
        for (int i = 0; i < by.size(); i++) {
            Column.Dimension d = company.roster().dimensions().get(by.get(i));
            cell = cell * d.codes() + d.values().indexOf(String.valueOf(values.get(i)));
        }
        return cell;
    }

    private static Map<Integer, double[]> truth(TrialCompany company, String measure, int period, List<Integer> by) {
        Roster.Slice slice = company.roster().slices().get(period);
        double[][] values = company.values().getOrDefault(measure, new double[0][]);
        Column.Measure declared = company.dataset().measures().stream()
                .filter(m -> m.name().equals(measure))
                .findFirst()
                .orElseThrow();
        int measured = declared.kind() == MeasureKind.EVENT
                ? period
                : period - period % company.parameters().rebaseEvery();
        if (measured != period) {
            throw new IllegalArgumentException("a slow measure is scored in the period it was measured in");
        }
        Map<Integer, double[]> truth = new HashMap<>();
        for (int i = 0; i < slice.persons().length; i++) {
            double value = values[period][slice.persons()[i]];
            if (!Double.isNaN(value)) {
                int cell = 0;
                for (int d : by) {
                    cell = cell * company.roster().dimensions().get(d).codes() + slice.codes()[d][i];
                }
                double[] sum = truth.computeIfAbsent(cell, _ -> new double[2]);
                sum[0] += value;
                sum[1]++;
            }
        }
        return truth;
    }

    int cells() {
        return pairs.cells + single.values().stream().mapToInt(t -> t.cells).sum();
    }

    /** Share of cells by one dimension whose truth lies within the band. */
    double singles() {
        return (double) single.values().stream().mapToInt(t -> t.held).sum()
                / single.values().stream().mapToInt(t -> t.cells).sum();
    }

    double pairs() {
        return pairs.cells == 0 ? 1 : (double) pairs.held / pairs.cells;
    }

    /** Share of groupings of 20 cells or more in which at least 19 of 20 hold. */
    double groupings() {
        return worst.isEmpty()
                ? 1
                : (double) worst.stream().filter(w -> w >= 0.95).count() / worst.size();
    }

    /** The least share of cells that hold in any grouping of 20 cells or more. */
    double worst() {
        return worst.stream().mapToDouble(w -> w).min().orElse(1);
    }

    double near() {
        return near / people;
    }

    double coreNear() {
        return coreNear / corePeople;
    }

    double width(double quantile) {
        double[] sorted = widths.stream().mapToDouble(w -> w).sorted().toArray();
        return sorted[(int) Math.min(sorted.length - 1, quantile * sorted.length)];
    }

    /** The groupings by one dimension where more than one cell in twenty is missed. */
    String missed() {
        StringBuilder text = new StringBuilder();
        single.forEach((name, t) -> {
            if (t.held < 0.95 * t.cells) {
                text.append(text.isEmpty() ? "" : ", ").append("%s %d of %d".formatted(name, t.held, t.cells));
            }
        });
        return text.toString();
    }

    static String head() {
        return "%-34s %6s %6s %6s %6s %6s %7s %7s %7s %7s  %s"
                .formatted(
                        "", "cells", "one", "two", "by", "worst", "core5%", "all5%", "width", "w90", "missed of one");
    }

    String line(String what) {
        return "%-34s %6d %5.1f%% %5.1f%% %5.0f%% %5.0f%% %6.1f%% %6.1f%% %6.1f%% %6.1f%%  %s"
                .formatted(
                        what,
                        cells(),
                        100 * singles(),
                        100 * pairs(),
                        100 * groupings(),
                        100 * worst(),
                        100 * coreNear(),
                        100 * near(),
                        100 * width(0.5),
                        100 * width(0.9),
                        missed());
    }
}

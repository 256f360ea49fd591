package dev.hufu.service.web.pages;

import dev.hufu.anonymizer.publication.Answer;
import dev.hufu.anonymizer.query.ParsedQuery;
import dev.hufu.anonymizer.query.Term;
import dev.hufu.service.analytics.Protected;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Chooses the picture of a protected result: the first mean, else the first sum, else the persons; a line over months, a small line
 * for each group where months are grouped by beside something else, and bars for anything else.
 */
final class ResultPictures {
    /** Bars of a picture. */
    static final int MOST_BARS = 20;
    /** Small pictures, a group each. */
    static final int MOST_PANELS = 24;

    /** @param note what the picture leaves out and how its scale runs, empty for nothing */
    record Drawn(Optional<Chart> wide, Optional<Chart> narrow, String note) {
        static final Drawn NONE = new Drawn(Optional.empty(), Optional.empty(), "");

        private Drawn(Chart wide, Chart narrow, String note) {
            this(Optional.of(wide), Optional.of(narrow), note);
        }
    }

    private final Words words;
    private final QuestionWords question;

    ResultPictures(Words words, QuestionWords question) {
        this.words = words;
        this.question = question;
    }

    Drawn draw(ParsedQuery query, Protected result) {
        List<Term> terms =
                query.outputs().stream().map(ParsedQuery.Output::term).toList();
        List<Integer> labels = places(terms, true);
        List<Integer> months = labels.stream()
                .filter(i -> terms.get(i) instanceof Term.OfPeriod)
                .limit(1)
                .toList();
        Optional<Integer> shown = places(terms, false).stream().min(Comparator.comparingInt(i -> rank(terms.get(i))));
        if (shown.isEmpty() || labels.isEmpty() || result.rows().isEmpty()) {
            return Drawn.NONE;
        }
        var charts = new Charts(
                question.titleWithUnit(terms.get(shown.get())), words::figure, words.say("query.cannot-tell"));
        var rows = new Rows(terms, shown.get(), months, labels, result);
        boolean told = query.groupBy().stream().allMatch(terms::contains);
        if (!told || months.isEmpty() || rows.months().size() < 2) {
            return bars(rows, charts);
        }
        return labels.size() == 1 ? line(rows, charts) : panels(rows, charts);
    }

    /** Columns that name groups, or those that measure them. */
    private static List<Integer> places(List<Term> terms, boolean naming) {
        return IntStream.range(0, terms.size())
                .filter(i -> QuestionWords.label(terms.get(i)) == naming)
                .boxed()
                .toList();
    }

    private static int rank(Term term) {
        return switch (term) {
            case Term.Mean _ -> 0;
            case Term.Sum _ -> 1;
            case Term.Persons _ -> 2;
            case Term.OfDimension _, Term.OfPeriod _ -> 3;
        };
    }

    private Drawn bars(Rows rows, Charts charts) {
        List<Charts.Item> all = rows.result().rows().stream()
                .map(row -> rows.item(rows.name(row, rows.labels()), row))
                .toList();
        List<Charts.Item> first = all.stream().limit(MOST_BARS).toList();
        String note = all.size() > MOST_BARS
                ? words.say("query.bars-cut", words.number(MOST_BARS), words.number(all.size()))
                : "";
        return new Drawn(charts.bars(first), charts.narrowBars(first), note);
    }

    private Drawn line(Rows rows, Charts charts) {
        List<Charts.Item> inTime = rows.series().values().iterator().next();
        return new Drawn(
                charts.line(inTime),
                charts.narrowLine(inTime),
                (Charts.lineFromZero(inTime) ? "" : words.say("query.scale-cut")) + hollow(List.of(inTime)));
    }

    private Drawn panels(Rows rows, Charts charts) {
        List<Charts.Series> all = rows.series().entrySet().stream()
                .map(e -> new Charts.Series(e.getKey(), e.getValue()))
                .toList();
        List<Charts.Series> first = all.stream().limit(MOST_PANELS).toList();
        String cut = all.size() > MOST_PANELS
                ? words.say("query.bars-cut", words.number(MOST_PANELS), words.number(all.size())) + words.pick("", " ")
                : "";
        return new Drawn(
                charts.panels(first),
                charts.narrowPanels(first),
                cut
                        + words.say(Charts.panelsFromZero(first) ? "query.one-scale.zero" : "query.one-scale")
                        + hollow(first.stream().map(Charts.Series::items).toList()));
    }

    private String hollow(List<List<Charts.Item>> drawn) {
        boolean any = drawn.stream().flatMap(List::stream).anyMatch(i -> i.carried() && i.value() != null);
        return any ? words.pick("", " ") + words.say("query.hollow") : "";
    }

    /** The rows as a picture takes them. */
    private final class Rows {
        private final List<Term> terms;
        /** The column that is drawn. */
        private final int shown;
        /** The column that names the month, none or one. */
        private final List<Integer> month;
        /** The columns that name a group, the month among them. */
        private final List<Integer> labels;

        private final Protected result;

        Rows(List<Term> terms, int shown, List<Integer> month, List<Integer> labels, Protected result) {
            this.terms = terms;
            this.shown = shown;
            this.month = month;
            this.labels = labels;
            this.result = result;
        }

        Protected result() {
            return result;
        }

        List<Integer> labels() {
            return labels;
        }

        List<String> months() {
            var months = new TreeSet<String>();
            result.rows().forEach(row -> months.add(name(row, month)));
            return List.copyOf(months);
        }

        String name(Answer.Row row, List<Integer> columns) {
            var name = new StringJoiner(" · ");
            for (int i : columns) {
                Object value = row.values().get(i);
                name.add(value == null ? words.say("query.none") : value.toString());
            }
            return name.toString();
        }

        /** Each group's months in order, in the order of the rows; a month that is not in the answer has no value. */
        Map<String, List<Charts.Item>> series() {
            List<Integer> rest = labels.stream().filter(i -> !month.contains(i)).toList();
            Map<String, Map<String, Charts.Item>> found = new LinkedHashMap<>();
            for (Answer.Row row : result.rows()) {
                found.computeIfAbsent(name(row, rest), _ -> new LinkedHashMap<>())
                        .put(name(row, month), item(name(row, month), row));
            }
            Map<String, List<Charts.Item>> series = new LinkedHashMap<>();
            found.forEach((group, items) -> series.put(
                    group,
                    months().stream()
                            .map(m -> items.getOrDefault(m, new Charts.Item(m, null, 0)))
                            .toList()));
            return series;
        }

        Charts.Item item(String label, Answer.Row row) {
            Double value = row.values().get(shown) instanceof Number n ? Double.valueOf(n.doubleValue()) : null;
            Double band = row.errors().get(shown);
            return new Charts.Item(label, value, band == null ? 0 : band, carried(row));
        }

        private boolean carried(Answer.Row row) {
            return ResultWords.slow(terms.get(shown))
                    && month.stream()
                            .anyMatch(i -> ResultWords.measuredBefore(
                                            terms.get(i), row.values().get(i), result)
                                    .isPresent());
        }
    }
}

package dev.hufu.service.web.pages;

import dev.hufu.anonymizer.publication.Answer;
import dev.hufu.anonymizer.query.ParsedQuery;
import dev.hufu.anonymizer.query.Term;
import dev.hufu.service.analytics.Protected;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Tells a protected result: what was asked, the figures with their error bands, what is not shown and why. */
final class ResultWords {
    /** Rows of the table on a page; the downloads hold all. */
    static final int MOST_ROWS = 500;
    /** Bars of a picture. */
    static final int MOST_BARS = 20;

    private final Words words;
    private final QuestionWords question;

    ResultWords(Words words, QuestionWords question) {
        this.words = words;
        this.question = question;
    }

    ResultView view(ParsedQuery query, Protected result) {
        List<Term> terms =
                query.outputs().stream().map(ParsedQuery.Output::term).toList();
        boolean whole = query.groupBy().isEmpty();
        Pictures pictures = whole ? Pictures.NONE : pictures(query, terms, result);
        return new ResultView(
                question.heading(query, result.decision().obligations()),
                lead(result),
                only(query, result),
                whole && result.rows().size() == 1
                        ? figures(terms, result.rows().getFirst())
                        : List.of(),
                pictures.wide(),
                pictures.narrow(),
                pictures.note(),
                IntStream.range(0, terms.size())
                        .mapToObj(i -> new ResultView.Head(
                                question.titleWithUnit(terms.get(i)),
                                !QuestionWords.label(terms.get(i)),
                                banded(result, i)))
                        .toList(),
                result.rows().stream()
                        .limit(MOST_ROWS)
                        .map(row -> cells(terms, row, result))
                        .toList(),
                result.rows().size() > MOST_ROWS
                        ? words.say(
                                "query.rows-cut",
                                words.number(MOST_ROWS),
                                words.number(result.rows().size()))
                        : "",
                empty(result),
                hidden(result),
                rests(result));
    }

    private String lead(Protected result) {
        Answer.Basis basis = result.publication();
        var parts = new ArrayList<String>();
        parts.add(question.titles().getOrDefault("", basis.dataset()));
        if (!basis.periods().isEmpty()) {
            parts.add(periods(basis.periods()));
        }
        if (basis.rebases().size() == 1 && !basis.rebases().equals(basis.periods())) {
            parts.add(words.say("query.measured", period(basis.rebases().getFirst())));
        }
        Long persons = basis.persons();
        if (persons != null) {
            parts.add(words.say(
                    basis.periods().size() > 1 ? "query.persons.count-all" : "query.persons.count",
                    words.number(persons)));
        }
        parts.add(words.say("query.statistics-only"));
        return String.join(" · ", parts);
    }

    private String only(ParsedQuery query, Protected result) {
        String where = question.where(query, result.decision().obligations());
        String having = question.having(query);
        String both = where.isEmpty() || having.isEmpty() ? where + having : where + words.pick("；", "; ") + having;
        return both.isEmpty() ? "" : words.say("query.only", both);
    }

    private String periods(List<String> periods) {
        List<String> sorted = periods.stream().sorted().toList();
        return sorted.size() == 1
                ? period(sorted.getFirst())
                : words.say("query.periods", period(sorted.getFirst()), period(sorted.getLast()), sorted.size());
    }

    /** A month as a reader says it; any other label as it is. */
    String period(String label) {
        try {
            return words.month(YearMonth.parse(label));
        } catch (DateTimeException e) {
            return label;
        }
    }

    private List<ResultView.Figure> figures(List<Term> terms, Answer.Row row) {
        return IntStream.range(0, terms.size())
                .mapToObj(i -> new ResultView.Figure(
                        question.titleWithUnit(terms.get(i)),
                        value(row.values().get(i)),
                        band(row.errors().get(i))))
                .toList();
    }

    private List<ResultView.Cell> cells(List<Term> terms, Answer.Row row, Protected result) {
        return IntStream.range(0, terms.size())
                .mapToObj(i -> QuestionWords.label(terms.get(i))
                        ? new ResultView.Cell(labelOf(terms.get(i), row.values().get(i), result), "", false, false)
                        : new ResultView.Cell(
                                value(row.values().get(i)), band(row.errors().get(i)), true, banded(result, i)))
                .toList();
    }

    /** A month that shows what an earlier one measured says so: a rise would else be read in the wrong month. */
    private String labelOf(Term term, @Nullable Object value, Protected result) {
        String label = label(value);
        List<String> rebases = result.publication().rebases();
        if (!(term instanceof Term.OfPeriod) || rebases.isEmpty() || rebases.contains(label)) {
            return label;
        }
        return rebases.stream()
                .filter(measured -> measured.compareTo(label) < 0)
                .max(Comparator.naturalOrder())
                .map(measured -> words.say("query.as-measured", label, measured))
                .orElse(label);
    }

    private static boolean banded(Protected result, int column) {
        return result.rows().stream().anyMatch(row -> row.errors().get(column) != null);
    }

    private String empty(Protected result) {
        if (!result.rows().isEmpty()) {
            return "";
        }
        return result.notSeparable().groups() == 0
                ? words.say("query.empty.none")
                : words.say("query.empty", result.publication().k());
    }

    private String label(@Nullable Object value) {
        return value == null ? words.say("query.none") : value.toString();
    }

    private String value(@Nullable Object value) {
        return switch (value) {
            case null -> words.say("query.cannot-tell");
            case Long whole -> words.number(whole);
            case Double number -> words.figure(number);
            default -> value.toString();
        };
    }

    /** Two digits: nobody knows a band better. */
    private String band(@Nullable Double band) {
        return band == null || band <= 0 ? "" : "± " + words.figure(twoDigits(band));
    }

    private static double twoDigits(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value)) - 1);
        return Math.round(value / power) * power;
    }

    private record Pictures(Optional<Chart> wide, Optional<Chart> narrow, String note) {
        static final Pictures NONE = new Pictures(Optional.empty(), Optional.empty(), "");
    }

    /** The first mean, else the first sum, else the persons; over time where months alone are grouped by. */
    private Pictures pictures(ParsedQuery query, List<Term> terms, Protected result) {
        int shown = IntStream.range(0, terms.size())
                .filter(i -> !QuestionWords.label(terms.get(i)))
                .boxed()
                .min(Comparator.comparingInt(i -> rank(terms.get(i))))
                .orElse(-1);
        List<Integer> labels = IntStream.range(0, terms.size())
                .filter(i -> QuestionWords.label(terms.get(i)))
                .boxed()
                .toList();
        if (shown < 0 || labels.isEmpty() || result.rows().isEmpty()) {
            return Pictures.NONE;
        }
        List<Charts.Item> items =
                result.rows().stream().map(row -> item(row, labels, shown)).toList();
        var charts =
                new Charts(question.titleWithUnit(terms.get(shown)), words::figure, words.say("query.cannot-tell"));
        boolean overTime = query.groupBy().stream().allMatch(Term.OfPeriod.class::isInstance);
        if (overTime && items.size() > 1) {
            List<Charts.Item> inTime = items.stream()
                    .sorted(Comparator.comparing(Charts.Item::label))
                    .toList();
            return new Pictures(
                    Optional.of(charts.line(inTime)),
                    Optional.of(charts.narrowLine(inTime)),
                    words.say("query.scale-cut"));
        }
        List<Charts.Item> first = items.stream().limit(MOST_BARS).toList();
        String note = items.size() > MOST_BARS
                ? words.say("query.bars-cut", words.number(MOST_BARS), words.number(items.size()))
                : "";
        return new Pictures(Optional.of(charts.bars(first)), Optional.of(charts.narrowBars(first)), note);
    }

    private static int rank(Term term) {
        return switch (term) {
            case Term.Mean _ -> 0;
            case Term.Sum _ -> 1;
            case Term.Persons _ -> 2;
            case Term.OfDimension _, Term.OfPeriod _ -> 3;
        };
    }

    private Charts.Item item(Answer.Row row, List<Integer> labels, int shown) {
        String label = String.join(
                " · ", labels.stream().map(i -> label(row.values().get(i))).toList());
        Double value = row.values().get(shown) instanceof Number number ? Double.valueOf(number.doubleValue()) : null;
        Double band = row.errors().get(shown);
        return new Charts.Item(label, value, band == null ? 0 : band);
    }

    private Optional<ResultView.Hidden> hidden(Protected result) {
        Answer.NotSeparable hidden = result.notSeparable();
        List<String> why =
                hidden.why().stream().map(w -> words.pick(w.zh(), w.en())).toList();
        if (hidden.groups() == 0 && why.isEmpty()) {
            return Optional.empty();
        }
        Long persons = hidden.persons();
        String text = hidden.groups() == 0
                ? words.say("query.hidden.measure")
                : persons == null
                        ? words.say("query.hidden", hidden.groups())
                        : words.say("query.hidden.persons", hidden.groups(), words.number(persons));
        return Optional.of(new ResultView.Hidden(
                text, why, words.say("query.hidden.next", result.publication().k())));
    }

    private List<ResultView.Fact> rests(Protected result) {
        Answer.Basis basis = result.publication();
        var rests = new ArrayList<ResultView.Fact>();
        rests.add(new ResultView.Fact(
                words.say("query.rests.threshold"), words.say("query.rests.threshold.text", basis.k())));
        if (!basis.rebases().isEmpty()) {
            rests.add(new ResultView.Fact(words.say("query.rests.rebase"), periods(basis.rebases())));
        }
        if (!result.rows().isEmpty()) {
            rests.add(new ResultView.Fact(
                    words.say("query.rests.straddling"),
                    words.say("query.rests.straddling.text", words.number(basis.straddling() * 100, 0))));
        }
        return rests;
    }
}

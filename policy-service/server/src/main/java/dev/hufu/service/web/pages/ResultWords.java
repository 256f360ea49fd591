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
    /** A longer table scrolls by itself. */
    private static final int WITHOUT_SCROLLING = 30;
    /** Characters of a band that any column has room for. */
    private static final int SHORT_BAND = 7;

    private final Words words;
    private final QuestionWords question;

    ResultWords(Words words, QuestionWords question) {
        this.words = words;
        this.question = question;
    }

    /** @param unknown conditions that name what is not published */
    ResultView view(ParsedQuery query, Protected result, List<String> unknown) {
        List<Term> terms =
                query.outputs().stream().map(ParsedQuery.Output::term).toList();
        boolean whole = query.groupBy().isEmpty();
        var pictures = whole ? ResultPictures.Drawn.NONE : new ResultPictures(words, question).draw(query, result);
        return new ResultView(
                heading(query, result),
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
                                measured(terms.get(i), result),
                                !QuestionWords.label(terms.get(i)),
                                banded(result, i)))
                        .toList(),
                result.rows().stream()
                        .limit(MOST_ROWS)
                        .map(row -> cells(terms, row, result))
                        .toList(),
                rowsNote(result.rows().size()),
                carried(terms, result),
                unknown,
                unknown.isEmpty() ? empty(query, result) : emptyForUnknown(result),
                hidden(result, unknown.isEmpty()),
                rests(result));
    }

    /** What was asked, and that LIMIT or HAVING keeps groups out of the answer. */
    private String heading(ParsedQuery query, Protected result) {
        String asked = question.heading(query, result.decision().obligations());
        int rows = result.rows().size();
        boolean cut = query.limit().isPresent() && query.limit().getAsInt() == rows && rows > 0;
        boolean some = !question.having(query).isEmpty();
        return asked
                + (some ? words.say("query.heading.having") : "")
                + (cut ? words.say("query.heading.limit", rows) : "");
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
        var parts = new ArrayList<String>();
        if (!where.isEmpty()) {
            parts.add(words.say("query.only", where));
        }
        if (!having.isEmpty()) {
            parts.add(words.say("query.only.having", having));
        }
        return String.join(words.pick("；", "; "), parts);
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
                        ? new ResultView.Cell(
                                labelOf(terms.get(i), row.values().get(i), result), "", false, false, false)
                        : new ResultView.Cell(
                                value(row.values().get(i)),
                                band(row.errors().get(i)),
                                true,
                                banded(result, i),
                                wide(result, i)))
                .toList();
    }

    /** A month that shows what an earlier one measured says so: a rise would else be read in the wrong month. */
    private String labelOf(Term term, @Nullable Object value, Protected result) {
        String label = label(value);
        return measuredBefore(term, value, result)
                .map(measured -> words.say("query.as-measured", label, measured))
                .orElse(label);
    }

    /** The month that a month's slow measures were measured in, where it is an earlier one. */
    static Optional<String> measuredBefore(Term term, @Nullable Object value, Protected result) {
        List<String> rebases = result.publication().rebases();
        if (!(term instanceof Term.OfPeriod) || !(value instanceof String label) || rebases.contains(label)) {
            return Optional.empty();
        }
        return rebases.stream()
                .filter(measured -> measured.compareTo(label) < 0)
                .max(Comparator.naturalOrder());
    }

    /** When a slow measure was measured, where one month holds for the whole column. */
    private String measured(Term term, Protected result) {
        List<String> rebases = result.publication().rebases();
        return slow(term) && rebases.size() == 1 ? words.say("query.measured", period(rebases.getFirst())) : "";
    }

    /** Whether a term is measured at a rebase only. */
    static boolean slow(Term term) {
        return switch (term) {
            case Term.Mean(var m) -> !m.kind().everyPeriod();
            case Term.Sum(var m) -> !m.kind().everyPeriod();
            case Term.OfDimension _, Term.OfPeriod _, Term.Persons _ -> false;
        };
    }

    private String carried(List<Term> terms, Protected result) {
        boolean any = IntStream.range(0, terms.size())
                .anyMatch(i -> result.rows().stream()
                        .anyMatch(
                                row -> measuredBefore(terms.get(i), row.values().get(i), result)
                                        .isPresent()));
        return any ? words.say("query.carried") : "";
    }

    private boolean wide(Protected result, int column) {
        return result.rows().stream()
                .anyMatch(row -> band(row.errors().get(column)).length() > SHORT_BAND);
    }

    private static boolean banded(Protected result, int column) {
        return result.rows().stream().anyMatch(row -> row.errors().get(column) != null);
    }

    private String empty(ParsedQuery query, Protected result) {
        if (!result.rows().isEmpty()) {
            return "";
        }
        if (query.limit().orElse(1) == 0) {
            return words.say("query.empty.limit");
        }
        if (!question.having(query).isEmpty()) {
            return words.say("query.empty.having", result.publication().k());
        }
        return result.notSeparable().groups() == 0
                ? words.say("query.empty.none")
                : words.say("query.empty", result.publication().k());
    }

    /** That nothing fits is said only where nothing may be there that is too small. */
    private String emptyForUnknown(Protected result) {
        boolean nothing = result.rows().isEmpty() && result.notSeparable().groups() == 0;
        return nothing ? words.say("query.empty.unknown") : "";
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

    /** @param known whether the condition names published values only; what else to ask is no help before that */
    private Optional<ResultView.Hidden> hidden(Protected result, boolean known) {
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
        String next =
                known ? words.say("query.hidden.next", result.publication().k()) : "";
        return Optional.of(new ResultView.Hidden(text, why, next));
    }

    private String percent(double share) {
        return share < 0.01 ? "< 1" : words.number(share * 100, 0);
    }

    private List<ResultView.Fact> rests(Protected result) {
        Answer.Basis basis = result.publication();
        var rests = new ArrayList<ResultView.Fact>();
        rests.add(new ResultView.Fact(
                words.say("query.rests.threshold"), words.say("query.rests.threshold.text", basis.k())));
        if (!basis.rebases().isEmpty()) {
            rests.add(new ResultView.Fact(words.say("query.rests.rebase"), periods(basis.rebases())));
        }
        if (!result.rows().isEmpty() && basis.straddling() > 0) {
            rests.add(new ResultView.Fact(
                    words.say("query.rests.straddling"),
                    words.say("query.rests.straddling.text", percent(basis.straddling()))));
        }
        return rests;
    }

    /** That the table goes on where it is cut or scrolls; nothing where all of it is seen. */
    private String rowsNote(int rows) {
        if (rows > MOST_ROWS) {
            return words.say("query.rows-cut", words.number(MOST_ROWS), words.number(rows));
        }
        return rows > WITHOUT_SCROLLING ? words.say("query.rows-scroll", words.number(rows)) : "";
    }
}

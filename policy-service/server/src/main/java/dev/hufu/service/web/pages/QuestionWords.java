package dev.hufu.service.web.pages;

import dev.hufu.anonymizer.query.Comparison;
import dev.hufu.anonymizer.query.Condition;
import dev.hufu.anonymizer.query.Constant;
import dev.hufu.anonymizer.query.ParsedQuery;
import dev.hufu.anonymizer.query.Term;
import dev.hufu.service.gate.Obligation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Says in a sentence what a query asks.
 *
 * @param titles of the dataset's columns by name, of the dataset under the empty name
 */
record QuestionWords(Words words, Map<String, String> titles) {
    /** Constants of one IN that are said. */
    private static final int MOST_VALUES = 8;

    /** What is asked about whom, as a heading: "Persons, average monthly pay by unit". */
    String heading(ParsedQuery query, List<Obligation> obligations) {
        List<String> measures = query.outputs().stream()
                .map(ParsedQuery.Output::term)
                .filter(term -> !label(term))
                .map(this::title)
                .toList();
        String what = words.list(inSentence(measures, 1));
        List<String> groups =
                inSentence(query.groupBy().stream().map(this::title).toList(), 0);
        if (!groups.isEmpty()) {
            return words.say("query.heading.by", what, words.list(groups));
        }
        boolean some = ofSome(query.where()) || obligations.stream().anyMatch(Obligation.RowFilter.class::isInstance);
        return words.say(some ? "query.heading.some" : "query.heading.whole", what);
    }

    /** Whether a condition chooses among people; one on the period alone does not. */
    private static boolean ofSome(Condition condition) {
        return switch (condition) {
            case Condition.And(var all) -> all.stream().anyMatch(QuestionWords::ofSome);
            case Condition.Or(var any) -> any.stream().anyMatch(QuestionWords::ofSome);
            case Condition.Not(var other) -> ofSome(other);
            case Condition.Compare(var term, var _, var _) -> !(term instanceof Term.OfPeriod);
            case Condition.In(var term, var _) -> !(term instanceof Term.OfPeriod);
            case Condition.IsNull(var term) -> !(term instanceof Term.OfPeriod);
        };
    }

    /** Whether a term names a group instead of measuring it. */
    static boolean label(Term term) {
        return switch (term) {
            case Term.OfDimension _, Term.OfPeriod _ -> true;
            case Term.Persons _, Term.Mean _, Term.Sum _ -> false;
        };
    }

    String title(Term term) {
        return switch (term) {
            case Term.OfDimension(var d) -> column(d.name());
            case Term.OfPeriod(var p) -> column(p.name());
            case Term.Persons() -> words.say("query.persons");
            case Term.Mean(var m) -> words.say("query.average", small(column(m.name())));
            case Term.Sum(var m) -> words.say("query.total", small(column(m.name())));
        };
    }

    /** Title and unit, for the head of a column. */
    String titleWithUnit(Term term) {
        String unit = unit(term).map(key -> words.sayOr("unit." + key, "")).orElse("");
        return unit.isEmpty() ? title(term) : words.say("query.with-unit", title(term), unit);
    }

    private static Optional<String> unit(Term term) {
        return switch (term) {
            case Term.Mean(var m) -> Optional.of(m.name());
            case Term.Sum(var m) -> Optional.of(m.name());
            case Term.OfDimension _, Term.OfPeriod _, Term.Persons _ -> Optional.empty();
        };
    }

    /**
     * Which people and periods, empty for all: what the query says, and what a permit adds for who asks within their unit only.
     *
     * @param obligations of the decision on it
     */
    String where(ParsedQuery query, List<Obligation> obligations) {
        var parts = new ArrayList<String>();
        for (Obligation obligation : obligations) {
            if (obligation instanceof Obligation.RowFilter(var name, var values)) {
                parts.add(column(name) + " = " + words.list(values));
            }
        }
        String asked = condition(query.where(), !parts.isEmpty());
        if (!asked.isEmpty()) {
            parts.add(asked);
        }
        return String.join(words.pick("，且", " and "), parts);
    }

    /** Which of the groups, empty for all. */
    String having(ParsedQuery query) {
        return condition(query.having(), false);
    }

    private String condition(Condition condition, boolean inner) {
        return switch (condition) {
            case Condition.And(var all) -> joined(all, words.pick("，且", " and "), inner);
            case Condition.Or(var any) -> joined(any, words.pick("，或", " or "), inner);
            case Condition.Not(Condition.In(var term, var constants)) -> title(term) + " ≠ " + constants(constants);
            case Condition.Not(Condition.IsNull(var term)) -> words.say("query.where.known", title(term));
            case Condition.Not(var other) -> words.say("query.where.not", condition(other, false));
            case Condition.Compare(var term, var op, var constant) ->
                title(term) + ' ' + sign(op) + ' ' + constant(constant);
            case Condition.In(var term, var constants) -> title(term) + " = " + constants(constants);
            case Condition.IsNull(var term) -> words.say("query.where.unknown", title(term));
        };
    }

    private String joined(List<Condition> parts, String by, boolean inner) {
        String text = parts.stream().map(part -> condition(part, true)).collect(Collectors.joining(by));
        return inner && parts.size() > 1 ? words.pick("（" + text + "）", "(" + text + ")") : text;
    }

    private String constants(List<Constant> constants) {
        String shown = constants.stream()
                .limit(MOST_VALUES)
                .map(QuestionWords::constant)
                .collect(Collectors.joining(words.pick("、", ", ")));
        return constants.size() <= MOST_VALUES
                ? shown
                : shown + words.say("query.where.more", constants.size() - MOST_VALUES);
    }

    private static String constant(Constant constant) {
        return switch (constant) {
            case Constant.Text(var text) -> text;
            case Constant.Numeric(var number) ->
                Math.abs(number.scale()) > 30 ? number.toString() : number.toPlainString();
        };
    }

    private static char sign(Comparison op) {
        return switch (op) {
            case EQUAL -> '=';
            case NOT_EQUAL -> '≠';
            case LESS -> '<';
            case LESS_OR_EQUAL -> '≤';
            case GREATER -> '>';
            case GREATER_OR_EQUAL -> '≥';
        };
    }

    private String column(String name) {
        return titles.getOrDefault(name, name);
    }

    private List<String> inSentence(List<String> all, int capitals) {
        return IntStream.range(0, all.size())
                .mapToObj(i -> i < capitals ? all.get(i) : small(all.get(i)))
                .toList();
    }

    /** Without its capital, unless it is an abbreviation. */
    private String small(String title) {
        boolean word = title.length() > 1 && Character.isLowerCase(title.charAt(1));
        return word && !words.chinese() ? title.substring(0, 1).toLowerCase(Locale.ROOT) + title.substring(1) : title;
    }
}

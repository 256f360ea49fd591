package dev.hufu.service.web.pages;

import dev.hufu.anonymizer.catalogue.Column;
import dev.hufu.anonymizer.query.Comparison;
import dev.hufu.anonymizer.query.Condition;
import dev.hufu.anonymizer.query.Constant;
import dev.hufu.anonymizer.query.ParsedQuery;
import dev.hufu.anonymizer.query.Term;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells which conditions name a month or a value that is not published. From the text and the catalogue alone, and without the value
 * itself: who asked has it before them.
 */
record UnknownValues(QueryCatalogue catalogue, QuestionWords question) {
    /** A sentence a column. */
    List<String> in(ParsedQuery query) {
        Set<Term> unknown = new LinkedHashSet<>();
        collect(query.where(), query.dataset().name(), unknown);
        return unknown.stream()
                .map(term -> sentence(term, query.dataset().name()))
                .toList();
    }

    private void collect(Condition condition, String dataset, Set<Term> unknown) {
        switch (condition) {
            case Condition.And(var all) -> all.forEach(c -> collect(c, dataset, unknown));
            case Condition.Or(var any) -> any.forEach(c -> collect(c, dataset, unknown));
            case Condition.Not(var inner) -> collect(inner, dataset, unknown);
            case Condition.Compare(var term, var op, var constant) -> {
                if (op == Comparison.EQUAL || op == Comparison.NOT_EQUAL) {
                    check(term, constant, dataset, unknown);
                }
            }
            case Condition.In(var term, var constants) ->
                constants.forEach(constant -> check(term, constant, dataset, unknown));
            case Condition.IsNull _ -> {}
        }
    }

    private void check(Term term, Constant constant, String dataset, Set<Term> unknown) {
        boolean known = switch (term) {
            case Term.OfDimension(var d) -> known(d, constant);
            case Term.OfPeriod _ ->
                !(constant instanceof Constant.Text(var month)) || catalogue.published(dataset, month);
            case Term.Persons _, Term.Mean _, Term.Sum _ -> true;
        };
        if (!known) {
            unknown.add(term);
        }
    }

    private static boolean known(Column.Dimension dimension, Constant constant) {
        return switch (constant) {
            case Constant.Text(var text) -> dimension.values().contains(text);
            case Constant.Numeric(var number) ->
                dimension.values().stream().anyMatch(v -> new java.math.BigDecimal(v).compareTo(number) == 0);
        };
    }

    private String sentence(Term term, String dataset) {
        Words words = question.words();
        return term instanceof Term.OfPeriod
                ? words.say(
                        "query.unknown.month",
                        catalogue.periodRange(dataset, words).orElse(""))
                : words.say("query.unknown.value", question.title(term));
    }
}

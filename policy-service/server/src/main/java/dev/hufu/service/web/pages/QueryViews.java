package dev.hufu.service.web.pages;

import dev.hufu.anonymizer.publication.ExpectedError;
import dev.hufu.anonymizer.query.ParsedQuery;
import dev.hufu.anonymizer.query.SqlRefusedException;
import dev.hufu.service.analytics.PreCheck;
import dev.hufu.service.analytics.Protected;
import dev.hufu.service.gate.Decision;
import dev.hufu.service.identity.Account;
import dev.hufu.service.request.AccountId;
import dev.hufu.service.web.Questions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Puts into words what came of a question. */
public final class QueryViews {
    private static final int MOST_RECENT = 10;

    private final QueryCatalogue catalogue;
    private final Results results;

    public QueryViews(QueryCatalogue catalogue, Results results) {
        this.catalogue = catalogue;
        this.results = results;
    }

    /** A question to begin with; its reason is that of the reader's last question, or has yet to be chosen. */
    QueryForm first(Account reader, Words words) {
        String sql = catalogue.firstQuestion(reader.profile().roles(), words);
        return last(reader)
                .map(asked -> new QueryForm(asked.purpose(), asked.legalBasis(), "", sql))
                .orElseGet(() -> new QueryForm("", "", "", sql));
    }

    private Optional<QueryForm> last(Account reader) {
        return results.recent(reader.id()).stream()
                .filter(Asked::listed)
                .map(Asked::form)
                .findFirst();
    }

    QuestionWords question(ParsedQuery query, Words words) {
        return new QuestionWords(words, catalogue.titles(query.dataset().name(), words));
    }

    ResultView result(ParsedQuery query, Protected result, Words words) {
        QuestionWords question = question(query, words);
        return new ResultWords(words, question).view(query, result, new UnknownValues(catalogue, question).in(query));
    }

    /**
     * The form as it was left, with what came of it beside it.
     *
     * @param remembered whether its reason is an earlier question's
     */
    FormView form(QueryForm form, Asked.@Nullable Outcome outcome, boolean remembered, Account reader, Words words) {
        String state = "query";
        String head = "";
        String lead = words.say("query.lead");
        Map<String, String> errors = Map.of();
        FormView.Refused refused = null;
        FormView.Checked checked = null;
        String trouble = "";
        switch (outcome) {
            case null -> {}
            case Asked.Outcome.Unfit(Set<Questions.Part> parts) -> {
                state = "query.unfit";
                errors = errors(parts, words);
            }
            case Asked.Outcome.Refused r -> {
                head = words.say(
                        "query.refused.head",
                        words.pick(r.refusal().causeZh(), r.refusal().causeEn()));
                lead = words.say("query.refused.note");
                refused = refused(r.refusal(), form.sql(), words);
            }
            case Asked.Outcome.PreChecked p -> {
                state = "query.checked";
                lead = words.say("query.checked.note");
                checked = checked(p, words);
            }
            case Asked.Outcome.Failed(Trouble t) -> {
                trouble = "query.trouble." + t.key();
                state = trouble;
                lead = words.say(trouble + ".next");
            }
            // these two have pages of their own; here the question is asked anew
            case Asked.Outcome.Answered _, Asked.Outcome.Denied _ -> {}
        }
        List<QueryCatalogue.PurposeChoice> purposes =
                catalogue.purposes(reader.profile().roles(), words);
        List<QueryCatalogue.BasisChoice> bases = catalogue.bases(words);
        return new FormView(
                head.isEmpty() ? words.say(state + ".head") : head,
                lead,
                form,
                remembered,
                purposes.stream().anyMatch(p -> p.curie().equals(form.purpose())),
                bases.stream().anyMatch(b -> b.article().equals(form.legalBasis())),
                grouped(purposes, words),
                bases,
                errors,
                refused,
                checked,
                trouble,
                recent(reader.id(), words),
                catalogue.datasets(
                        dataset(outcome)
                                .orElseGet(() ->
                                        catalogue.firstDataset(reader.profile().roles(), words)),
                        words));
    }

    private static Optional<String> dataset(Asked.@Nullable Outcome outcome) {
        return switch (outcome) {
            case Asked.Outcome.Answered(var query, var _) ->
                Optional.of(query.dataset().name());
            case Asked.Outcome.Denied(var query, var _, var _) ->
                Optional.of(query.dataset().name());
            case Asked.Outcome.PreChecked(var query, var _, var _) ->
                Optional.of(query.dataset().name());
            case Asked.Outcome.Refused _, Asked.Outcome.Unfit _, Asked.Outcome.Failed _ -> Optional.empty();
            case null -> Optional.empty();
        };
    }

    private static List<FormView.PurposeGroup> grouped(List<QueryCatalogue.PurposeChoice> purposes, Words words) {
        var groups = new ArrayList<FormView.PurposeGroup>();
        groups.add(new FormView.PurposeGroup(
                words.say("query.purposes.role"),
                purposes.stream().filter(p -> p.stated() && p.askable()).toList()));
        groups.add(new FormView.PurposeGroup(
                words.say("query.purposes.not-for-statistics"),
                purposes.stream().filter(p -> p.stated() && !p.askable()).toList()));
        groups.add(new FormView.PurposeGroup(
                words.say("query.purposes.not-stated"),
                purposes.stream().filter(p -> !p.stated()).toList()));
        return groups.stream().filter(g -> !g.purposes().isEmpty()).toList();
    }

    private static Map<String, String> errors(Set<Questions.Part> parts, Words words) {
        Map<String, String> errors = new HashMap<>();
        for (Questions.Part part : parts) {
            String field = switch (part) {
                case PURPOSE -> "purpose";
                case LEGAL_BASIS -> "legalBasis";
                case JUSTIFICATION -> "justification";
                case SQL -> "sql";
            };
            errors.put(field, words.say("query.unfit." + field.toLowerCase(Locale.ROOT)));
        }
        return errors;
    }

    private static FormView.Refused refused(SqlRefusedException e, String sql, Words words) {
        var why = new StringJoiner(words.pick("", " "));
        why.add(words.say("query.refused.at", e.line(), e.column()));
        if (!e.near().isEmpty()) {
            why.add(words.say("query.refused.near", words.list(e.near())));
        }
        why.add(words.pick(e.nextStepZh(), e.nextStepEn()));
        return new FormView.Refused(
                why.toString(),
                MarkedSql.of(sql, e.line(), e.column(), e.identifier().orElse("")));
    }

    private FormView.Checked checked(Asked.Outcome.PreChecked p, Words words) {
        PreCheck check = p.check();
        QuestionWords question = question(p.query(), words);
        String period = new ResultWords(words, question).period(check.latestPeriod());
        String title = question.titles().getOrDefault("", check.dataset());
        return new FormView.Checked(
                words.say("query.rests.threshold.text", check.minGroupSize()),
                period.isEmpty() ? title : title + " · " + words.say("query.checked.latest", period),
                check.expectedErrors().stream()
                        .map(e -> expected(e, question, words))
                        .toList(),
                new UnknownValues(catalogue, question).in(p.query()),
                DecisionView.of(p.answer().decision(), question.titles(), words),
                p.answer().receipt().id());
    }

    private static String expected(ExpectedError error, QuestionWords question, Words words) {
        return words.say(
                "query.checked.error",
                question.titles().getOrDefault(error.measure(), error.measure()),
                words.number(error.low() * 100, 1),
                words.number(error.high() * 100, 1));
    }

    private List<FormView.Recent> recent(AccountId reader, Words words) {
        return results.recent(reader).stream()
                .filter(Asked::listed)
                .limit(MOST_RECENT)
                .map(asked -> recent(asked, words))
                .toList();
    }

    private FormView.Recent recent(Asked asked, Words words) {
        return switch (asked.outcome()) {
            case Asked.Outcome.Answered a ->
                recent(asked, a.query(), a.release().result().decision(), "answered", words);
            case Asked.Outcome.Denied d -> recent(asked, d.query(), d.answer().decision(), "denied", words);
            case Asked.Outcome.PreChecked p ->
                recent(asked, p.query(), p.answer().decision(), "prechecked", words);
            case Asked.Outcome.Refused _, Asked.Outcome.Unfit _, Asked.Outcome.Failed _ ->
                throw new IllegalArgumentException("a text that was not taken is not listed");
        };
    }

    private FormView.Recent recent(Asked asked, ParsedQuery query, Decision decision, String outcome, Words words) {
        QuestionWords question = question(query, words);
        String where = question.where(query, decision.obligations());
        return new FormView.Recent(
                address(asked),
                question.heading(query, decision.obligations())
                        + (where.isEmpty() ? "" : words.pick("；", "; ") + where),
                words.clock(asked.time()),
                words.say("query.outcome." + outcome),
                outcome.equals("prechecked") ? "" : decision.permitted() ? "ok" : "no");
    }

    /** Where what came of it stands. */
    static String address(Asked asked) {
        return switch (asked.outcome()) {
            case Asked.Outcome.Answered _, Asked.Outcome.Denied _ -> "/query/results/" + asked.id();
            case Asked.Outcome.PreChecked _ -> "/query?from=" + asked.id() + "#checked";
            case Asked.Outcome.Refused _, Asked.Outcome.Unfit _, Asked.Outcome.Failed _ -> "/query?from=" + asked.id();
        };
    }
}

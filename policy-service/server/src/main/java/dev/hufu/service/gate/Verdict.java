package dev.hufu.service.gate;

import dev.hufu.service.request.Action;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an engine's answer means. Reading is strict: whatever is not exactly a decision is refused, which the caller turns into a
 * denial.
 */
record Verdict(Outcome outcome, List<Reason> reasons, List<Obligation> obligations) {
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    /** Behind what the policy wants first: the law before the house, by article, then by rule, the same on every engine. */
    private static final Comparator<Reason> ORDER = Comparator.<Reason>comparingInt(
                    r -> r.rule().startsWith("law.") ? 0 : 1)
            .thenComparingInt(r -> articleNumber(r.article()))
            .thenComparing(Reason::rule)
            .thenComparing(Reason::code);

    Verdict {
        reasons = List.copyOf(reasons);
        obligations = obligations.stream()
                .sorted(Comparator.comparing(Obligation::type))
                .toList();
        if (reasons.isEmpty()) {
            throw new IllegalArgumentException("a decision has at least one reason");
        }
        if (outcome == Outcome.DENY && !obligations.isEmpty()) {
            throw new IllegalArgumentException("a denial carries no obligation");
        }
    }

    static Verdict denial(Reason reason) {
        return new Verdict(Outcome.DENY, List.of(reason), List.of());
    }

    /** What an engine outside this process answered: nothing, no decision and a decision without its bound are denials. */
    static Verdict answered(@Nullable JsonNode document, Action action) {
        if (document == null) {
            return denial(Failure.UNDEFINED.reason());
        }
        try {
            return read(document).bounded(action);
        } catch (IllegalArgumentException malformed) {
            return denial(Failure.MALFORMED.reason());
        }
    }

    /** A statistic without a group size would be an exact answer; the policy may not permit one by forgetting. */
    Verdict bounded(Action action) {
        return outcome == Outcome.DENY
                        || action != Action.QUERY
                        || obligations.stream().anyMatch(o -> o instanceof Obligation.MinGroupSize)
                ? this
                : denial(Failure.OBLIGATION.reason());
    }

    /** @throws IllegalArgumentException when the document is no decision, or carries an obligation outside the vocabulary */
    static Verdict read(JsonNode document) {
        Outcome outcome = switch (text(document, "outcome")) {
            case "permit" -> Outcome.PERMIT;
            case "deny" -> Outcome.DENY;
            case String unknown -> throw new IllegalArgumentException("no outcome is named " + unknown);
        };
        List<Reason> reasons = new ArrayList<>();
        for (JsonNode reason : array(document, "reasons")) {
            reasons.add(readReason(reason));
        }
        List<Obligation> obligations = new ArrayList<>();
        for (JsonNode obligation : array(document, "obligations")) {
            obligations.add(ObligationJson.read(obligation));
        }
        return new Verdict(outcome, ordered(reasons, document.path("leading")), obligations);
    }

    /** @param leading codes that the policy wants first, in its order; what is not there leads nothing */
    private static List<Reason> ordered(List<Reason> reasons, JsonNode leading) {
        List<String> first =
                leading.valueStream().map(code -> code.asString("")).toList();
        return reasons.stream()
                .sorted(Comparator.<Reason>comparingInt(
                                r -> first.contains(r.code()) ? first.indexOf(r.code()) : first.size())
                        .thenComparing(ORDER))
                .toList();
    }

    /** @throws IllegalArgumentException when the document is no reason */
    static Reason readReason(JsonNode reason) {
        JsonNode remedy = reason.get("remedy");
        return new Reason(
                text(reason, "rule"),
                text(reason, "code"),
                text(reason, "article"),
                texts(reason.path("text")),
                remedy == null || remedy.isNull() ? null : texts(remedy));
    }

    private static Text texts(JsonNode node) {
        return new Text(text(node, "zh"), text(node, "en"));
    }

    private static String text(JsonNode node, String name) {
        JsonNode member = node.path(name);
        if (!member.isString()) {
            throw new IllegalArgumentException("a decision lacks the text " + name);
        }
        return member.stringValue();
    }

    private static JsonNode array(JsonNode node, String name) {
        JsonNode member = node.path(name);
        if (!member.isArray()) {
            throw new IllegalArgumentException("a decision lacks the list " + name);
        }
        return member;
    }

    private static int articleNumber(String article) {
        Matcher number = NUMBER.matcher(article);
        return number.find() && number.group().length() < 9 ? Integer.parseInt(number.group()) : Integer.MAX_VALUE;
    }
}

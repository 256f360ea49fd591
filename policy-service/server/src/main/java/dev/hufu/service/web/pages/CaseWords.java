package dev.hufu.service.web.pages;

import dev.hufu.service.gate.CaseResult;
import dev.hufu.service.gate.Obligation;
import dev.hufu.service.gate.Outcome;
import dev.hufu.service.gate.PolicyBook;
import dev.hufu.service.gate.PolicyCase;
import dev.hufu.service.gate.PolicyRule;
import dev.hufu.service.gate.Reason;
import dev.hufu.service.gate.Text;
import dev.hufu.service.registers.VocabularyKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Tells one case of the bundle in use: what is asked, what is wanted, what came out. */
final class CaseWords {
    private static final String NONE = "–";

    private final QueryCatalogue catalogue;
    private final Words words;
    private final Map<String, Reason> reasons;

    CaseWords(QueryCatalogue catalogue, PolicyBook.Edition edition, Words words) {
        this.catalogue = catalogue;
        this.words = words;
        this.reasons = edition.rules().stream()
                .map(PolicyRule::reason)
                .collect(Collectors.toMap(Reason::code, Function.identity(), (a, _) -> a, HashMap::new));
    }

    PolicyView.Case view(CaseResult result) {
        PolicyCase one = result.policyCase();
        List<PolicyView.Fact> changes = new ArrayList<>();
        changes("", one.facts(), changes);
        result.reasons().forEach(reason -> reasons.putIfAbsent(reason.code(), reason));
        var wanted = new Side(one.outcome(), one.reasons(), one.obligations());
        var came = new Side(
                result.outcome(),
                result.reasons().stream()
                        .collect(Collectors.toMap(Reason::code, Reason::article, (a, _) -> a, TreeMap::new)),
                result.obligations());
        return new PolicyView.Case(
                one.name(),
                text(one.about()),
                one.file(),
                result.holds(),
                request(one.input()),
                changes,
                side(wanted, came),
                side(came, wanted),
                PolicyWords.differs(result, words),
                audit(one.audit()));
    }

    /** @param reasons article by code */
    private record Side(Outcome outcome, SortedMap<String, String> reasons, List<Obligation> obligations) {}

    private PolicyView.Side side(Side shown, Side other) {
        return new PolicyView.Side(
                shown.outcome() == Outcome.PERMIT,
                shown.reasons().entrySet().stream()
                        .map(r -> ground(
                                r.getKey(),
                                r.getValue(),
                                !other.reasons().entrySet().contains(r)))
                        .toList(),
                shown.obligations().stream()
                        .map(o -> new PolicyView.Ground(
                                "",
                                words.obligation(o, Map.of()),
                                "",
                                !other.obligations().contains(o)))
                        .sorted(Comparator.comparing(PolicyView.Ground::text))
                        .toList());
    }

    /** A case wants a code under an article; what it says is the rule's. */
    private PolicyView.Ground ground(String code, String article, boolean alone) {
        Reason reason = reasons.get(code);
        String place = words.article(article);
        return reason == null
                ? new PolicyView.Ground(place, code, code, alone)
                : new PolicyView.Ground(
                        reason.house() ? words.say("rule.house", place) : place, text(reason.text()), code, alone);
    }

    private List<PolicyView.Fact> request(JsonNode input) {
        List<PolicyView.Fact> facts = new ArrayList<>();
        JsonNode subject = input.path("subject");
        JsonNode resource = input.path("resource");
        JsonNode context = input.path("context");
        Map<String, String> columns = catalogue.titles(resource.path("dataset").asString(""), words);
        add(facts, "roles", titled(VocabularyKind.ROLES, subject.path("roles")));
        add(facts, "orgUnit", plain(subject.path("orgUnit")));
        add(facts, "region", plain(subject.path("region")));
        facts.add(fact("trainingValidUntil", plain(subject.path("trainingValidUntil"))));
        add(facts, "action", titled(VocabularyKind.ACTIONS, input.at("/action/name")));
        add(facts, "dataset", named(columns.get(""), plain(resource.path("dataset"))));
        add(
                facts,
                "fields",
                words.list(texts(resource.path("fields"))
                        .map(f -> named(columns.get(f), f))
                        .toList()));
        add(facts, "purpose", titled(VocabularyKind.PURPOSES, context.path("purpose")));
        add(facts, "legalBasis", words.legalBasis(plain(context.path("legalBasis"))));
        JsonNode recipient = context.path("recipient");
        add(facts, "recipient", titled(VocabularyKind.RECIPIENT_KINDS, recipient.path("kind")));
        add(facts, "contract", plain(recipient.path("contract")));
        add(facts, "recipientRegion", plain(recipient.path("region")));
        add(facts, "justification", plain(context.path("justification")));
        add(facts, "date", plain(context.path("date")));
        return facts;
    }

    /** What the request does not say is left out. */
    private void add(List<PolicyView.Fact> facts, String key, String value) {
        if (!value.isBlank() && !value.equals(NONE)) {
            facts.add(fact(key, value));
        }
    }

    private PolicyView.Fact fact(String key, String value) {
        return new PolicyView.Fact(words.say("policy.case." + key), value);
    }

    private String titled(VocabularyKind kind, JsonNode terms) {
        Map<String, String> titles = catalogue.titles(kind, words);
        return words.list(texts(terms).map(t -> named(titles.get(t), t)).toList());
    }

    /** A title with the identifier that rules see; the identifier alone where there is no title. */
    private String named(@org.jspecify.annotations.Nullable String title, String id) {
        return title == null || title.equals(id) ? id : words.pick(title + "（" + id + "）", title + " (" + id + ")");
    }

    private static java.util.stream.Stream<String> texts(JsonNode node) {
        return node.isArray()
                ? StreamSupport.stream(node.spliterator(), false).map(CaseWords::plain)
                : node.isString() ? java.util.stream.Stream.of(node.stringValue()) : java.util.stream.Stream.empty();
    }

    private static String plain(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? NONE : node.isString() ? node.stringValue() : node.toString();
    }

    /** The leaves of a merge patch; null takes away. */
    private void changes(String path, JsonNode node, List<PolicyView.Fact> out) {
        if (node.isObject()) {
            node.properties()
                    .forEach(e -> changes(path.isEmpty() ? e.getKey() : path + " › " + e.getKey(), e.getValue(), out));
        } else {
            out.add(new PolicyView.Fact(path, node.isNull() ? words.say("policy.case.taken-away") : plain(node)));
        }
    }

    private List<PolicyView.Fact> audit(PolicyCase.AuditOutline outline) {
        return List.of(
                new PolicyView.Fact(
                        words.say("policy.case.entry"), words.sayOr("policy.entry." + outline.type(), outline.type())),
                new PolicyView.Fact(
                        words.say("policy.case.stage"),
                        words.sayOr("policy.stage." + outline.stage(), outline.stage())),
                fact(
                        "action",
                        named(catalogue.titles(VocabularyKind.ACTIONS, words).get(outline.action()), outline.action())),
                fact(
                        "purpose",
                        named(
                                catalogue.titles(VocabularyKind.PURPOSES, words).get(outline.purpose()),
                                outline.purpose())),
                new PolicyView.Fact(
                        words.say("policy.filter.outcome"),
                        words.say(outline.outcome().equals("permit") ? "policy.permitted" : "policy.denied")));
    }

    private String text(Text text) {
        return words.pick(text.zh(), text.en());
    }
}

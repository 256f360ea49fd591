package dev.hufu.service.web.pages;

import dev.hufu.service.gate.CaseResult;
import dev.hufu.service.gate.LawPack;
import dev.hufu.service.gate.Outcome;
import dev.hufu.service.gate.PolicyBook;
import dev.hufu.service.gate.PolicyBundle;
import dev.hufu.service.gate.PolicyRule;
import dev.hufu.service.gate.Reason;
import dev.hufu.service.gate.Text;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tells the bundle in use: its rules, and whether its cases hold. */
final class PolicyWords {
    private static final String LAW = "lawpacks/";

    private final PolicyBook.Edition edition;
    private final Words words;

    /** Statutes in the order of the law pack, then by article. */
    private final Comparator<LawPlace> byLaw;

    PolicyWords(PolicyBook.Edition edition, Words words) {
        this.edition = edition;
        this.words = words;
        List<String> statutes = edition.bundle().lawPack().statutes().stream()
                .map(LawPack.Statute::shortName)
                .toList();
        this.byLaw = Comparator.<LawPlace>comparingInt(
                        p -> statutes.contains(p.statute()) ? statutes.indexOf(p.statute()) : statutes.size())
                .thenComparing(LawPlace::statute)
                .thenComparingInt(LawPlace::article);
    }

    PolicyView view(PolicyFilter filter) {
        List<PolicyRule> rules = edition.rules().stream()
                .filter(filter::shows)
                .sorted(Comparator.comparing(PolicyWords::firstPlace, byLaw))
                .toList();
        List<CaseResult> cases = edition.cases().stream().filter(filter::shows).toList();
        return new PolicyView(
                heading(),
                bundle(),
                filter(filter),
                groups(rules),
                words.say("policy.shown", rules.size(), edition.rules().size()),
                edition.cases().stream().filter(c -> !c.holds()).map(this::row).toList(),
                cases(cases, !filter.equals(PolicyFilter.ALL)),
                words.say("policy.shown", cases.size(), edition.cases().size()),
                edition.trouble().orElse(""));
    }

    private static LawPlace firstPlace(PolicyRule rule) {
        List<LawPlace> places = LawPlace.of(rule.reason().article());
        return places.isEmpty() ? new LawPlace(rule.reason().article(), 0) : places.getFirst();
    }

    private String heading() {
        int rules = edition.rules().size();
        int cases = edition.cases().size();
        long failing = edition.cases().stream().filter(c -> !c.holds()).count();
        if (edition.trouble().isPresent()) {
            return words.say("policy.heading.unread", rules);
        }
        return failing == 0
                ? words.say("policy.heading", rules, cases)
                : words.say("policy.heading.broken", rules, cases, failing);
    }

    private PolicyView.Bundle bundle() {
        PolicyBundle bundle = edition.bundle();
        LawPack pack = bundle.lawPack();
        return new PolicyView.Bundle(
                text(pack.title()),
                words.say(
                        "policy.law.edition.of",
                        Integer.toString(pack.edition()),
                        pack.written().toString()),
                pack.effectiveFrom().toString(),
                bundle.lawPackVersion(),
                bundle.digest(),
                words.time(edition.since()) + " (" + words.zone(edition.since()) + ")",
                words.say("policy.engine." + edition.engine()),
                pack.statutes().stream()
                        .map(s -> new PolicyView.Statute(
                                text(s.title()),
                                s.effectiveFrom().toString(),
                                s.amended().map(LocalDate::toString).orElse(""),
                                words.say("policy.mark." + s.mark().name())))
                        .toList(),
                bundle.files().stream().map(PolicyBundle.File::path).toList());
    }

    private PolicyView.Filter filter(PolicyFilter filter) {
        List<PolicyView.Choice> articles = new ArrayList<>();
        articles.add(new PolicyView.Choice(
                "", words.say("policy.filter.all"), filter.article().isEmpty()));
        articles()
                .forEach((place, rules) -> articles.add(new PolicyView.Choice(
                        place.wire(),
                        words.say("policy.filter.article.count", words.article(place.wire()), rules),
                        filter.article().filter(place::equals).isPresent())));
        List<PolicyView.Choice> outcomes = List.of(
                outcome("", "policy.filter.all", filter),
                outcome(Outcome.DENY.wire(), "policy.filter.deny", filter),
                outcome(Outcome.PERMIT.wire(), "policy.filter.permit", filter));
        String about = filter.code()
                .map(code -> words.say(
                        "policy.filter.rule",
                        edition.rules().stream()
                                .map(PolicyRule::reason)
                                .filter(r -> r.code().equals(code))
                                .map(r -> text(r.text()))
                                .findFirst()
                                .orElse(code)))
                .orElse("");
        return new PolicyView.Filter(articles, outcomes, !filter.equals(PolicyFilter.ALL), about);
    }

    private PolicyView.Choice outcome(String wire, String key, PolicyFilter filter) {
        return new PolicyView.Choice(
                wire,
                words.say(key),
                filter.outcome().map(Outcome::wire).orElse("").equals(wire));
    }

    /** Articles that rules rest on, with how many do. */
    private Map<LawPlace, Long> articles() {
        return edition.rules().stream()
                .flatMap(r -> LawPlace.of(r.reason().article()).stream().distinct())
                .collect(Collectors.groupingBy(Function.identity(), () -> new TreeMap<>(byLaw), Collectors.counting()));
    }

    private List<PolicyView.RuleGroup> groups(List<PolicyRule> rules) {
        List<PolicyView.RuleGroup> groups = new ArrayList<>();
        for (boolean law : new boolean[] {true, false}) {
            List<PolicyView.RuleRow> rows = rules.stream()
                    .filter(r -> r.file().startsWith(LAW) == law)
                    .map(this::rule)
                    .toList();
            if (!rows.isEmpty()) {
                groups.add(new PolicyView.RuleGroup(
                        law
                                ? words.say(
                                        "policy.group.law",
                                        text(edition.bundle().lawPack().title()))
                                : words.say("policy.group.house"),
                        words.say(law ? "policy.group.law.lead" : "policy.group.house.lead"),
                        rows));
            }
        }
        return groups;
    }

    private PolicyView.RuleRow rule(PolicyRule rule) {
        Reason reason = rule.reason();
        long cases = edition.cases().stream()
                .filter(c -> c.reasons().stream().anyMatch(r -> r.code().equals(reason.code())))
                .count();
        return new PolicyView.RuleRow(
                reason.code(),
                words.ground(reason),
                rule.denies(),
                text(reason.text()),
                Optional.ofNullable(reason.remedy()).map(this::text).orElse(""),
                reason.rule(),
                rule.file(),
                rule.line(),
                (int) cases);
    }

    private List<PolicyView.CaseGroup> cases(List<CaseResult> cases, boolean open) {
        Map<String, List<PolicyView.CaseRow>> files = new LinkedHashMap<>();
        cases.forEach(c -> files.computeIfAbsent(c.policyCase().file(), _ -> new ArrayList<>())
                .add(row(c)));
        return files.entrySet().stream()
                .map(f -> new PolicyView.CaseGroup(
                        f.getKey(), words.say("policy.cases.count", f.getValue().size()), open, f.getValue()))
                .toList();
    }

    private PolicyView.CaseRow row(CaseResult result) {
        return new PolicyView.CaseRow(
                result.policyCase().name(),
                text(result.policyCase().about()),
                result.policyCase().outcome() == Outcome.PERMIT,
                articles(result),
                result.holds(),
                differs(result, words));
    }

    /** Every article that the case rests on, once. */
    private String articles(CaseResult result) {
        Map<String, List<String>> statutes = new LinkedHashMap<>();
        result.policyCase().reasons().values().stream()
                .flatMap(article -> LawPlace.of(article).stream())
                .distinct()
                .sorted(byLaw)
                .forEach(place -> statutes.computeIfAbsent(place.statute(), _ -> new ArrayList<>())
                        .add(Integer.toString(place.article())));
        return words.article(statutes.entrySet().stream()
                .map(s -> s.getKey() + " " + String.join(", ", s.getValue()))
                .collect(Collectors.joining("; ")));
    }

    static String differs(CaseResult result, Words words) {
        return words.list(result.differences().stream()
                .map(d -> words.say("policy.part." + d.part().wire()))
                .toList());
    }

    private String text(Text text) {
        return words.pick(text.zh(), text.en());
    }
}

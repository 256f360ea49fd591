package dev.hufu.service.web.pages;

import dev.hufu.service.gate.CaseResult;
import dev.hufu.service.gate.Outcome;
import dev.hufu.service.gate.PolicyRule;
import dev.hufu.service.gate.Reason;
import java.util.Arrays;
import java.util.Optional;

/**
 * Which rules and cases to show.
 *
 * @param article only what rests on this article
 * @param outcome only what denies, or only what permits
 * @param code only the rule with this code, and the cases in which it has a say
 */
record PolicyFilter(Optional<LawPlace> article, Optional<Outcome> outcome, Optional<String> code) {
    static final PolicyFilter ALL = new PolicyFilter(Optional.empty(), Optional.empty(), Optional.empty());

    /** What an address asks for; an outcome or an article of no known form asks for nothing. */
    static PolicyFilter of(String article, String outcome, String code) {
        return new PolicyFilter(
                LawPlace.ofWire(article),
                Arrays.stream(Outcome.values())
                        .filter(o -> o.wire().equals(outcome))
                        .findFirst(),
                Optional.of(code).filter(c -> !c.isBlank()));
    }

    boolean shows(PolicyRule rule) {
        return shows(rule.reason())
                && outcome.map(o -> rule.denies() == (o == Outcome.DENY)).orElse(true);
    }

    /** A case is shown by what came out. */
    boolean shows(CaseResult result) {
        return result.reasons().stream().anyMatch(this::shows)
                && outcome.map(o -> result.outcome() == o).orElse(true);
    }

    private boolean shows(Reason reason) {
        return article.map(a -> LawPlace.of(reason.article()).contains(a)).orElse(true)
                && code.map(c -> reason.code().equals(c)).orElse(true);
    }
}

package dev.hufu.service.web.pages;

import dev.hufu.service.gate.Decision;
import java.util.List;
import java.util.Map;

/** A decision in words. */
record DecisionView(
        String id, String time, String lawPack, String policy, List<Reason> reasons, List<String> obligations) {
    /**
     * @param article on which it rests; for a rule of the house it says that it is one
     * @param remedy what would make it allowed, empty where nothing is denied
     */
    record Reason(String rule, String article, String text, String remedy) {}

    /** @param titles of the dataset's columns by name */
    static DecisionView of(Decision decision, Map<String, String> titles, Words words) {
        return new DecisionView(
                decision.id().value(),
                words.time(decision.time()) + " (" + words.zone(decision.time()) + ")",
                decision.lawPackVersion(),
                decision.policyVersion(),
                decision.reasons().stream()
                        .map(r -> new Reason(r.rule(), words.ground(r), words.pick(r.text()), words.pick(r.remedy())))
                        .toList(),
                decision.obligations().stream()
                        .map(o -> words.obligation(o, titles))
                        .toList());
    }

    /** The reason for a heading: the first, as the policy orders them. */
    public Reason telling() {
        return reasons.getFirst();
    }
}

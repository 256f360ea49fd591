package dev.hufu.service.web.pages;

import dev.hufu.service.gate.Decision;
import java.util.List;

/** A decision in words. */
record DecisionView(
        String id, String time, String lawPack, String policy, List<Reason> reasons, List<String> obligations) {
    /** Says most to who asked: that nobody was told of a purpose comes before what else is missing for it. */
    private static final String MOST_TELLING = "law.cn.notice.purpose";

    /** @param remedy what would make it allowed, empty where nothing is denied */
    record Reason(String rule, String article, String text, String remedy) {}

    static DecisionView of(Decision decision, Words words) {
        return new DecisionView(
                decision.id().value(),
                words.time(decision.time()) + " (" + words.zone(decision.time()) + ")",
                decision.lawPackVersion(),
                decision.policyVersion(),
                decision.reasons().stream()
                        .map(r -> new Reason(
                                r.rule(), words.article(r.article()), words.pick(r.text()), words.pick(r.remedy())))
                        .toList(),
                decision.obligations().stream().map(words::obligation).toList());
    }

    /** The reason for a heading. */
    public Reason telling() {
        return reasons.stream()
                .filter(reason -> reason.rule().equals(MOST_TELLING))
                .findFirst()
                .orElse(reasons.getFirst());
    }
}

package dev.hufu.service.web.pages;

import dev.hufu.auditlog.json.CanonicalJson;
import dev.hufu.auditlog.json.CanonicalJson.NotCanonicalException;
import dev.hufu.service.audit.EntryType;
import dev.hufu.service.audit.Receipt;
import dev.hufu.service.registers.VocabularyKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Tells what a receipt is of, from the entry that it holds. */
final class ReceiptWords {
    private final QueryCatalogue catalogue;
    private final Words words;

    ReceiptWords(QueryCatalogue catalogue, Words words) {
        this.catalogue = catalogue;
        this.words = words;
    }

    /**
     * @param what in a few words
     * @param outcome message key part: {@code permit}, {@code deny}, {@code failure} or {@code done}
     * @param answer under which name the answer is checked; empty where the entry commits to none
     * @param download whether that is the name under which the console hands it out
     */
    record About(String what, String outcome, List<ReceiptView.Part> facts, String answer, boolean download) {}

    About about(Receipt receipt) {
        JsonNode entry = entry(receipt);
        JsonNode data = entry.path("data");
        String decision = data.at("/details/decision").asString("");
        boolean statistic = data.at("/cohort/kind").asString("").equals("statistics");
        List<ReceiptView.Part> facts = new ArrayList<>();
        String dataset = data.path("dataset").asString("");
        add(facts, "dataset", catalogue.titles(dataset, words).getOrDefault("", dataset));
        add(facts, "purpose", catalogue.purposeTitle(data.path("purpose").asString(""), words));
        add(facts, "legalBasis", words.legalBasis(data.path("legalBasis").asString("")));
        Instant time = Instant.parse(entry.path("time").asString());
        add(facts, "time", words.time(time) + " (" + words.zone(time) + ")");
        add(facts, "decision", decision);
        String answer = receipt.commitment().isEmpty() ? "" : statistic ? "hufu-" + decision + ".json" : "answer.json";
        return new About(what(entry, statistic), data.path("outcome").asString("done"), facts, answer, statistic);
    }

    private String what(JsonNode entry, boolean statistic) {
        JsonNode data = entry.path("data");
        String type = entry.path("type").asString();
        if (data.at("/details/kind").asString("").equals("preCheck")) {
            return words.say("receipt.of.pre-check");
        }
        if (statistic) {
            return words.say("receipt.of.statistic");
        }
        if (type.equals(EntryType.DECISION_PERMIT.wire()) || type.equals(EntryType.DECISION_DENY.wire())) {
            String action = data.path("action").asString("");
            return words.say(
                    "receipt.of.decision",
                    catalogue.titles(VocabularyKind.ACTIONS, words).getOrDefault(action, action));
        }
        return words.sayOr("receipt.of." + type, words.say("receipt.of.entry", type));
    }

    private void add(List<ReceiptView.Part> facts, String key, String value) {
        if (!value.isBlank()) {
            facts.add(new ReceiptView.Part(words.say("receipt.fact." + key), value));
        }
    }

    private static JsonNode entry(Receipt receipt) {
        try {
            return CanonicalJson.parse(
                    Base64.getDecoder().decode(receipt.json().path("entry").asString()));
        } catch (NotCanonicalException e) {
            throw new IllegalStateException("the entry of a receipt is not canonical JSON", e);
        }
    }
}

package dev.hufu.service.release;

import dev.hufu.service.gate.Decision;
import dev.hufu.service.gate.Obligation;
import dev.hufu.service.gate.ObligationJson;
import dev.hufu.service.gate.Reason;
import dev.hufu.service.gate.Text;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A decision as callers see it. The facts digest is for auditors only and stands in the entry. */
public final class DecisionJson {
    private DecisionJson() {}

    /** A fresh tree. */
    public static ObjectNode of(Decision decision) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", decision.id().value());
        json.put("outcome", decision.outcome().wire());
        ArrayNode reasons = json.putArray("reasons");
        for (Reason reason : decision.reasons()) {
            ObjectNode one = reasons.addObject();
            one.put("rule", reason.rule());
            one.put("code", reason.code());
            one.put("article", reason.article());
            one.set("text", text(reason.text()));
            Text remedy = reason.remedy();
            if (remedy != null) {
                one.set("remedy", text(remedy));
            }
        }
        ArrayNode obligations = json.putArray("obligations");
        obligations(decision.obligations()).forEach(obligations::add);
        json.put("policyVersion", decision.policyVersion());
        json.put("lawPackVersion", decision.lawPackVersion());
        json.put("time", decision.time().toString());
        return json;
    }

    static List<JsonNode> obligations(List<Obligation> obligations) {
        return obligations.stream()
                .map(ObligationJson::write)
                .map(JsonNode.class::cast)
                .toList();
    }

    private static ObjectNode text(Text text) {
        return JsonNodeFactory.instance.objectNode().put("zh", text.zh()).put("en", text.en());
    }
}

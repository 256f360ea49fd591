package dev.hufu.service.gate;

import java.util.List;
import java.util.SortedMap;
import tools.jackson.databind.JsonNode;

/**
 * A case: a request, changes to the facts, and the whole decision that is wanted.
 *
 * @param file path within the policies
 * @param input the document that rules find under {@code input}
 * @param facts a merge patch (RFC 7396) on the shipped facts
 * @param reasons every wanted reason, article by code
 * @param obligations every wanted obligation
 * @param audit what the decision's entry in the log says in clear
 */
public record PolicyCase(
        String file,
        String name,
        Text about,
        JsonNode input,
        JsonNode facts,
        Outcome outcome,
        SortedMap<String, String> reasons,
        List<Obligation> obligations,
        AuditOutline audit) {
    /**
     * @param stage of the data's life, after GB/T 37988
     * @param outcome {@code permit} or {@code deny}
     */
    public record AuditOutline(String type, String stage, String action, String purpose, String outcome) {}
}

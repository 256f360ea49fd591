package dev.hufu.service.gate;

import java.util.List;

/**
 * Whether a case holds.
 *
 * @param differences what came out otherwise than wanted; empty when the case holds
 */
public record CaseResult(PolicyCase policyCase, List<String> differences) {
    public CaseResult {
        differences = List.copyOf(differences);
    }

    public boolean holds() {
        return differences.isEmpty();
    }
}

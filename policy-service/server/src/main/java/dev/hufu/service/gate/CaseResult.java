package dev.hufu.service.gate;

import java.util.List;
import java.util.Locale;

/**
 * A case and what came out.
 *
 * @param outcome of the bundle in use, like the reasons and obligations
 * @param differences from what is wanted; empty when the case holds
 */
public record CaseResult(
        PolicyCase policyCase,
        Outcome outcome,
        List<Reason> reasons,
        List<Obligation> obligations,
        List<Difference> differences) {
    /** What of a decision a case looks at. */
    public enum Part {
        OUTCOME,
        REASONS,
        OBLIGATIONS,
        /** A denial that names no way out. */
        REMEDY,
        AUDIT;

        /** For example {@code outcome}. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Both sides as text, for whoever reads a failing test. */
    public record Difference(Part part, String wanted, String came) {}

    public CaseResult {
        reasons = List.copyOf(reasons);
        obligations = List.copyOf(obligations);
        differences = List.copyOf(differences);
    }

    public boolean holds() {
        return differences.isEmpty();
    }

    public boolean differsIn(Part part) {
        return differences.stream().anyMatch(d -> d.part() == part);
    }
}

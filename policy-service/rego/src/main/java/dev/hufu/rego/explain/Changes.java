package dev.hufu.rego.explain;

import dev.hufu.rego.Value;
import java.util.List;

/**
 * What a search found.
 *
 * @param holds the input gives what is wanted already
 * @param proposals fewest changes first, then by attribute; each was evaluated, and no proper part of its attributes can be
 *     changed to give what is wanted
 * @param complete every change of up to {@code upTo} attributes to a value of their domains was ruled out or is proposed
 * @param upTo changes at once
 * @param attributes with a domain
 * @param evaluations that were made
 * @param domainsCut whether some attribute has more values than were tried
 */
public record Changes(
        boolean holds,
        List<Proposal> proposals,
        boolean complete,
        int upTo,
        int attributes,
        int evaluations,
        boolean domainsCut) {
    public Changes {
        proposals = List.copyOf(proposals);
    }

    /** Changes that together give what is wanted, and the value that the query then has. */
    public record Proposal(List<Change> changes, Value result) {
        public Proposal {
            changes = List.copyOf(changes);
        }
    }
}

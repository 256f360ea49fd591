package dev.hufu.rego.explain;

import dev.hufu.rego.Value;
import java.util.List;

/**
 * What a search found.
 *
 * @param holds the input gives what is wanted already
 * @param proposals fewest changes first, then by attribute; each was evaluated, and no proper part of its attributes can be
 *     changed to give what is wanted
 * @param upTo changes at once that were to be tried
 * @param searched changes at once of which all were: each to a value of a domain was ruled out, or is proposed
 * @param attributes with a domain
 * @param evaluations that were made
 * @param exceeded of those, how many went beyond their budget and so were taken not to give what is wanted
 * @param domainsCut whether some attribute has more values than were tried
 */
public record Changes(
        boolean holds,
        List<Proposal> proposals,
        int upTo,
        int searched,
        int attributes,
        int evaluations,
        int exceeded,
        boolean domainsCut) {
    public Changes {
        proposals = List.copyOf(proposals);
    }

    /** Nothing that was to be tried is left, and each trial ended. */
    public boolean complete() {
        return searched == upTo && exceeded == 0;
    }

    /** Changes that together give what is wanted, and the value that the query then has. */
    public record Proposal(List<Change> changes, Value result) {
        public Proposal {
            changes = List.copyOf(changes);
        }
    }
}

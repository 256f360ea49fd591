package dev.hufu.service.notices;

import dev.hufu.service.audit.Cohort;
import java.util.List;

/**
 * The uses of one person's data in a span of time, and what was refused of it, newest first.
 *
 * @param more whether there are more than were read
 */
public record UsesOfOne(List<Use> uses, boolean more) {
    public UsesOfOne {
        uses = List.copyOf(uses);
    }

    /** How many were permitted. */
    public int permitted() {
        return (int) uses.stream().filter(use -> !use.refused()).count();
    }

    /** How many were asked for and refused. */
    public int refused() {
        return uses.size() - permitted();
    }

    /** How many were in group statistics only. */
    public int statistics() {
        return (int) uses.stream()
                .filter(use -> !use.refused() && use.how() == Cohort.Kind.STATISTICS)
                .count();
    }

    /** How many let data go to somebody outside or abroad. */
    public int leftTheCompany() {
        return (int) uses.stream().filter(Use::leftTheCompany).count();
    }
}

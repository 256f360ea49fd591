package dev.hufu.service.notices;

import java.util.List;

/**
 * The uses of one person's data in a span of time, newest first.
 *
 * @param more whether there are more than were read
 */
public record UsesOfOne(List<Use> uses, boolean more) {
    public UsesOfOne {
        uses = List.copyOf(uses);
    }

    /** How many of them were in group statistics only. */
    public int statistics() {
        return (int) uses.stream().filter(use -> !use.individual()).count();
    }

    /** How many of them gave data to somebody outside or abroad. */
    public int leftTheCompany() {
        return (int) uses.stream().filter(Use::leftTheCompany).count();
    }
}

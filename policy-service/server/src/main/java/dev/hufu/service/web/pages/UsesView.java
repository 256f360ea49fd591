package dev.hufu.service.web.pages;

import java.util.List;

/**
 * The use of one person's data, for that person.
 *
 * @param links other spans of time to look at
 * @param before whether the span ends before anything was recorded
 * @param more whether there is more in this span than is shown
 */
record UsesView(String heading, String lead, List<Link> links, List<Month> months, boolean before, boolean more) {
    record Link(String href, String text, boolean current) {}

    record Month(String title, String count, List<UseView> uses) {}

    /**
     * @param statistic whether the person was only one of a group
     * @param who role and unit of who asked; never a name
     * @param size entries under the checkpoint that proves it, empty as long as none does
     */
    record UseView(
            String purpose,
            boolean statistic,
            String sentence,
            String when,
            String who,
            String basis,
            String what,
            String time,
            String how,
            boolean proven,
            String entry,
            String size) {}
}

package dev.hufu.service.web.pages;

import java.util.List;

/**
 * The use of one person's data, for that person.
 *
 * @param refused how many requests for it were refused, in a sentence; empty when none was
 * @param links other spans of time to look at
 * @param before whether the span ends before anything was recorded
 * @param more whether there is more in this span than is shown
 * @param contacts whom to ask, as the notices in force have it
 */
record UsesView(
        String heading,
        String lead,
        String refused,
        List<Link> links,
        List<Month> months,
        boolean before,
        boolean more,
        List<Contact> contacts) {
    /** Rights of the person concerned by their article in the PIPL; message keys have the words. */
    private static final List<String> RIGHTS = List.of("44", "45", "46", "47", "48", "24", "50");

    record Link(String href, String text, boolean current) {}

    record Month(String title, String count, List<UseView> uses) {}

    /** @param href empty for a contact that no program opens */
    record Contact(String handler, String text, String href, String notice, String rights) {}

    /**
     * Uses that differ in nothing but when they were.
     *
     * @param tag message key part: {@code statistic}, {@code individual}, {@code dataset} or {@code refused}
     * @param when the time, or between which times how often
     * @param who role and unit of who asked; never a name
     * @param size entries under the checkpoint that proves them, empty as long as none does
     * @param entries the newest of them
     * @param unlisted how many there are beyond those, in a sentence; empty when none
     */
    record UseView(
            String purpose,
            String tag,
            String sentence,
            String when,
            String who,
            String basis,
            String what,
            String how,
            int times,
            boolean proven,
            String size,
            List<EntryView> entries,
            String unlisted) {}

    record EntryView(String time, String id) {}

    public List<String> rights() {
        return RIGHTS;
    }
}

package dev.hufu.service.web.pages;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The page of a question that is being written.
 *
 * @param remembered whether purpose and basis are those of the last question
 * @param purposeKnown whether the form's purpose is among those to choose from
 * @param basisKnown likewise
 * @param errors what is wrong with a field, by its name in the form
 * @param refused why the SQL is not taken
 * @param checked what a pre-check says
 * @param trouble key of what kept it from being asked, empty for nothing
 * @param recent what was asked lately
 */
record FormView(
        String heading,
        String lead,
        QueryForm form,
        boolean remembered,
        boolean purposeKnown,
        boolean basisKnown,
        List<PurposeGroup> purposes,
        List<QueryCatalogue.BasisChoice> bases,
        Map<String, String> errors,
        @Nullable Refused refused,
        @Nullable Checked checked,
        String trouble,
        List<Recent> recent,
        List<QueryCatalogue.DatasetEntry> datasets) {
    record PurposeGroup(String title, List<QueryCatalogue.PurposeChoice> purposes) {}

    /** @param why the place in words, and what to do instead */
    record Refused(String why, MarkedSql sql) {}

    /**
     * @param errors how large an error to expect, a sentence a measure
     * @param unknown conditions that name what is not published, a sentence a column
     */
    record Checked(
            String threshold,
            String publication,
            List<String> errors,
            List<String> unknown,
            DecisionView decision,
            String receipt) {}

    record Recent(String href, String heading, String time, String outcome, String tag) {}
}

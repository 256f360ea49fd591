package dev.hufu.service.analytics;

import dev.hufu.anonymizer.publication.ExpectedError;
import java.util.List;

/**
 * What can be said of a permitted query before it runs. Follows from its text, the policy and figures of the whole publication.
 *
 * @param dataset the dataset asked about
 * @param fields the columns that the text mentions
 * @param publication id of the publication that would answer
 * @param latestPeriod the latest published period; empty for a population without time
 * @param minGroupSize least persons of a cell, as the policy has it for this query
 * @param expectedErrors the range of error of the query's class, for each measure
 */
public record PreCheck(
        String dataset,
        List<String> fields,
        String publication,
        String latestPeriod,
        int minGroupSize,
        List<ExpectedError> expectedErrors) {
    public PreCheck {
        fields = List.copyOf(fields);
        expectedErrors = List.copyOf(expectedErrors);
    }
}

package dev.hufu.service.web.pages;

import dev.hufu.anonymizer.query.ParsedQuery;
import dev.hufu.anonymizer.query.SqlRefusedException;
import dev.hufu.service.analytics.PreCheck;
import dev.hufu.service.release.ProvenAnswer;
import dev.hufu.service.release.Release;
import dev.hufu.service.web.Questions;
import java.time.Instant;
import java.util.Set;

/**
 * Something asked on the console, and what came of it.
 *
 * @param id 32 hexadecimal digits at random
 */
record Asked(String id, Instant time, QueryForm form, Outcome outcome) {
    /** What came of it. */
    sealed interface Outcome {
        record Answered(ParsedQuery query, Release release) implements Outcome {}

        /** @param preCheck whether only a pre-check was asked for */
        record Denied(ParsedQuery query, ProvenAnswer answer, boolean preCheck) implements Outcome {}

        record PreChecked(ParsedQuery query, PreCheck check, ProvenAnswer answer) implements Outcome {}

        /** @param refusal why; it holds no literal */
        record Refused(SqlRefusedException refusal) implements Outcome {}

        /** Nothing was released; not kept. */
        record Failed(Trouble trouble) implements Outcome {}

        record Unfit(Set<Questions.Part> parts) implements Outcome {
            public Unfit {
                parts = Set.copyOf(parts);
            }
        }
    }

    /** What it takes in memory, roughly, in bytes. */
    long weight() {
        long held = switch (outcome) {
            // the sealed bytes, and the rows they were made from
            case Outcome.Answered a -> 5L * a.release().size();
            case Outcome.Denied d -> d.answer().bytes().length;
            case Outcome.PreChecked p -> p.answer().bytes().length;
            case Outcome.Refused _, Outcome.Unfit _, Outcome.Failed _ -> 0;
        };
        return held + 2L * form.length() + 1_000;
    }

    /** Whether the reader comes back to an answer, a denial or a pre-check; a text that was not taken is only for mending. */
    boolean listed() {
        return switch (outcome) {
            case Outcome.Answered _, Outcome.Denied _, Outcome.PreChecked _ -> true;
            case Outcome.Refused _, Outcome.Unfit _, Outcome.Failed _ -> false;
        };
    }
}

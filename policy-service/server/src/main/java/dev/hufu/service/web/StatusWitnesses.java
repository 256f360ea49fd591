package dev.hufu.service.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.hufu.auditlog.witness.Cosigning;
import dev.hufu.auditlog.witness.WitnessStanding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The witnesses as a part of the status.
 *
 * @param state {@code none} without witnesses, else {@code sound} or {@code amber}
 * @param threshold how many are wanted
 * @param cosigned entries under the newest checkpoint that so many cosigned
 * @param late whether entries have waited for that too long
 * @param trouble why what was cosigned could not be kept
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StatusWitnesses(
        String state,
        int threshold,
        long newest,
        long cosigned,
        boolean late,
        @Nullable String trouble,
        List<One> members) {
    /** A witness; times by RFC 3339, {@code cosigned} by its clock and {@code since} by ours. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record One(
            String name,
            String key,
            String url,
            long size,
            @Nullable String cosigned,
            @Nullable Long ageSeconds,
            @Nullable String trouble,
            @Nullable String since,
            long failures,
            boolean late) {}

    static StatusWitnesses of(Optional<Cosigning> cosigning, Instant now) {
        return cosigning
                .map(state -> new StatusWitnesses(
                        state.sound() ? "sound" : "amber",
                        state.threshold(),
                        state.newest(),
                        state.size(),
                        state.late(),
                        state.trouble().orElse(null),
                        state.witnesses().stream().map(each -> one(each, now)).toList()))
                .orElseGet(() -> new StatusWitnesses("none", 0, 0, 0, false, null, List.of()));
    }

    private static One one(WitnessStanding witness, Instant now) {
        return new One(
                witness.name(),
                witness.place().key().text(),
                witness.place().url().toString(),
                witness.size(),
                witness.cosigned().map(Instant::toString).orElse(null),
                witness.age(now).map(Duration::toSeconds).orElse(null),
                witness.trouble().map(trouble -> trouble.wire()).orElse(null),
                witness.since().map(Instant::toString).orElse(null),
                witness.failures(),
                witness.late());
    }
}

package dev.hufu.auditlog.witness;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a witness stands to a log.
 *
 * @param place who, and where
 * @param size number of entries it cosigned last, 0 for none
 * @param cosigned when, by its own clock
 * @param answered when it last gave a cosignature, by ours; empty as long as it gave none since the start
 * @param trouble why it gave none when it was asked last
 * @param since when that began
 * @param failures how often it gave none since the start
 * @param late whether entries have waited for it for too long
 */
public record WitnessStanding(
        WitnessPlace place,
        long size,
        Optional<Instant> cosigned,
        Optional<Instant> answered,
        Optional<WitnessTrouble> trouble,
        Optional<Instant> since,
        long failures,
        boolean late) {
    /** Its name. */
    public String name() {
        return place.key().name();
    }

    /** How long ago it cosigned last, at {@code now}; a clock of its own that is ahead gives nothing. */
    public Optional<Duration> age(Instant now) {
        return answered.or(() -> cosigned).map(at -> {
            Duration age = Duration.between(at, now);
            return age.isNegative() ? Duration.ZERO : age;
        });
    }

    /** Whether it does what it is there for. */
    public boolean sound() {
        return trouble.isEmpty() && !late;
    }
}

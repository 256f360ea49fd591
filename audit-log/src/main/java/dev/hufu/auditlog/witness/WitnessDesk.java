package dev.hufu.auditlog.witness;

import dev.hufu.auditlog.AuditLogException;
import dev.hufu.auditlog.LogReader;
import dev.hufu.auditlog.note.SignedNote;
import dev.hufu.auditlog.note.WitnessKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What a log knows of one witness, and when it asks it next. Of the cosigner's thread, but for {@link #ask}, which runs on
 * another between {@link #begin} and {@link #end}.
 */
final class WitnessDesk {
    private final WitnessPlace place;
    private final WitnessClient client;
    private final Witnesses rules;
    private final Backoff backoff;
    private final RandomGenerator random;
    private final Delay waiting = new Delay();

    private boolean busy;
    private volatile long size;
    private Optional<Instant> cosigned = Optional.empty();
    private Optional<Instant> answered = Optional.empty();
    private Optional<WitnessTrouble> trouble = Optional.empty();
    private Optional<Instant> since = Optional.empty();
    private long failures;
    private int inARow;
    private long nextNanos = System.nanoTime();
    private long heartbeatNanos = nextNanos;

    WitnessDesk(WitnessPlace place, Witnesses rules, Optional<CosignedCheckpoint> last, RandomGenerator random) {
        this.place = place;
        this.client = new WitnessClient(place.url(), place.key(), rules.timeout());
        this.rules = rules;
        this.backoff = new Backoff(rules.pause(), rules.heartbeat());
        this.random = random;
        last.filter(known -> known.note().verify(place.key())).ifPresent(known -> {
            size = known.checkpoint().size();
            cosigned = time(known.note());
        });
    }

    WitnessKey key() {
        return place.key();
    }

    /** Its line in a note, if there is one and it is right. */
    Optional<String> lineIn(SignedNote note) {
        return note.verify(key())
                ? Optional.of(note.only(List.of(key())).substring(note.text().length() + 1))
                : Optional.empty();
    }

    private Optional<Instant> time(SignedNote note) {
        var seconds = note.cosignedAt(key());
        return seconds.isPresent() && seconds.getAsLong() <= Instant.MAX.getEpochSecond()
                ? Optional.of(Instant.ofEpochSecond(seconds.getAsLong()))
                : Optional.empty();
    }

    /** Whether to ask it for a checkpoint under which it has a line already, or has none. */
    boolean due(boolean hasLine) {
        long now = System.nanoTime();
        return !busy && now - nextNanos >= 0 && (!hasLine || now - heartbeatNanos >= 0);
    }

    /** The log has {@code newest} entries. */
    void behind(long newest) {
        waiting.note(newest > size);
    }

    void begin() {
        busy = true;
    }

    /** Asks, and waits for the answer. */
    WitnessClient.Asked ask(LogReader log) {
        try {
            return client.ask(log, size);
        } catch (IOException | UncheckedIOException | AuditLogException e) {
            // The log's own files failed; the witness is not to blame, and is asked again.
            return new WitnessClient.Asked.Away(WitnessTrouble.AWAY, "the proof cannot be read: " + e.getMessage());
        } catch (RuntimeException e) {
            return new WitnessClient.Asked.Refused(WitnessTrouble.NONSENSE, String.valueOf(e.getMessage()));
        }
    }

    /** Takes what came of asking for the checkpoint of {@code log}, which has {@code newest} entries by now. */
    void end(WitnessClient.Asked answer, LogReader log, long newest, Instant now) {
        busy = false;
        long nanos = System.nanoTime();
        switch (answer) {
            case WitnessClient.Asked.Cosigned(String line) -> {
                size = Math.max(size, log.checkpoint().size());
                cosigned = time(SignedNote.parse(log.note() + line));
                answered = Optional.of(now);
                trouble = Optional.empty();
                since = Optional.empty();
                inARow = 0;
                waiting.restart(newest > size);
                nextNanos = nanos + rules.pause().toNanos();
                heartbeatNanos = nanos + rules.heartbeat().toNanos();
            }
            case WitnessClient.Asked.Refused(WitnessTrouble why, var _) -> failed(why, nanos, now);
            case WitnessClient.Asked.Away(WitnessTrouble why, var _) -> failed(why, nanos, now);
        }
    }

    private void failed(WitnessTrouble why, long nanos, Instant now) {
        if (!trouble.equals(Optional.of(why))) {
            since = Optional.of(now);
        }
        trouble = Optional.of(why);
        failures++;
        inARow++;
        nextNanos = nanos + backoff.after(inARow, random).toNanos();
    }

    WitnessStanding standing() {
        return new WitnessStanding(
                place, size, cosigned, answered, trouble, since, failures, waiting.longerThan(rules.late()));
    }

    void close() {
        client.close();
    }
}

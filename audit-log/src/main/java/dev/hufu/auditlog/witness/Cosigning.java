package dev.hufu.auditlog.witness;

import dev.hufu.auditlog.note.Checkpoint;
import java.util.List;
import java.util.Optional;

/**
 * How far a log is witnessed.
 *
 * @param threshold how many witnesses must have cosigned a checkpoint
 * @param newest number of entries under the log's newest checkpoint
 * @param published the newest checkpoint that so many have cosigned, as the witnesses configured now count
 * @param late whether entries have waited for it for too long
 * @param trouble why what was cosigned could not be kept, if it could not
 * @param witnesses in the order in which they are configured
 */
public record Cosigning(
        int threshold,
        long newest,
        Optional<Published> published,
        boolean late,
        Optional<String> trouble,
        List<WitnessStanding> witnesses) {
    /** Copies the witnesses. */
    public Cosigning {
        witnesses = List.copyOf(witnesses);
    }

    /**
     * A checkpoint and those who cosigned it.
     *
     * @param note with the log's lines and, behind them, the witnesses'
     * @param by their names
     */
    public record Published(String note, Checkpoint checkpoint, List<String> by) {
        /** Copies the names. */
        public Published {
            by = List.copyOf(by);
        }
    }

    /** Number of entries under the cosigned checkpoint, 0 without one. */
    public long size() {
        return published.map(last -> last.checkpoint().size()).orElse(0L);
    }

    /** Whether all of it is as it should be. */
    public boolean sound() {
        return !late && trouble.isEmpty() && witnesses.stream().allMatch(WitnessStanding::sound);
    }

    /** Whether as many as are wanted do what they are there for, so that what is appended now will be cosigned. */
    public boolean enough() {
        return !late
                && published.isPresent()
                && witnesses.stream().filter(WitnessStanding::sound).count() >= threshold;
    }

    /** Those who have not cosigned {@code size} entries yet. */
    public List<WitnessStanding> lacking(long size) {
        return witnesses.stream().filter(witness -> witness.size() < size).toList();
    }
}

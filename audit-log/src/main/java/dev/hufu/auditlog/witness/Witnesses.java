package dev.hufu.auditlog.witness;

import dev.hufu.auditlog.note.WitnessPolicy;
import java.time.Duration;
import java.util.List;

/**
 * Which witnesses a log asks to cosign its checkpoints, and how.
 *
 * @param places at least one and at most {@value #MOST}, no name and no key twice
 * @param threshold how many must have cosigned a checkpoint before a receipt under it is D3
 * @param timeout for connecting, and again for each of at most two requests
 * @param pause between two requests to a witness that answers; what a failure makes longer, up to {@code heartbeat}
 * @param heartbeat after which a witness is asked anew for a checkpoint it has cosigned: so one that is gone is noticed
 *     while nothing is logged
 * @param late how long entries may wait for a cosignature before that is called late
 */
public record Witnesses(
        List<WitnessPlace> places, int threshold, Duration timeout, Duration pause, Duration heartbeat, Duration late) {
    /** Most witnesses: with the second key of the log, as many as a receipt has room for. */
    public static final int MOST = 15;

    /** Copies the places and checks the bounds. */
    public Witnesses {
        places = List.copyOf(places);
        if (places.size() > MOST) {
            throw new IllegalArgumentException("at most " + MOST + " witnesses, not " + places.size());
        }
        policyOf(places, threshold);
        if (!timeout.isPositive() || !pause.isPositive() || heartbeat.compareTo(pause) < 0 || late.isNegative()) {
            throw new IllegalArgumentException(
                    "durations are positive, and the heartbeat is no shorter than the pause");
        }
    }

    /** Asked every second at most, anew after a minute, late after a minute. */
    public static Witnesses of(List<WitnessPlace> places, int threshold, Duration timeout) {
        return new Witnesses(
                places, threshold, timeout, Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofMinutes(1));
    }

    /** What a checkpoint must carry. */
    public WitnessPolicy policy() {
        return policyOf(places, threshold);
    }

    private static WitnessPolicy policyOf(List<WitnessPlace> places, int threshold) {
        return new WitnessPolicy(places.stream().map(WitnessPlace::key).toList(), threshold);
    }
}

package dev.hufu.service.sample;

import java.util.concurrent.atomic.AtomicReference;

/**
 * How far the sample company is, for health and for the console. Thread-safe; states only go forward.
 */
public final class SampleProgress {
    /** Where the load stands. */
    public enum State {
        /** Demo mode is off: there is no sample, and nobody waits for it. */
        NOT_WANTED,
        WAITING,
        LOADING,
        READY,
        FAILED
    }

    /**
     * @param state where the load stands
     * @param step what is being done, in English, or what failed; never personal data
     */
    public record Status(State state, String step) {
        /** Whether a server may call itself ready as far as the sample goes. */
        public boolean settled() {
            return state == State.READY || state == State.NOT_WANTED;
        }
    }

    private final AtomicReference<Status> status;

    public SampleProgress(boolean wanted) {
        this.status = new AtomicReference<>(
                wanted ? new Status(State.WAITING, "waiting") : new Status(State.NOT_WANTED, "no sample wanted"));
    }

    public Status status() {
        return status.get();
    }

    void step(String what) {
        status.set(new Status(State.LOADING, what));
    }

    void ready() {
        status.set(new Status(State.READY, "loaded"));
    }

    void failed(String why) {
        status.set(new Status(State.FAILED, why));
    }
}

package dev.hufu.service.web;

import java.util.concurrent.atomic.AtomicReference;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether questions can be asked yet: the server answers pages and health while the sample company and its publications are
 * still being made. Thread-safe.
 */
public final class Readiness implements HealthIndicator {
    /** Where the start stands. */
    public sealed interface State {
        /** @param step what is being done, for people */
        record Preparing(String step) implements State {}

        record Ready() implements State {}

        /** @param reason what failed and what to do, without personal data */
        record Failed(String reason) implements State {}
    }

    private final AtomicReference<State> state = new AtomicReference<>(new State.Preparing("starting"));

    private final AuditLogHealth log;
    private final DiskRoom disk;

    public Readiness(AuditLogHealth log, DiskRoom disk) {
        this.log = log;
        this.disk = disk;
    }

    public State state() {
        return state.get();
    }

    public void preparing(String step) {
        state.set(new State.Preparing(step));
    }

    public void ready() {
        state.set(new State.Ready());
    }

    public void failed(String reason) {
        state.set(new State.Failed(reason));
    }

    /** @throws ProblemException unless questions can be asked, and the log has not stopped and has room to grow */
    public void require() {
        log.require();
        disk.require();
        switch (state.get()) {
            case State.Ready _ -> {}
            case State.Preparing(String step) ->
                throw new ProblemException(
                        ProblemType.NOT_READY,
                        "The data is still being prepared (" + step
                                + "). Ask again in a few seconds; GET /actuator/health is UP when it is done.",
                        "数据仍在准备（" + step + "）。请稍后重试；就绪后 GET /actuator/health 为 UP。");
            case State.Failed(String reason) ->
                throw new ProblemException(
                        ProblemType.NOT_READY,
                        "The start did not finish: " + reason + " Tell the operator.",
                        "启动未完成：" + reason + " 请联系运维人员。");
        }
    }

    @Override
    public Health health() {
        return switch (state.get()) {
            case State.Ready _ -> Health.up().build();
            case State.Preparing(String step) ->
                Health.outOfService().withDetail("step", step).build();
            case State.Failed(String reason) ->
                Health.down().withDetail("reason", reason).build();
        };
    }
}

package dev.hufu.auditlog;

import dev.hufu.auditlog.tiles.Integrator;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Runs the integrator: a step, then a pause, for as long as the log is open. */
final class IntegratorThread implements Closeable {
    private final Integrator integrator;
    private final LogState state;
    private final long pauseMillis;
    private final Thread thread = new Thread(this::run, "log-integrator");
    private volatile long integrated;
    private final CountDownLatch closing = new CountDownLatch(1);

    IntegratorThread(Integrator integrator, LogState state, Duration pause) {
        this.integrator = integrator;
        this.state = state;
        this.pauseMillis = pause.toMillis();
        this.integrated = integrator.checkpoint().size();
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    long integrated() {
        return integrated;
    }

    private void run() {
        try {
            while (closing.getCount() > 0) {
                boolean more = integrator.step(state.durable());
                integrated = integrator.checkpoint().size();
                if (!more) {
                    pause();
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            // What is durable stays so; but a log that cannot integrate must not go on promising that it will.
            state.stop("integration failed (" + e.getMessage() + ")", e);
        }
    }

    /** Sleeps for the pause, or until the log closes. */
    private void pause() {
        try {
            closing.await(pauseMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            closing.countDown();
        }
    }

    /** Integrates the rest, unless the log has stopped, and ends the thread. */
    @Override
    public void close() throws IOException {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (state.stopped().isEmpty()) {
            boolean more = true;
            while (more) {
                more = integrator.step(state.durable());
            }
            integrated = integrator.checkpoint().size();
            integrator.close();
        }
    }
}

package dev.hufu.service.analytics;

import dev.hufu.service.registers.ChangeListener;
import dev.hufu.service.registers.RegisterChange;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps publications at what the dataset register says. What may be asked follows within the call that changes the register, so
 * that the next query meets it; what that calls to be published anew is built on a thread of its own, once for changes that come
 * close together.
 */
public final class PublicationUpkeep implements ChangeListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PublicationUpkeep.class);
    private static final String DATASETS = "datasets";
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private final Publications publications;
    private final Duration pause;
    private final Semaphore wanted = new Semaphore(0);
    private final Thread thread =
            Thread.ofPlatform().name("hufu-publish").daemon().unstarted(this::run);

    /** @param pause how long a change waits for others before anything is built */
    public PublicationUpkeep(Publications publications, Duration pause) {
        this.publications = publications;
        this.pause = pause;
        thread.start();
    }

    @Override
    public void changed(RegisterChange change) {
        if (change.register().equals(DATASETS)) {
            try {
                publications.registerChanged();
            } finally {
                wanted.release();
            }
        }
    }

    private void run() {
        try {
            while (true) {
                wanted.acquire();
                Thread.sleep(pause);
                wanted.drainPermits();
                if (!published()) {
                    Thread.sleep(AFTER_FAILURE);
                    wanted.release(); // until it is published nothing may be answered
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private boolean published() {
        try {
            publications.datasetsChanged();
            return true;
        } catch (RuntimeException e) {
            StackTraceElement[] stack = e.getStackTrace();
            LOG.error(
                    "publishing after a change of the register failed and is tried again: {} at {}",
                    e.getClass().getName(),
                    stack.length == 0 ? "?" : stack[0]);
            return false;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}

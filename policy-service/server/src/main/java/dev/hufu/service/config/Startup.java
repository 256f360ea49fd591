package dev.hufu.service.config;

import dev.hufu.service.analytics.store.PeopleStoreException;
import dev.hufu.service.web.Readiness;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * Brings the data up behind a server that already answers: pages and health say which step it is at. Steps run in order on a thread
 * of their own; one that fails leaves the server up and not ready, saying why.
 */
final class Startup implements ApplicationListener<ApplicationReadyEvent> {
    /** @param name what is being done, for people */
    record Step(String name, Work work) {}

    /** What a step does. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    /** A step that ran and did not bring what is needed; says what to do, without personal data. */
    static final class UnfinishedException extends Exception {
        private static final long serialVersionUID = 1L;

        UnfinishedException(String message) {
            super(message);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Startup.class);

    private final Readiness readiness;
    private final List<Step> steps;

    Startup(Readiness readiness, List<Step> steps) {
        this.readiness = readiness;
        this.steps = List.copyOf(steps);
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        Thread.ofPlatform().name("hufu-start").daemon().start(this::run);
    }

    private void run() {
        for (Step step : steps) {
            readiness.preparing(step.name());
            LOG.info("{} …", step.name());
            try {
                step.work().run();
            } catch (UnfinishedException | PeopleStoreException e) { // their words are for people
                LOG.error("{} failed: {}", step.name(), e.getMessage());
                readiness.failed(String.valueOf(e.getMessage()));
                return;
            } catch (Exception | Error e) {
                StackTraceElement[] stack = e.getStackTrace();
                LOG.error(
                        "{} failed: {} at {}", step.name(), e.getClass().getName(), stack.length == 0 ? "?" : stack[0]);
                readiness.failed(step.name() + " failed (" + e.getClass().getSimpleName() + ").");
                return;
            }
        }
        readiness.ready();
        LOG.info("ready");
        System.gc(); // what only the start needed goes back to the machine, where the collector is told to shrink
    }
}

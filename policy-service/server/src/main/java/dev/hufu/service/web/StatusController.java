package dev.hufu.service.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.hufu.service.analytics.Publications;
import dev.hufu.service.analytics.PublicationsStatus;
import dev.hufu.service.audit.AuditTrail;
import dev.hufu.service.gate.PolicyEngine;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What health is made of, for those who run Hufu. Says nothing of people. */
@RestController
class StatusController {
    /** Whether questions can be asked; the reason when they cannot. */
    record Ready(
            String state,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String reason) {}

    /** The audit log; {@code stopped} says why it takes no entries, if it does not. */
    record Log(
            long durable,
            long integrated,
            int waiting,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String stopped) {}

    /** What judges and by which bundle; {@code trouble} says why it denies everything, if it does. */
    record Policy(
            String engine,
            String version,
            String lawPack,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String trouble) {}

    /** Free bytes of the fuller disk, and how many it takes to be green and to work. */
    record Disk(long freeBytes, long lowBytes, long leastBytes) {}

    /** A population's months, oldest first, and why it is not published as it is now, if so. */
    record Population(
            List<String> periods,
            @JsonInclude(JsonInclude.Include.NON_NULL) DatasetController.@Nullable Unlisted unpublished) {}

    /** Where publishing stands. */
    record Publishing(String phase, int done, int all, Map<String, Population> populations) {}

    /** All of it. */
    record Status(Ready ready, Policy policy, Log log, StatusWitnesses witnesses, Disk disk, Publishing publications) {}

    private final Readiness readiness;
    private final PolicyEngine engine;
    private final AuditTrail trail;
    private final DiskRoom disk;
    private final Publications publications;
    private final Clock clock;

    StatusController(
            Readiness readiness,
            PolicyEngine engine,
            AuditTrail trail,
            DiskRoom disk,
            Publications publications,
            Clock clock) {
        this.readiness = readiness;
        this.engine = engine;
        this.trail = trail;
        this.disk = disk;
        this.publications = publications;
        this.clock = clock;
    }

    @GetMapping(path = "/api/v1/status", produces = MediaType.APPLICATION_JSON_VALUE)
    Status status() {
        var log = trail.health();
        return new Status(
                switch (readiness.state()) {
                    case Readiness.State.Ready _ -> new Ready("ready", null);
                    case Readiness.State.Preparing(String step) -> new Ready("preparing", step);
                    case Readiness.State.Failed(String reason) -> new Ready("failed", reason);
                },
                new Policy(
                        engine.engine(),
                        engine.bundle().digest(),
                        engine.bundle().lawPackVersion(),
                        engine.trouble().orElse(null)),
                new Log(
                        log.durable(),
                        log.integrated(),
                        log.waiting(),
                        log.stopped().orElse(null)),
                StatusWitnesses.of(trail.cosigning(), clock.instant()),
                new Disk(disk.freeBytes(), disk.lowBytes(), disk.leastBytes()),
                publishing(publications.status()));
    }

    private static Publishing publishing(PublicationsStatus status) {
        var names = new TreeSet<>(status.published().keySet());
        names.addAll(status.failed().keySet());
        var populations = new TreeMap<String, Population>();
        for (String name : names) {
            populations.put(
                    name,
                    new Population(
                            status.published().getOrDefault(name, List.of()),
                            DatasetController.Unlisted.of(status.failed().get(name))));
        }
        return new Publishing(status.phase().name().toLowerCase(Locale.ROOT), status.done(), status.all(), populations);
    }
}

package dev.hufu.service.web;

import dev.hufu.auditlog.witness.Cosigning;
import dev.hufu.auditlog.witness.WitnessStanding;
import dev.hufu.auditlog.witness.WitnessTrouble;
import dev.hufu.service.audit.AuditTrail;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Whether the witnesses cosign. Never red: entries are taken, proved and released without them, and only D3 waits. What is amber is
 * told to the operator once, and again when it is over. Thread-safe.
 */
public final class WitnessHealth implements HealthIndicator {
    /** Between green and red; health as a whole stays what the other parts make it. */
    static final Status AMBER = new Status("AMBER");

    private static final Logger LOG = LoggerFactory.getLogger(WitnessHealth.class);

    private final AuditTrail trail;
    private final Map<String, WitnessTrouble> told = new HashMap<>();

    public WitnessHealth(AuditTrail trail) {
        this.trail = trail;
    }

    @Override
    public Health health() {
        Optional<Cosigning> cosigning = trail.cosigning();
        cosigning.ifPresent(this::tell);
        return (cosigning.map(Cosigning::sound).orElse(true) ? Health.up() : Health.status(AMBER)).build();
    }

    private synchronized void tell(Cosigning state) {
        for (WitnessStanding witness : state.witnesses()) {
            Optional<WitnessTrouble> trouble = witness.trouble();
            Optional<WitnessTrouble> before = Optional.ofNullable(
                    trouble.map(now -> told.put(witness.name(), now)).orElseGet(() -> told.remove(witness.name())));
            if (trouble.isPresent() && !trouble.equals(before)) {
                LOG.warn(
                        "witness {}: {}. D3 receipts need {} of {} witnesses; everything else goes on.",
                        witness.name(),
                        WitnessWords.trouble(trouble.get(), false),
                        state.threshold(),
                        state.witnesses().size());
            } else if (trouble.isEmpty() && before.isPresent()) {
                LOG.info("witness {} cosigns again", witness.name());
            }
        }
    }
}

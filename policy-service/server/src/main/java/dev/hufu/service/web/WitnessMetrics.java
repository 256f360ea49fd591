package dev.hufu.service.web;

import dev.hufu.auditlog.witness.Cosigning;
import dev.hufu.auditlog.witness.WitnessStanding;
import dev.hufu.service.audit.AuditTrail;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Figures of the witnesses: {@code hufu.witness.age} (seconds since it cosigned last; NaN before that), {@code
 * hufu.witness.behind} (entries that it has not cosigned), {@code hufu.witness.failures}, each by {@code witness}; and {@code
 * hufu.log.cosigned} (entries under the cosigned checkpoint). None where no witnesses are configured.
 */
public final class WitnessMetrics implements MeterBinder {
    private final AuditTrail trail;
    private final Clock clock;

    public WitnessMetrics(AuditTrail trail, Clock clock) {
        this.trail = trail;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Optional<Cosigning> configured = trail.cosigning();
        if (configured.isEmpty()) {
            return;
        }
        Gauge.builder(
                        "hufu.log.cosigned",
                        trail,
                        t -> t.cosigning().map(Cosigning::size).orElse(0L))
                .description("Entries under the newest checkpoint that enough witnesses cosigned")
                .register(registry);
        for (WitnessStanding witness : configured.get().witnesses()) {
            String name = witness.name();
            Gauge.builder("hufu.witness.age", trail, of(name, this::age))
                    .tag("witness", name)
                    .baseUnit("seconds")
                    .description("Since the witness cosigned last")
                    .register(registry);
            Gauge.builder("hufu.witness.behind", trail, of(name, one -> newest() - one.size()))
                    .tag("witness", name)
                    .description("Entries under the newest checkpoint that the witness has not cosigned")
                    .register(registry);
            FunctionCounter.builder("hufu.witness.failures", trail, of(name, WitnessStanding::failures))
                    .tag("witness", name)
                    .description("Requests that gave no cosignature")
                    .register(registry);
        }
    }

    private double age(WitnessStanding witness) {
        return witness.age(clock.instant()).map(age -> (double) age.toSeconds()).orElse(Double.NaN);
    }

    private long newest() {
        return trail.cosigning().map(Cosigning::newest).orElse(0L);
    }

    private static ToDoubleFunction<AuditTrail> of(String name, ToDoubleFunction<WitnessStanding> figure) {
        return trail -> trail.cosigning().stream()
                .flatMap(state -> state.witnesses().stream())
                .filter(witness -> witness.name().equals(name))
                .mapToDouble(figure)
                .findFirst()
                .orElse(Double.NaN);
    }
}

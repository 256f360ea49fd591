package dev.hufu.service.gate;

import dev.hufu.service.facts.Facts;
import dev.hufu.service.facts.FactsSnapshot;
import dev.hufu.service.registers.RegisterFiles;
import dev.hufu.service.registers.ShippedPolicies;
import java.time.Instant;

/** The bundle and the facts as they stand in the source tree. */
final class ShippedBundle {
    static final PolicyBundle BUNDLE = PolicyBundle.of(ShippedPolicies.texts());
    static final FactsSnapshot FACTS =
            Facts.of(RegisterFiles.read(ShippedPolicies.texts()), Instant.parse("2026-11-23T00:00:00Z"));

    private ShippedBundle() {}

    static CompiledPolicy compiled() {
        try {
            return CompiledPolicy.of(BUNDLE);
        } catch (PolicyBundleException broken) {
            throw new AssertionError(broken);
        }
    }
}

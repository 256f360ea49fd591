package dev.hufu.service.web;

import dev.hufu.service.gate.PolicyEngine;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Red while the engine judges nothing and so everything is denied. Thread-safe. */
public final class PolicyEngineHealth implements HealthIndicator {
    private final PolicyEngine engine;

    public PolicyEngineHealth(PolicyEngine engine) {
        this.engine = engine;
    }

    @Override
    public Health health() {
        return (engine.trouble().isEmpty() ? Health.up() : Health.down()).build();
    }
}

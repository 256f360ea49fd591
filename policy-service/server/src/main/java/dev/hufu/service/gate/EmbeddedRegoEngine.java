package dev.hufu.service.gate;

import dev.hufu.service.facts.FactsSnapshot;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Supplier;

/** Judges in process, from the policy's sources. Thread-safe. */
public final class EmbeddedRegoEngine extends PolicyEngine {
    EmbeddedRegoEngine(Surroundings around) {
        super(around);
    }

    /**
     * @param bundle the bundle to begin with; the listener is told of it first
     * @param facts gives the current snapshot
     * @throws PolicyBundleException when the bundle does not compile
     */
    public static EmbeddedRegoEngine start(
            PolicyBundle bundle,
            Supplier<FactsSnapshot> facts,
            SecureRandom random,
            Clock clock,
            ActivationListener listener)
            throws PolicyBundleException {
        var engine = new EmbeddedRegoEngine(new Surroundings(facts, random, clock, listener));
        try {
            engine.activate(bundle);
        } catch (EngineException impossible) {
            throw new AssertionError(impossible); // what compiles is ready to be judged by
        }
        return engine;
    }

    @Override
    public String engine() {
        return new EngineChoice.Embedded().engine();
    }

    @Override
    Evaluator evaluator(CompiledPolicy policy) {
        return policy.evaluator();
    }
}

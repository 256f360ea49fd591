package dev.hufu.service.gate;

import dev.hufu.rego.Value;
import dev.hufu.service.facts.FactsSnapshot;
import dev.hufu.service.request.AccessRequest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all engines share: the bundle in use and the facts are each one immutable object that is swapped as a whole, so that a
 * decision is taken by one bundle and one snapshot, whatever changes meanwhile. The bundle is compiled in process whichever
 * engine judges, for findings, rules and cases. Thread-safe.
 */
public abstract sealed class PolicyEngine implements PolicyDecisionPoint, AutoCloseable
        permits EmbeddedRegoEngine, WasmEngine, OpaServerEngine {
    private final Surroundings around;
    private final AtomicReference<@Nullable Active> active = new AtomicReference<>();
    private final ReentrantLock activation = new ReentrantLock();

    /**
     * What a gate stands in.
     *
     * @param facts gives the current snapshot
     * @param listener is told of each bundle before it is put to use
     */
    public record Surroundings(
            Supplier<FactsSnapshot> facts, SecureRandom random, Clock clock, ActivationListener listener) {}

    /** A bundle in use, what judges by it, and since when it is in this server. */
    record Active(CompiledPolicy policy, Evaluator evaluator, Instant since) {}

    PolicyEngine(Surroundings around) {
        this.around = around;
    }

    /**
     * The engine of the operator's choice.
     *
     * @param bundle the bundle to begin with
     * @param shippedFacts the facts that the bundle's cases change
     * @throws PolicyBundleException when the bundle does not compile
     * @throws EngineException when the engine cannot take it
     */
    public static PolicyEngine start(
            EngineChoice choice, PolicyBundle bundle, FactsSnapshot shippedFacts, Surroundings around)
            throws PolicyBundleException, EngineException {
        PolicyEngine engine = switch (choice) {
            case EngineChoice.Embedded _ -> new EmbeddedRegoEngine(around);
            case EngineChoice.Wasm wasm -> new WasmEngine(wasm, shippedFacts, around);
            case EngineChoice.OpaServer server -> new OpaServerEngine(server, around);
        };
        try {
            engine.activate(bundle);
            return engine;
        } catch (PolicyBundleException | EngineException | RuntimeException refused) {
            engine.close();
            throw refused;
        }
    }

    /** An evaluator of that bundle, ready to judge. */
    abstract Evaluator evaluator(CompiledPolicy policy) throws EngineException;

    /**
     * Puts another bundle to use, at once and as a whole.
     *
     * @throws PolicyBundleException when it does not compile; the present one stays
     * @throws EngineException when the engine cannot take it; the present one stays
     */
    public final void activate(PolicyBundle bundle) throws PolicyBundleException, EngineException {
        CompiledPolicy compiled = CompiledPolicy.of(bundle);
        activation.lock();
        try {
            Evaluator fresh = evaluator(compiled);
            around.listener().activating(bundle);
            active.set(new Active(compiled, fresh, around.clock().instant()));
        } finally {
            activation.unlock();
        }
    }

    /** The bundle in use. */
    public final PolicyBundle bundle() {
        return active().policy().bundle();
    }

    final Active active() {
        return activeIfAny().orElseThrow(() -> new IllegalStateException("no bundle was activated"));
    }

    /** None before the first was activated. */
    final Optional<Active> activeIfAny() {
        return Optional.ofNullable(active.get());
    }

    /** The facts as they are now. */
    final FactsSnapshot facts() {
        return around.facts().get();
    }

    /** Why the engine judges nothing at the moment and denies everything, if so. Says nothing of people. */
    public Optional<String> trouble() {
        return Optional.empty();
    }

    @Override
    public final Decision decide(AccessRequest request) {
        Active now = active();
        FactsSnapshot facts = facts();
        Value input = PolicyInput.of(request);
        Verdict verdict = now.evaluator().judge(input, facts, request.action());
        PolicyBundle bundle = now.policy().bundle();
        return new Decision(
                DecisionId.random(around.random()),
                request,
                verdict,
                new Decision.Basis(bundle.digest(), bundle.lawPackVersion(), facts.digest()),
                request.time());
    }

    /** Ends what the engine runs beside its callers. */
    @Override
    public void close() {}
}

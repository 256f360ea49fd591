package dev.hufu.service.gate;

import dev.hufu.rego.Value;
import dev.hufu.service.facts.FactsSnapshot;
import dev.hufu.service.request.AccessRequest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Judges requests in process. Bundle and facts are each one immutable object that is swapped as a whole, so that a decision is
 * taken by one bundle and one snapshot, whatever changes meanwhile. Thread-safe.
 */
public final class EmbeddedRegoEngine implements PolicyDecisionPoint {
    private final Supplier<FactsSnapshot> facts;
    private final SecureRandom random;
    private final ActivationListener listener;
    private final Clock clock;
    private final AtomicReference<Active> active;
    private final AtomicReference<Data> data;
    private final ReentrantLock activation = new ReentrantLock();

    /** A bundle in use, and since when it is in this server. */
    record Active(CompiledPolicy policy, Instant since) {}

    /** A snapshot as rules read it. */
    private record Data(FactsSnapshot snapshot, Value document) {
        static Data of(FactsSnapshot snapshot) {
            return new Data(snapshot, CompiledPolicy.data(Value.fromJson(snapshot.document())));
        }
    }

    private EmbeddedRegoEngine(
            CompiledPolicy first,
            Supplier<FactsSnapshot> facts,
            SecureRandom random,
            Clock clock,
            ActivationListener listener) {
        this.active = new AtomicReference<>(new Active(first, clock.instant()));
        this.clock = clock;
        this.facts = facts;
        this.random = random;
        this.listener = listener;
        this.data = new AtomicReference<>(Data.of(facts.get()));
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
        CompiledPolicy compiled = CompiledPolicy.of(bundle);
        listener.activating(bundle);
        return new EmbeddedRegoEngine(compiled, facts, random, clock, listener);
    }

    /**
     * Puts another bundle to use, at once and as a whole.
     *
     * @throws PolicyBundleException when it does not compile; the present one stays
     */
    public void activate(PolicyBundle bundle) throws PolicyBundleException {
        CompiledPolicy compiled = CompiledPolicy.of(bundle);
        activation.lock();
        try {
            listener.activating(bundle);
            active.set(new Active(compiled, clock.instant()));
        } finally {
            activation.unlock();
        }
    }

    /** The bundle in use. */
    public PolicyBundle bundle() {
        return active.get().policy().bundle();
    }

    Active active() {
        return active.get();
    }

    @Override
    public String engine() {
        return "embedded-rego";
    }

    @Override
    public Decision decide(AccessRequest request) {
        CompiledPolicy compiled = active.get().policy();
        Data read = currentData();
        Verdict verdict = compiled.judge(PolicyInput.of(request), read.document(), request.action());
        return new Decision(
                DecisionId.random(random),
                request,
                verdict,
                new Decision.Basis(
                        compiled.bundle().digest(),
                        compiled.bundle().lawPackVersion(),
                        read.snapshot().digest()),
                request.time());
    }

    /** Converts a snapshot once; two threads that meet a new one at the same time both convert, to equal values. */
    private Data currentData() {
        FactsSnapshot snapshot = facts.get();
        Data known = data.get();
        if (known.snapshot() == snapshot) {
            return known;
        }
        Data fresh = Data.of(snapshot);
        data.set(fresh);
        return fresh;
    }
}

package dev.hufu.service.gate;

import com.dylibso.chicory.wasm.ChicoryException;
import dev.hufu.rego.Value;
import dev.hufu.service.facts.FactsSnapshot;
import dev.hufu.service.request.Action;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Judges in process by what OPA compiled to WebAssembly. A module is taken when its sources are those of the bundle and all the
 * bundle's cases come out as in the embedded engine. Evaluations run on few threads of the engine's own, each with an instance and
 * its memory, so that one without end costs its caller the deadline and no more: it is then interrupted, which compiled code heeds
 * at each loop and call, and its instance is dropped. Thread-safe.
 */
final class WasmEngine extends PolicyEngine {
    private static final Logger LOG = LoggerFactory.getLogger(WasmEngine.class);

    /** Threads, and so instances of 64 MiB at most, of one bundle at a time. */
    private static final int THREADS = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4);

    /** Most evaluations that wait for a thread; one more is a denial. */
    private static final int MAX_WAITING = 256;

    /** For a case at the start, which a busy machine may not make fail. */
    private static final Duration UNHURRIED = Duration.ofMinutes(1);

    private final EngineChoice.Wasm choice;
    private final FactsSnapshot shippedFacts;
    private final ThreadPoolExecutor threads;

    /** Since when each thread is in the evaluation it is in, by the clock of {@link System#nanoTime}. */
    private final Map<Thread, Long> running = new ConcurrentHashMap<>();

    /** @param shippedFacts the facts that a bundle's cases change */
    WasmEngine(EngineChoice.Wasm choice, FactsSnapshot shippedFacts, Surroundings around) {
        super(around);
        this.choice = choice;
        this.shippedFacts = shippedFacts;
        var names = Thread.ofPlatform().name("hufu-wasm-", 1).daemon().factory();
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), names);
    }

    @Override
    public String engine() {
        return choice.engine();
    }

    @Override
    Evaluator evaluator(CompiledPolicy policy) throws EngineException {
        WasmBundle file = WasmBundle.read(choice.bundle());
        file.requireSourcesOf(policy.bundle());
        var instances = new Instances(WasmProgram.of(file.module()));
        requireSameDecisions(policy, instances.within(UNHURRIED));
        return instances.within(choice.deadline());
    }

    /** An evaluator of any module, whatever it was compiled from. */
    Evaluator unchecked(byte[] module) throws EngineException {
        return new Instances(WasmProgram.of(module)).within(choice.deadline());
    }

    private void requireSameDecisions(CompiledPolicy policy, Evaluator evaluator) throws EngineException {
        List<String> differing;
        try {
            differing = CaseRunner.differing(policy, evaluator, shippedFacts);
        } catch (IllegalArgumentException malformed) {
            throw new EngineException(
                    "The policy's cases cannot be read, so that nothing holds the Wasm bundle: "
                            + malformed.getMessage() + ".",
                    "Mend that file, or choose HUFU_POLICY_ENGINE=embedded.",
                    malformed);
        }
        if (!differing.isEmpty()) {
            throw new EngineException(
                    "HUFU_POLICY_WASM names a bundle that decides otherwise than its sources in " + differing.size()
                            + " of the policy's cases, the first being " + differing.getFirst() + ".",
                    WasmBundle.BUILD + ".");
        }
    }

    @Override
    public Optional<String> trouble() {
        long now = System.nanoTime();
        List<String> endless = running.entrySet().stream()
                .filter(one -> now - one.getValue() > 2 * choice.deadline().toNanos())
                .map(one -> one.getKey().getName())
                .sorted()
                .toList();
        return endless.size() < THREADS
                ? Optional.empty()
                : Optional.of("All threads of the Wasm engine are in evaluations that nothing ends ("
                        + String.join(", ", endless) + "); every decision is a denial until a restart.");
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** Idle instances of one program; a thread takes one or makes one, and gives back only what ended well. */
    private final class Instances {
        private final WasmProgram program;
        private final ConcurrentLinkedDeque<WasmInstance> idle = new ConcurrentLinkedDeque<>();

        Instances(WasmProgram program) {
            this.program = program;
        }

        Evaluator within(Duration deadline) {
            return (input, facts, action) -> judge(input, facts, action, deadline);
        }

        private Verdict judge(Value input, FactsSnapshot facts, Action action, Duration deadline) {
            byte[] text = input.toJson().getBytes(StandardCharsets.UTF_8);
            Future<Verdict> verdict;
            try {
                verdict = threads.submit(() -> evaluate(text, facts, action));
            } catch (RejectedExecutionException full) {
                return Verdict.denial(Failure.BUDGET.reason());
            }
            try {
                return verdict.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException late) {
                verdict.cancel(true);
                LOG.warn("an evaluation took longer than {} and was interrupted", deadline);
                return Verdict.denial(Failure.BUDGET.reason());
            } catch (InterruptedException interrupted) {
                verdict.cancel(true);
                Thread.currentThread().interrupt();
                return Verdict.denial(Failure.ERROR.reason());
            } catch (ExecutionException unforeseen) {
                LOG.error("an evaluation failed: {}", String.valueOf(unforeseen.getCause()));
                return Verdict.denial(Failure.ERROR.reason());
            }
        }

        private Verdict evaluate(byte[] input, FactsSnapshot facts, Action action) {
            running.put(Thread.currentThread(), System.nanoTime());
            try {
                WasmInstance kept = idle.poll();
                WasmInstance instance = kept == null ? new WasmInstance(program) : kept;
                @Nullable JsonNode document = instance.evaluate(input, facts);
                idle.push(instance);
                return Verdict.answered(document, action);
            } catch (WasmTrap trapped) {
                return Verdict.denial((trapped.isOutOfMemory() ? Failure.BUDGET : Failure.ERROR).reason());
            } catch (ChicoryException | JacksonException | IndexOutOfBoundsException trapped) {
                return Verdict.denial(Failure.ERROR.reason());
            } finally {
                running.remove(Thread.currentThread());
            }
        }
    }
}

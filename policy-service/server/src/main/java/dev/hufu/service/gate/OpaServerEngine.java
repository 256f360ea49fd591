package dev.hufu.service.gate;

import dev.hufu.rego.Value;
import dev.hufu.service.facts.FactsSnapshot;
import dev.hufu.service.gate.OpaServer.Deadline;
import dev.hufu.service.gate.OpaServer.Reply;
import dev.hufu.service.request.Action;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Judges on an OPA server. Modules and facts are put there from here, before the first question and whenever they are not there as
 * they should be: each answer states the digests of both, and one that does not state those of now is not taken. Whatever else comes
 * or does not come is a denial. Looks after the server every two seconds, so that one that comes back is served anew by itself.
 * Thread-safe.
 */
final class OpaServerEngine extends PolicyEngine {
    private static final Logger LOG = LoggerFactory.getLogger(OpaServerEngine.class);
    private static final Duration LOOK = Duration.ofSeconds(2);

    /** For what nobody waits for. */
    private static final Duration UNHURRIED = Duration.ofSeconds(10);

    /** Longest answer to a question, in bytes; one of the shipped policy has some 4,000. */
    private static final int MAX_ANSWER = 1 << 20;

    private static final String JSON = "application/json";

    private final EngineChoice.OpaServer choice;
    private final OpaServer server;
    private final OpaStore store;
    private final ScheduledExecutorService looking;
    private final AtomicReference<Optional<String>> trouble = new AtomicReference<>(Optional.empty());

    OpaServerEngine(EngineChoice.OpaServer choice, Surroundings around) {
        super(around);
        this.choice = choice;
        this.server = new OpaServer(choice.base(), choice.token(), around.random());
        this.store = new OpaStore(server);
        this.looking = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("hufu-opa").daemon().factory());
        var _ = looking.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public String engine() {
        return choice.engine();
    }

    @Override
    public Optional<String> trouble() {
        return trouble.get();
    }

    /** A server that is not there yet will be given the bundle when it is; one that refuses it is no engine for it. */
    @Override
    Evaluator evaluator(CompiledPolicy policy) throws EngineException {
        var served = new Served(OpaModules.of(policy.bundle()));
        switch (store.hold(served.modules, facts(), Deadline.in(UNHURRIED))) {
            case Reply.Taken _ -> {}
            case Reply.Failed failed -> troubled(failed.why());
            case Reply.Refused refused ->
                throw new EngineException(
                        "The OPA server of HUFU_OPA_URL refuses the policy or the facts (HTTP " + refused.status()
                                + (refused.message().isEmpty() ? "" : ", " + refused.message()) + ").",
                        refused.status() == 401 || refused.status() == 403
                                ? "Give HUFU_OPA_TOKEN a token that may use its Data and Policy API."
                                : "See that HUFU_OPA_URL names the root of an OPA server (opa run --server) of its own, with no"
                                        + " bundle over facts, hufu_facts or Hufu's packages.");
        }
        return served;
    }

    /** Looks whether the server is well and holds what it should; what it does not hold it is given. */
    void look() {
        try {
            Optional<Active> active = activeIfAny();
            if (active.isEmpty() || !(active.get().evaluator() instanceof Served served)) {
                return;
            }
            Deadline deadline = Deadline.in(UNHURRIED);
            switch (server.exchange("GET", "/health?bundles", JSON, "", MAX_ANSWER, deadline)) {
                case Reply.Taken _ -> served.look(facts(), deadline);
                case Reply.Refused refused -> troubled("its health is HTTP " + refused.status());
                case Reply.Failed failed -> troubled(failed.why());
            }
        } catch (RuntimeException unforeseen) {
            LOG.error(
                    "looking after the OPA server failed: {}",
                    unforeseen.getClass().getName());
        }
    }

    private void troubled(String why) {
        String told = "The OPA server cannot be used: " + why + ". Every decision is a denial until it can.";
        if (trouble.getAndSet(Optional.of(told)).isEmpty()) {
            LOG.error("{}", told);
        }
    }

    private void well() {
        if (trouble.getAndSet(Optional.empty()).isPresent()) {
            LOG.info("the OPA server can be used again");
        }
    }

    @Override
    public void close() {
        looking.shutdownNow();
        server.close();
    }

    /** A bundle on the server. */
    private final class Served implements Evaluator {
        private final OpaModules modules;

        Served(OpaModules modules) {
            this.modules = modules;
        }

        @Override
        public Verdict judge(Value input, FactsSnapshot facts, Action action) {
            ObjectNode question = JsonNodeFactory.instance.objectNode();
            question.set("input", input.toJsonNode());
            String body = question.toString();
            Deadline deadline = Deadline.in(choice.deadline());
            for (int attempt = 0; attempt < 2; attempt++) {
                switch (store.hold(modules, facts, deadline)) {
                    case Reply.Taken _ -> {}
                    case Reply.Refused refused -> {
                        return unreachable("it refuses policy or facts with HTTP " + refused.status());
                    }
                    case Reply.Failed failed -> {
                        return unreachable(failed.why());
                    }
                }
                switch (server.exchange("POST", "/v1/data/hufu_gate/answer", JSON, body, MAX_ANSWER, deadline)) {
                    case Reply.Taken(JsonNode document)
                    when document != null && document.isObject() -> {
                        if (modules.isBasis(document.at("/result/basis"), facts.digest())) {
                            well();
                            return Verdict.answered(
                                    document.at("/result/decisions").get(0), action);
                        }
                        store.forget(modules, facts);
                    }
                    case Reply.Taken _ -> {
                        return unreachable("its answer is no document");
                    }
                    case Reply.Refused refused -> {
                        if (refused.status() == OpaServer.EVALUATION_FAILED) {
                            return Verdict.denial(Failure.ERROR.reason());
                        }
                        return unreachable("it refuses a question with HTTP " + refused.status());
                    }
                    case Reply.Failed failed -> {
                        return unreachable(failed.why());
                    }
                }
            }
            troubled("it judges by another policy or other facts, even after it was given those of now");
            return Verdict.denial(Failure.OTHER_BASIS.reason());
        }

        /** Whether what should be there is, and puts it there if not. */
        void look(FactsSnapshot facts, Deadline deadline) {
            Reply basis = server.exchange("GET", "/v1/data/hufu_gate/basis", JSON, "", MAX_ANSWER, deadline);
            boolean there = basis instanceof Reply.Taken(JsonNode document)
                    && document != null
                    && modules.isBasis(document.path("result"), facts.digest());
            if (!there) {
                store.forget(modules, facts);
            }
            switch (store.hold(modules, facts, deadline)) {
                case Reply.Taken _ -> well();
                case Reply.Refused refused ->
                    troubled("it refuses policy or facts with HTTP " + refused.status() + " " + refused.message());
                case Reply.Failed failed -> troubled(failed.why());
            }
        }

        private Verdict unreachable(String why) {
            troubled(why);
            return Verdict.denial(Failure.UNREACHABLE.reason());
        }
    }
}

package dev.hufu.service.gate;

import dev.hufu.rego.Budget;
import dev.hufu.rego.BudgetExceededException;
import dev.hufu.rego.Capabilities;
import dev.hufu.rego.CompileOptions;
import dev.hufu.rego.EvaluationException;
import dev.hufu.rego.Obj;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.Policy;
import dev.hufu.rego.PreparedQuery;
import dev.hufu.rego.RegoCompileException;
import dev.hufu.rego.RegoError;
import dev.hufu.rego.Source;
import dev.hufu.rego.Value;
import dev.hufu.service.facts.FactsSnapshot;
import dev.hufu.service.request.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A bundle compiled for the embedded engine. Immutable and thread-safe. */
final class CompiledPolicy {
    /** What one decision may take; the shipped bundle needs a few thousand steps. */
    private static final Budget BUDGET = new Budget(500_000, 100, 5_000_000, Duration.ofSeconds(2));

    /** No network, no clock, no chance, no environment: a decision follows from input and facts alone. */
    private static final Capabilities CAPABILITIES = Capabilities.all()
            .without(
                    "http.send",
                    "net.lookup_ip_addr",
                    "opa.runtime",
                    "rand.intn",
                    "time.now_ns",
                    "uuid.rfc4122",
                    "trace",
                    "print");

    /** Most distinct decisions kept as read. */
    private static final int MAX_VERDICTS = 4_096;

    private final Map<Value, Verdict> verdicts = new ConcurrentHashMap<>();
    private final PolicyBundle bundle;
    private final PreparedQuery decision;
    private final PreparedQuery everything;

    private CompiledPolicy(PolicyBundle bundle, PreparedQuery decision, PreparedQuery everything) {
        this.bundle = bundle;
        this.decision = decision;
        this.everything = everything;
    }

    static CompiledPolicy of(PolicyBundle bundle) throws PolicyBundleException {
        List<Source> sources = new ArrayList<>();
        bundle.modules().forEach((path, text) -> sources.add(new Source(path, text)));
        try {
            Policy policy = Policy.compile(
                    sources,
                    CompileOptions.defaults().withCapabilities(CAPABILITIES).withStrict(true));
            return new CompiledPolicy(
                    bundle, policy.prepare("data.hufu.decision"), policy.prepare("[data.law, data.house]"));
        } catch (RegoCompileException broken) {
            throw new PolicyBundleException(
                    broken.errors().stream().map(RegoError::toString).toList(), broken);
        }
    }

    PolicyBundle bundle() {
        return bundle;
    }

    /** The document that rules find under {@code data}. */
    static Value data(Value facts) {
        return new ObjBuilder().put("facts", facts).build();
    }

    /** The verdict on an input; whatever fails is a denial with a code of its own. */
    Verdict judge(Value input, Value data, Action action) {
        try {
            Optional<Value> document = decision.evaluate(input, data, BUDGET);
            if (document.isEmpty()) {
                return Verdict.denial(Failure.UNDEFINED.reason());
            }
            return read(document.get()).bounded(action);
        } catch (BudgetExceededException exceeded) {
            return Verdict.denial(Failure.BUDGET.reason());
        } catch (EvaluationException failed) {
            return Verdict.denial(Failure.ERROR.reason());
        } catch (IllegalArgumentException malformed) {
            return Verdict.denial(Failure.MALFORMED.reason());
        }
    }

    /** Decisions repeat: the same document is read once. What does not read is not kept. */
    private Verdict read(Value document) {
        Verdict known = verdicts.get(document);
        if (known != null) {
            return known;
        }
        Verdict fresh = Verdict.read(document.toJsonNode());
        if (verdicts.size() >= MAX_VERDICTS) {
            verdicts.clear();
        }
        verdicts.put(document, fresh);
        return fresh;
    }

    /** Judges in this process; what a snapshot is to rules is worked out once for as long as it is the one asked by. */
    Evaluator evaluator() {
        var data = new AtomicReference<@Nullable Data>();
        return (input, facts, action) -> {
            Data known = data.get();
            if (known == null || known.snapshot() != facts) {
                known = new Data(facts, data(Value.fromJson(facts.document())));
                data.set(known); // two threads that meet a new one at the same time both convert, to equal values
            }
            return judge(input, known.document(), action);
        };
    }

    /** A snapshot as rules read it. */
    private record Data(FactsSnapshot snapshot, Value document) {}

    /** The decision's document for a request and facts given as JSON. */
    @Nullable
    Value evaluate(JsonNode input, JsonNode facts) {
        return decision.evaluate(Value.fromJson(input), data(Value.fromJson(facts)), BUDGET)
                .orElse(null);
    }

    /** All that law and house define without any request: constants, the reasons among them. */
    @Nullable
    Value constants() {
        try {
            return everything.evaluate(Obj.EMPTY, data(Obj.EMPTY), BUDGET).orElse(null);
        } catch (EvaluationException failed) {
            return null;
        }
    }
}

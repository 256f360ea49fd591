package dev.hufu.rego.explain;

import dev.hufu.rego.Budget;
import dev.hufu.rego.EvaluationException;
import dev.hufu.rego.Value;
import dev.hufu.rego.plan.Plan;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A query of {@link Explained} modules. Safe for any number of threads. */
public final class ExplainedQuery {
    private final Explained program;
    private final String text;
    private final Plan.Single traced;
    private final Plan.Single plain;
    private final Comparisons comparisons;

    ExplainedQuery(Explained program, String text, Plan.Single traced, Plan.Single plain, Comparisons comparisons) {
        this.program = program;
        this.text = text;
        this.traced = traced;
        this.plain = plain;
        this.comparisons = comparisons;
    }

    public String text() {
        return text;
    }

    /** As {@link dev.hufu.rego.PreparedQuery#evaluate}. */
    public Optional<Value> evaluate(@Nullable Value input, @Nullable Value data, Budget budget) {
        return plain.evaluate(input, data, budget);
    }

    /** Evaluates and tells; an evaluation that ends in an error is told up to it. */
    public Trace trace(@Nullable Value input, @Nullable Value data, Budget budget, TraceOptions options) {
        Recorder recorder = new Recorder(program, text, options);
        try {
            return recorder.trace(traced.trace(input, data, budget, recorder), null);
        } catch (EvaluationException failed) {
            return recorder.trace(Optional.empty(), failed.getMessage());
        }
    }

    /** What the input's attributes may be changed to, as far as the policy, its data and whoever gives more say. */
    public Domains domains(@Nullable Value input, @Nullable Value data, Domains.Given given) {
        return Domains.of(input, given, new HintFinder(comparisons, input, data).find());
    }

    /**
     * The smallest changes of the input that give what is wanted; each was evaluated.
     *
     * @param nanos a clock that only ever grows, {@code System::nanoTime}
     */
    public Changes changes(
            @Nullable Value input,
            @Nullable Value data,
            Wanted wanted,
            Domains domains,
            SearchLimits limits,
            LongSupplier nanos) {
        return new ChangeSearch(program, traced, plain, input, data, wanted, domains, limits, nanos).search();
    }
}

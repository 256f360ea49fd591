package dev.hufu.rego.explain;

import dev.hufu.rego.Budget;
import dev.hufu.rego.EvaluationException;
import dev.hufu.rego.Value;
import dev.hufu.rego.plan.Plan;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A query of {@link Explained} modules. Safe for any number of threads. */
public final class ExplainedQuery {
    private final Explained program;
    private final String text;
    private final Plan.Single plan;

    ExplainedQuery(Explained program, String text, Plan.Single plan) {
        this.program = program;
        this.text = text;
        this.plan = plan;
    }

    public String text() {
        return text;
    }

    /** Evaluates and tells; an evaluation that ends in an error is told up to it. */
    public Trace trace(@Nullable Value input, @Nullable Value data, Budget budget, TraceOptions options) {
        Recorder recorder = new Recorder(program, text, options);
        try {
            return recorder.trace(plan.trace(input, data, budget, recorder), null);
        } catch (EvaluationException failed) {
            return recorder.trace(Optional.empty(), failed.getMessage());
        }
    }
}

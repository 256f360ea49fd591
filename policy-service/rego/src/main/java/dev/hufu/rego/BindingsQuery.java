package dev.hufu.rego;

import dev.hufu.rego.plan.Plan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query whose answer is every way its variables can be bound. Safe for any number of threads. */
public final class BindingsQuery {
    private final Plan.Rows plan;

    BindingsQuery(Plan.Rows plan) {
        this.plan = plan;
    }

    /** One object for each way in which the query holds: variable name to value. Errors as {@link PreparedQuery}. */
    public List<Obj> evaluate(@Nullable Value input, @Nullable Value data, Budget budget) {
        return plan.evaluate(input, data, budget);
    }
}

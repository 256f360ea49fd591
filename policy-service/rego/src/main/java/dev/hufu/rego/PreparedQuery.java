package dev.hufu.rego;

import dev.hufu.rego.plan.Plan;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A query, planned. Any number of threads may evaluate it at once; evaluations share nothing that changes. */
public final class PreparedQuery {
    private final Plan.Single plan;

    PreparedQuery(Plan.Single plan) {
        this.plan = plan;
    }

    /**
     * The query's value, empty where it is undefined.
     *
     * @param input null where there is none
     * @param data the base documents, null for none
     * @throws EvaluationException on a conflict, or on a builtin's error in strict mode
     * @throws BudgetExceededException where the budget ends first
     */
    public Optional<Value> evaluate(@Nullable Value input, @Nullable Value data, Budget budget) {
        return plan.evaluate(input, data, budget);
    }
}

package dev.hufu.rego;

/** An evaluation that would have taken more than its {@link Budget}; it left nothing behind. */
public final class BudgetExceededException extends EvaluationException {
    /** What ran out. */
    public enum Limit {
        STEPS,
        DEPTH,
        SIZE,
        TIME
    }

    private final Limit limit;

    public BudgetExceededException(Limit limit, long bound) {
        super(BUDGET, "", limit.name().toLowerCase(java.util.Locale.ROOT) + " budget of " + bound + " exceeded");
        this.limit = limit;
    }

    public Limit limit() {
        return limit;
    }
}

package dev.hufu.rego;

/** An evaluation that came to no result: a conflict, a builtin's error in strict mode, a budget that ran out. */
public class EvaluationException extends RuntimeException {
    public static final String CONFLICT = "eval_conflict_error";
    public static final String BUILTIN = "eval_builtin_error";
    public static final String TYPE = "eval_type_error";
    public static final String WITH_MERGE = "eval_with_merge_error";
    public static final String BUDGET = "eval_budget_error";

    private final String code;

    public EvaluationException(String code, String where, String message) {
        super((where.isEmpty() ? "" : where + ": ") + code + ": " + message, null, false, false);
        this.code = code;
    }

    /** OPA's code, or {@link #BUDGET}. */
    public final String code() {
        return code;
    }
}

package dev.hufu.service.gate;

/** Denials that are nobody's rule: the gate could not come to a decision, and so denies. */
enum Failure {
    /** A rule failed while it was evaluated. */
    ERROR(
            "policy.error",
            "策略求值出错，在修复之前一律不允许。",
            "The policy failed while it was evaluated; until it is mended everything is denied."),
    /** A rule took more than a decision may take. */
    BUDGET("policy.budget", "策略求值超出了一次决定的限额。", "The policy took more than one decision may take."),
    /** No branch of the decision held. */
    UNDEFINED("policy.undefined", "策略没有得出决定；没有决定即不允许。", "The policy came to no decision; without one it is denied."),
    /** What the policy answered is no decision. */
    MALFORMED(
            "policy.malformed",
            "策略给出的不是一个完整的决定，或者含有未知的义务。",
            "What the policy answered is no whole decision, or carries an obligation that is not known."),
    /** A permit for a statistic without a smallest group. */
    OBLIGATION(
            "policy.obligation",
            "策略允许了统计，但没有规定最小分组人数。",
            "The policy permits a statistic without stating the smallest group.");

    private static final Text REMEDY =
            new Text("请管理员查看策略和登记册的状态。", "Have the administrator look at the state of policy and registers.");

    private final String code;
    private final String zh;
    private final String en;

    Failure(String code, String zh, String en) {
        this.code = code;
        this.zh = zh;
        this.en = en;
    }

    Reason reason() {
        return new Reason("hufu.gate", code, "PIPL 51", new Text(zh, en), REMEDY);
    }
}

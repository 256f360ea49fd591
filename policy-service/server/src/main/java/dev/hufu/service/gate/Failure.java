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
            "The policy permits a statistic without stating the smallest group."),
    /** The OPA server gave no answer that can be taken. */
    UNREACHABLE(
            "policy.unreachable",
            "策略服务器没有在时限内给出可用的答复；没有答复即不允许。",
            "The policy server gave no usable answer in time; without one it is denied.",
            "请稍后重试；仍不成功时，请管理员查看 OPA 服务器和系统状态。",
            "Try again shortly; if it stays so, have the administrator look at the OPA server and at Hufu's status."),
    /** The OPA server's answer is not by the bundle and the facts of now. */
    OTHER_BASIS(
            "policy.otherBasis",
            "策略服务器依据的不是现行的策略和登记册，其答复不予采用。",
            "The policy server judged by another policy or other registers than those of now; its answer was not taken.",
            "请稍后重试；仍不成功时，请管理员确认没有别的程序改动该 OPA 服务器。",
            "Try again shortly; if it stays so, have the administrator see that nothing else changes that OPA server.");

    private final String code;
    private final String zh;
    private final String en;
    private final String remedyZh;
    private final String remedyEn;

    Failure(String code, String zh, String en) {
        this(code, zh, en, "请管理员查看策略和登记册的状态。", "Have the administrator look at the state of policy and registers.");
    }

    Failure(String code, String zh, String en, String remedyZh, String remedyEn) {
        this.code = code;
        this.zh = zh;
        this.en = en;
        this.remedyZh = remedyZh;
        this.remedyEn = remedyEn;
    }

    Reason reason() {
        return new Reason("hufu.gate", code, "PIPL 51", new Text(zh, en), new Text(remedyZh, remedyEn));
    }
}

package dev.hufu.service.web;

import dev.hufu.auditlog.witness.WitnessTrouble;

/** What is wrong with a witness and who can mend it, in both languages. */
public final class WitnessWords {
    private WitnessWords() {}

    /** The same words for both, as a sentence without its end. */
    public static String trouble(WitnessTrouble trouble, boolean chinese) {
        return chinese ? chinese(trouble) : english(trouble);
    }

    private static String english(WitnessTrouble trouble) {
        return switch (trouble) {
            case AWAY -> "it cannot be reached";
            case SLOW -> "it does not answer in time";
            case FALSE_SIGNATURE -> "its signature is false: it lies or is broken";
            case OTHER_KEY -> "it signs with another key than the one configured";
            case LOG_UNKNOWN -> "it does not know this log; its operator gives it the log’s key";
            case LOG_NOT_SIGNED -> "it does not accept this log’s signature; compare the log’s key";
            case AHEAD -> "it has cosigned more entries than this log has: the log was put back, or the witness lies";
            case CONFLICT -> "it has cosigned another tree of this size: the log was forked, or the witness lies";
            case FORK ->
                "it has cosigned a tree that this log does not continue: the log was forked, or the witness lies";
            case NONSENSE -> "it answers what no witness does";
        };
    }

    private static String chinese(WitnessTrouble trouble) {
        return switch (trouble) {
            case AWAY -> "无法连接";
            case SLOW -> "未在时限内应答";
            case FALSE_SIGNATURE -> "签名不实：该见证方作假或已损坏";
            case OTHER_KEY -> "所用公钥与配置不符";
            case LOG_UNKNOWN -> "它不认识这个日志，请其运维方登记本日志的公钥";
            case LOG_NOT_SIGNED -> "它不认可本日志的签名，请核对日志公钥";
            case AHEAD -> "它联署过的记录比本日志现有的还多：日志被回退，或见证方作假";
            case CONFLICT -> "它联署过同样大小的另一棵树：日志有分叉，或见证方作假";
            case FORK -> "它联署过的树与本日志不连续：日志有分叉，或见证方作假";
            case NONSENSE -> "应答不符合见证协议";
        };
    }
}

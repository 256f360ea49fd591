package dev.hufu.service.web;

import dev.hufu.service.identity.AccountRefusal;
import dev.hufu.service.identity.Passwords;
import dev.hufu.service.identity.Tokens;
import java.util.Map;

/** Refusals of account and token changes as problems. */
final class AccountProblems {
    private AccountProblems() {}

    static ProblemException of(AccountRefusal refusal) {
        return switch (refusal) {
            case NO_SUCH_ACCOUNT ->
                problem(ProblemType.NOT_FOUND, "There is no such account. GET /api/v1/accounts lists them.", "没有该账号。");
            case NAME_TAKEN ->
                problem(ProblemType.CONFLICT, "An account of this name exists. Choose another name.", "账号名已存在，请换一个。");
            case LAST_ADMIN ->
                problem(
                        ProblemType.CONFLICT,
                        "This is the last administrator. Give another account the role admin first.",
                        "这是最后一个管理员，请先给另一个账号管理员角色。");
            case WRONG_PASSWORD -> problem(ProblemType.INVALID, "The current password is not this one.", "当前密码不正确。");
            case WEAK_PASSWORD ->
                problem(
                        ProblemType.INVALID,
                        "A new password has " + Passwords.MIN_CHARACTERS + " to " + Passwords.MAX_CHARACTERS
                                + " characters, is not the account's name and not the one before.",
                        "新密码需 " + Passwords.MIN_CHARACTERS + " 至 " + Passwords.MAX_CHARACTERS
                                + " 个字符，不能是账号名，也不能与旧密码相同。");
            case NO_SUCH_TOKEN ->
                problem(ProblemType.NOT_FOUND, "You have no such token. GET /api/v1/tokens lists yours.", "您没有该令牌。");
            case TOO_MANY_TOKENS ->
                problem(
                        ProblemType.CONFLICT,
                        "An account has at most " + Tokens.MAX_ACTIVE + " working tokens. Revoke some first.",
                        "每个账号最多 " + Tokens.MAX_ACTIVE + " 个有效令牌，请先撤销一些。");
            case SCOPE_NOT_YOURS ->
                problem(
                        ProblemType.FORBIDDEN,
                        "Your role does not carry a scope you ask for: `log` needs auditor or admin, `import` needs steward"
                                + " or admin.",
                        "您的角色不能使用所要求的范围：log 需要 auditor 或 admin，import 需要 steward 或 admin。");
            case TOO_LONG ->
                problem(
                        ProblemType.INVALID,
                        "A token lives at most " + Tokens.LONGEST_LIFE.toDays() + " days. Ask for less.",
                        "令牌有效期最长 " + Tokens.LONGEST_LIFE.toDays() + " 天。");
        };
    }

    static ProblemException busy() {
        return new ProblemException(
                ProblemType.BUSY,
                "Too many passwords are being checked. Try again in a few seconds.",
                "正在核对的密码过多，请几秒后再试。",
                Map.of("retryAfterSeconds", 5));
    }

    private static ProblemException problem(ProblemType type, String en, String zh) {
        return new ProblemException(type, en, zh);
    }
}

package dev.hufu.service.web.security;

import dev.hufu.service.web.ProblemException;
import dev.hufu.service.web.ProblemType;
import dev.hufu.service.web.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.access.AccessDeniedHandler;

/** Tells a known caller why a door stays shut, and which way leads in. */
public final class RefusedAccess implements AccessDeniedHandler {
    private final ProblemWriter problems;

    public RefusedAccess(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        problems.write(problem(), request, response);
    }

    private static ProblemException problem() {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof CallerAuthentication caller) {
            if (caller.account().mustReplacePassword()) {
                return new ProblemException(
                        ProblemType.REPLACE_PASSWORD,
                        "This is a one-time password; it opens nothing but its own replacement. POST {\"current\", \"new\"}"
                                + " to /api/v1/account/password, or sign in to the pages.",
                        "这是一次性密码，只能用来设置新密码：向 /api/v1/account/password 发送 {\"current\", \"new\"}，或登录页面。");
            }
            if (caller.grant().isPresent()) {
                return new ProblemException(
                        ProblemType.TOKEN_SCOPE,
                        "This token was not made for this. Make one with the scope needed, or use the account's password.",
                        "该令牌的范围不包括此操作。请生成具有相应范围的令牌，或使用账号密码。");
            }
        }
        return new ProblemException(
                ProblemType.FORBIDDEN,
                "Your role does not open this door. An administrator sets roles.",
                "您的角色无权进行此操作，角色由管理员设置。");
    }
}

package dev.hufu.service.web.security;

import dev.hufu.service.identity.Account;
import dev.hufu.service.identity.Accounts;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Gives a session the account as it is now: new roles hold with the next click, and a disabled account or a new password ends it. */
public final class CurrentAccountFilter extends OncePerRequestFilter {
    private final Accounts accounts;

    public CurrentAccountFilter(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof CallerAuthentication then) {
            Optional<Account> now = accounts.usable(then.account().id())
                    .filter(account -> account.credential() == then.account().credential());
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            now.ifPresent(account -> context.setAuthentication(new CallerAuthentication(account, Optional.empty())));
            SecurityContextHolder.setContext(context);
            if (now.isEmpty()) {
                end(request);
            }
        }
        chain.doFilter(request, response);
    }

    private static void end(HttpServletRequest request) {
        @Nullable HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }
}

package dev.hufu.service.web.security;

import dev.hufu.service.identity.Account;
import dev.hufu.service.identity.TokenGrant;
import dev.hufu.service.request.Principal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * Who is calling, and by what: a password or a session (no grant), or a token with what it may be used for. Its principal is the
 * path's {@link Principal}. An account that must replace its password has no role.
 */
public final class CallerAuthentication extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1L;

    private final transient Account account;
    private final transient Optional<TokenGrant> grant;

    public CallerAuthentication(Account account, Optional<TokenGrant> grant) {
        super(
                account.mustReplacePassword()
                        ? List.of()
                        : account.principal().roles().stream()
                                .sorted()
                                .map(role -> new SimpleGrantedAuthority("ROLE_" + role))
                                .toList());
        this.account = account;
        this.grant = grant;
        setAuthenticated(true);
    }

    public Account account() {
        return account;
    }

    /** What the token may be used for; empty for a password or a session, which no token narrows. */
    public Optional<TokenGrant> grant() {
        return grant;
    }

    @Override
    public Principal getPrincipal() {
        return account.principal();
    }

    /** None: a password is not kept. */
    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public String getName() {
        return account.id().value();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CallerAuthentication caller
                && caller.account.equals(account)
                && caller.grant.equals(grant);
    }

    @Override
    public int hashCode() {
        return java.util.Objects.hash(account, grant);
    }
}

package dev.hufu.service.web.security;

import dev.hufu.service.identity.Role;
import dev.hufu.service.identity.TokenScope;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * One address, and what it asks of a caller.
 *
 * @param method empty for every method
 * @param roles who may pass with a password or a session; unused when open
 * @param scope what a token needs in order to pass; empty when none will do
 * @param whileReplacing whether an account with a one-time password may pass
 */
public record Door(
        Optional<HttpMethod> method,
        PathPattern pattern,
        boolean open,
        Set<Role> roles,
        Optional<TokenScope> scope,
        boolean whileReplacing) {
    static final Set<Role> ANYONE = Set.copyOf(EnumSet.allOf(Role.class));

    public Door {
        roles = Set.copyOf(roles);
    }

    static Door open(HttpMethod method, String pattern) {
        return new Door(Optional.of(method), parse(pattern), true, ANYONE, Optional.empty(), true);
    }

    static Door forRoles(HttpMethod method, String pattern, Set<Role> roles) {
        return new Door(Optional.of(method), parse(pattern), false, roles, Optional.empty(), false);
    }

    static Door page(String pattern, Set<Role> roles) {
        return new Door(Optional.empty(), parse(pattern), false, roles, Optional.empty(), false);
    }

    Door orToken(TokenScope needed) {
        return new Door(method, pattern, open, roles, Optional.of(needed), whileReplacing);
    }

    Door evenWhileReplacing() {
        return new Door(method, pattern, open, roles, scope, true);
    }

    boolean leadsTo(HttpMethod asked, PathContainer path) {
        return (method.isEmpty() || method.get().equals(asked)) && pattern.matches(path);
    }

    /** Whether this caller may pass. */
    boolean letsPass(CallerAuthentication caller) {
        if (caller.account().mustReplacePassword()) {
            return whileReplacing && caller.grant().isEmpty();
        }
        Set<Role> held = caller.account().profile().roles();
        return caller.grant()
                .map(grant -> scope.filter(needed -> grant.scopes().contains(needed) && needed.open(held))
                        .isPresent())
                .orElseGet(() -> held.stream().anyMatch(roles::contains));
    }

    private static PathPattern parse(String pattern) {
        return PathPatternParser.defaultInstance.parse(pattern);
    }
}

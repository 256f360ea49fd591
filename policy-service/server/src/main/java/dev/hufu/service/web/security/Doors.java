package dev.hufu.service.web.security;

import static dev.hufu.service.identity.Role.ADMIN;
import static dev.hufu.service.identity.Role.ANALYST;
import static dev.hufu.service.identity.Role.AUDITOR;
import static dev.hufu.service.identity.Role.EMPLOYEE;
import static dev.hufu.service.identity.Role.HR;
import static dev.hufu.service.identity.Role.LEGAL;
import static dev.hufu.service.identity.Role.SECURITY;
import static dev.hufu.service.identity.Role.STEWARD;
import static dev.hufu.service.web.security.Door.ANYONE;
import static dev.hufu.service.web.security.Door.forRoles;
import static dev.hufu.service.web.security.Door.open;
import static dev.hufu.service.web.security.Door.page;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import dev.hufu.service.identity.TokenScope;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/**
 * The whole table of who may pass where; the first door that leads to an address decides. What a caller may ask of people data
 * behind the doors to queries and decisions is for the gate, which writes its denials into the log; a door only keeps out who has
 * no business there. An address without a door takes any caller who is known, and finds nothing there.
 */
public final class Doors implements AuthorizationManager<RequestAuthorizationContext> {
    /** REST, AuthZEN, the log, and what describes them. */
    public static final List<Door> INTERFACES = List.of(
            open(GET, "/actuator/health/**"),
            open(GET, "/openapi.yaml"),
            open(GET, "/.well-known/authzen-configuration"),
            open(GET, "/log/v1/checkpoint"),
            open(GET, "/log/v1/checkpoint.cosigned"),
            open(GET, "/log/v1/log.vkey"),
            forRoles(GET, "/log/v1/tile/entries/**", Set.of(AUDITOR)).orToken(TokenScope.LOG),
            open(GET, "/log/v1/tile/**"),
            forRoles(POST, "/api/v1/queries", ANYONE).orToken(TokenScope.QUERY),
            forRoles(POST, "/api/v1/queries/pre-check", ANYONE).orToken(TokenScope.QUERY),
            forRoles(POST, "/api/v1/decisions", ANYONE).orToken(TokenScope.DECIDE),
            forRoles(POST, "/access/v1/evaluation", ANYONE).orToken(TokenScope.DECIDE),
            forRoles(GET, "/api/v1/receipts/{id}", ANYONE).orToken(TokenScope.RECEIPTS),
            forRoles(GET, "/api/v1/datasets/**", ANYONE).orToken(TokenScope.CATALOGUE),
            forRoles(GET, "/api/v1/status", Set.of(ADMIN, STEWARD, SECURITY, AUDITOR)),
            forRoles(GET, "/actuator/metrics/**", Set.of(ADMIN, SECURITY, AUDITOR)),
            forRoles(POST, "/api/v1/imports/**", Set.of(STEWARD, ADMIN)).orToken(TokenScope.IMPORT),
            forRoles(GET, "/api/v1/tokens", ANYONE),
            forRoles(POST, "/api/v1/tokens", ANYONE),
            forRoles(DELETE, "/api/v1/tokens/{id}", ANYONE),
            forRoles(GET, "/api/v1/account", ANYONE).orToken(TokenScope.CATALOGUE),
            forRoles(POST, "/api/v1/account/password", ANYONE).evenWhileReplacing(),
            forRoles(GET, "/api/v1/accounts", Set.of(ADMIN)),
            forRoles(POST, "/api/v1/accounts", Set.of(ADMIN)),
            forRoles(GET, "/api/v1/accounts/{name}", Set.of(ADMIN)),
            forRoles(PUT, "/api/v1/accounts/{name}", Set.of(ADMIN)),
            forRoles(POST, "/api/v1/accounts/{name}/disable", Set.of(ADMIN)),
            forRoles(POST, "/api/v1/accounts/{name}/enable", Set.of(ADMIN)),
            forRoles(POST, "/api/v1/accounts/{name}/password", Set.of(ADMIN)));

    /** Pages. */
    public static final List<Door> PAGES = List.of(
            open(GET, "/login"),
            open(POST, "/login"),
            open(GET, "/assets/**"),
            open(GET, "/favicon.ico"),
            open(GET, "/problems/**"),
            page("/account/password", ANYONE).evenWhileReplacing(),
            page("/logout", ANYONE).evenWhileReplacing(),
            page("/receipts/**", ANYONE),
            page("/query/**", Set.of(ANALYST, HR, STEWARD, LEGAL, SECURITY)),
            page("/policy/**", Set.of(LEGAL, SECURITY, AUDITOR)),
            page("/witnesses/**", Set.of(SECURITY, AUDITOR)),
            page("/my-data/**", Set.of(EMPLOYEE)));

    /** The door to an address, when there is one. */
    public static Optional<Door> leadingTo(HttpMethod method, String path) {
        PathContainer parsed = PathContainer.parsePath(path);
        HttpMethod asked = method.equals(HttpMethod.HEAD) ? GET : method;
        return Stream.concat(INTERFACES.stream(), PAGES.stream())
                .filter(door -> door.leadsTo(asked, parsed))
                .findFirst();
    }

    static boolean needsCredential(HttpServletRequest request) {
        return leadingTo(HttpMethod.valueOf(request.getMethod()), request.getRequestURI())
                .map(door -> !door.open())
                .orElse(true);
    }

    @Override
    public AuthorizationDecision authorize(
            Supplier<? extends @Nullable Authentication> authentication, RequestAuthorizationContext context) {
        HttpServletRequest request = context.getRequest();
        Optional<Door> door = leadingTo(HttpMethod.valueOf(request.getMethod()), request.getRequestURI());
        if (door.isPresent() && door.get().open()) {
            return new AuthorizationDecision(true);
        }
        boolean passes = authentication.get() instanceof CallerAuthentication caller
                && door.map(found -> found.letsPass(caller))
                        .orElseGet(() -> !caller.account().mustReplacePassword());
        return new AuthorizationDecision(passes);
    }
}

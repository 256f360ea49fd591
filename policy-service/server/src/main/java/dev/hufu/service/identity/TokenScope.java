package dev.hufu.service.identity;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The doors that a token may open; accounts and tokens themselves are behind none of them. */
public enum TokenScope {
    /** Ask gated queries. */
    QUERY,
    /** Ask the gate for decisions only, AuthZEN included. */
    DECIDE,
    /** Fetch receipts. */
    RECEIPTS,
    /** Read which datasets there are. */
    CATALOGUE,
    /** Import a dataset. */
    IMPORT,
    /** Read the log's entries. */
    LOG;

    /** What every account may put into a token. */
    public static final Set<TokenScope> USUAL = Set.copyOf(EnumSet.of(QUERY, DECIDE, RECEIPTS, CATALOGUE));

    /** What a token gets that asks for nothing in particular: all that the roles carry, but the log's entries only on request. */
    public static Set<TokenScope> unasked(Set<Role> roles) {
        return Stream.of(values())
                .filter(scope -> scope != LOG && scope.open(roles))
                .collect(Collectors.toUnmodifiableSet());
    }

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<TokenScope> of(String wire) {
        return Stream.of(values()).filter(scope -> scope.wire().equals(wire)).findFirst();
    }

    /** Whether an account with these roles may put this scope into a token. */
    public boolean open(Set<Role> roles) {
        return switch (this) {
            case QUERY, DECIDE, RECEIPTS, CATALOGUE -> true;
            case IMPORT -> roles.contains(Role.STEWARD) || roles.contains(Role.ADMIN);
            case LOG -> roles.contains(Role.AUDITOR) || roles.contains(Role.ADMIN);
        };
    }
}

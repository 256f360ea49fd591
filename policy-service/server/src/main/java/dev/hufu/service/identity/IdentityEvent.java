package dev.hufu.service.identity;

import dev.hufu.service.request.AccountId;
import java.time.Instant;
import java.util.Set;

/**
 * What happened to accounts, sessions and tokens; each becomes an entry of the log.
 *
 * <p>{@code by} is who did it, {@code account} whom it concerns.
 */
public sealed interface IdentityEvent {
    AccountId by();

    AccountId account();

    /** A session of the pages began. */
    record SessionStarted(AccountId account) implements IdentityEvent {
        @Override
        public AccountId by() {
            return account;
        }
    }

    /** A token was made. */
    record TokenMade(AccountId account, String tokenId, TokenGrant grant, Instant expiresAt) implements IdentityEvent {
        @Override
        public AccountId by() {
            return account;
        }
    }

    /** A token was ended before its time. */
    record TokenRevoked(AccountId by, AccountId account, String tokenId) implements IdentityEvent {}

    /** An account was made. */
    record AccountCreated(AccountId by, AccountId account, Set<Role> roles) implements IdentityEvent {
        public AccountCreated {
            roles = Set.copyOf(roles);
        }
    }

    /** An account's roles, unit, region or training changed. */
    record ProfileChanged(AccountId by, AccountId account, Set<Role> roles) implements IdentityEvent {
        public ProfileChanged {
            roles = Set.copyOf(roles);
        }
    }

    /** An account may no longer sign in. */
    record AccountDisabled(AccountId by, AccountId account) implements IdentityEvent {}

    /** An account may sign in again. */
    record AccountEnabled(AccountId by, AccountId account) implements IdentityEvent {}

    /** An administrator gave an account a one-time password. */
    record PasswordReset(AccountId by, AccountId account) implements IdentityEvent {}

    /** An account replaced its own password. */
    record PasswordReplaced(AccountId account) implements IdentityEvent {
        @Override
        public AccountId by() {
            return account;
        }
    }
}

package dev.hufu.service.identity;

import dev.hufu.service.request.AccountId;
import java.time.Instant;
import java.util.Optional;

/**
 * A token as it stands now; its secret is known only to whoever got it.
 *
 * @param prefix the first characters of the secret, to recognise it by
 */
public record AccessToken(
        String id,
        AccountId account,
        String prefix,
        TokenGrant grant,
        String note,
        Instant createdAt,
        Instant expiresAt,
        Optional<Instant> revokedAt) {

    /** Whether it works. */
    public enum State {
        ACTIVE,
        EXPIRED,
        REVOKED
    }

    public State state(Instant now) {
        return revokedAt.isPresent() ? State.REVOKED : now.isBefore(expiresAt) ? State.ACTIVE : State.EXPIRED;
    }
}

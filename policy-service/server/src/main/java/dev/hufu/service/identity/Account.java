package dev.hufu.service.identity;

import dev.hufu.service.request.AccountId;
import dev.hufu.service.request.Principal;
import java.time.Instant;

/**
 * An account as it stands now.
 *
 * @param credential counts the changes of password and state; what was proved against another count proves nothing
 * @param demo made by demo mode, and asleep outside it
 * @param disabled may not sign in, and its tokens do not work
 * @param mustReplacePassword holds a one-time password, which opens nothing but its own replacement
 */
public record Account(
        AccountId id,
        Profile profile,
        long credential,
        boolean demo,
        boolean disabled,
        boolean mustReplacePassword,
        Instant createdAt) {

    /** What the path may know of it. */
    public Principal principal() {
        return new Principal(
                id,
                Role.wires(profile.roles()),
                profile.orgUnit(),
                profile.region(),
                profile.trainingValidUntil(),
                profile.employeeId());
    }

    public boolean has(Role role) {
        return profile.roles().contains(role);
    }
}

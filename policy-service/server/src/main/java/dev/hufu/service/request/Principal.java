package dev.hufu.service.request;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/**
 * Who asks: an account with what policy may know of it.
 *
 * @param roles names of roles, never empty for an active account
 * @param orgUnit the level-1 unit that the account belongs to, when it has one
 * @param employeeId the person's own employee id, when the account is a person's; never written outside the encrypted fields
 * @param trainingValidUntil last day on which the training on personal information protection counts (PIPL Art. 51)
 */
public record Principal(
        AccountId account,
        Set<String> roles,
        Optional<String> orgUnit,
        Optional<String> region,
        Optional<LocalDate> trainingValidUntil,
        Optional<String> employeeId) {
    public Principal {
        roles = Set.copyOf(roles);
    }

    public boolean hasRole(String role) {
        return roles.contains(role);
    }
}

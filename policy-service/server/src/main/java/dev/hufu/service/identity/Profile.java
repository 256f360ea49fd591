package dev.hufu.service.identity;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/**
 * What an administrator says of an account.
 *
 * @param roles one or more
 * @param orgUnit level-1 unit, at most 120 characters
 * @param region at most 120 characters
 * @param trainingValidUntil last day on which the training on personal information protection counts (PIPL Art. 51)
 * @param employeeId the person's own employee id, when the account is a person's
 * @throws IllegalArgumentException when there is no role or a text is too long
 */
public record Profile(
        Set<Role> roles,
        Optional<String> orgUnit,
        Optional<String> region,
        Optional<LocalDate> trainingValidUntil,
        Optional<String> employeeId) {
    private static final int MAX_TEXT = 120;

    public Profile {
        roles = Set.copyOf(roles);
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("an account has at least one role");
        }
        for (Optional<String> text : java.util.List.of(orgUnit, region, employeeId)) {
            if (text.isPresent() && (text.get().isBlank() || text.get().length() > MAX_TEXT)) {
                throw new IllegalArgumentException(
                        "orgUnit, region and employeeId have 1 to " + MAX_TEXT + " characters, or are left out");
            }
        }
    }
}

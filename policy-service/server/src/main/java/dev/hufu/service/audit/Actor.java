package dev.hufu.service.audit;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The acting person, and what only they wrote. All of it stands in the log only as ciphertext under their key.
 *
 * @param account their account
 * @param roles their roles
 * @param unit their organisation unit
 * @param texts free texts of theirs, by name: {@code justification}, {@code sql}, {@code client}; long ones are cut, with
 *     a digest of the whole
 */
public record Actor(String account, List<String> roles, Optional<String> unit, Map<String, String> texts) {
    /** Copies the collections. */
    public Actor {
        roles = List.copyOf(roles);
        texts = Map.copyOf(texts);
    }

    /** An actor of whom nothing but the account matters. */
    public static Actor of(String account) {
        return new Actor(account, List.of(), Optional.empty(), Map.of());
    }
}

package dev.hufu.service.registers;

import java.time.Instant;
import java.util.List;

/**
 * A change of a register, as the audit log keeps it.
 *
 * @param register wire name of the register, {@code datasets} or {@code vocabulary}
 * @param kind what happened
 * @param ids records concerned; never a person
 * @param digest SHA-256 of the new content, {@code sha256:} and 64 hexadecimal digits
 * @param by the account that asked, or {@code system}
 */
public record RegisterChange(String register, Kind kind, List<String> ids, String digest, String by, Instant time) {
    /** What happened to the records. */
    public enum Kind {
        /** First content, from the policy files. */
        LOADED,
        SAVED,
        REMOVED
    }

    public RegisterChange {
        ids = List.copyOf(ids);
    }
}

package dev.hufu.service.identity;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What an account may be. Policy reads the lower-case names; the doors of the server are opened by them. */
public enum Role {
    LEGAL,
    SECURITY,
    HR,
    STEWARD,
    ANALYST,
    EMPLOYEE,
    AUDITOR,
    ADMIN;

    /** The name on the wire, in policy and in the database. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> of(String wire) {
        return Stream.of(values()).filter(role -> role.wire().equals(wire)).findFirst();
    }

    static Set<String> wires(Set<Role> roles) {
        var wires = new TreeSet<String>();
        roles.forEach(role -> wires.add(role.wire()));
        return wires;
    }
}

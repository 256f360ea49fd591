package dev.hufu.service.audit;

import java.util.Arrays;
import java.util.Optional;

/** What happened. The wire form is the CloudEvents {@code type}. */
public enum EntryType {
    DECISION_PERMIT("dev.hufu.decision.permit"),
    DECISION_DENY("dev.hufu.decision.deny"),
    QUERY_FAILURE("dev.hufu.query.failure"),
    POLICY_LOAD("dev.hufu.policy.load"),
    POLICY_ACTIVATION("dev.hufu.policy.activation"),
    REGISTER_CHANGE("dev.hufu.register.change"),
    IMPORT("dev.hufu.import"),
    SIGN_IN("dev.hufu.signin"),
    TOKEN_MADE("dev.hufu.token.made"),
    TOKEN_REVOKED("dev.hufu.token.revoked"),
    ACCOUNT_CREATED("dev.hufu.account.created"),
    ACCOUNT_CHANGED("dev.hufu.account.changed"),
    SYSTEM_START("dev.hufu.system.start"),
    SYSTEM_STOP("dev.hufu.system.stop");

    private final String wire;

    EntryType(String wire) {
        this.wire = wire;
    }

    /** The form in entries. */
    public String wire() {
        return wire;
    }

    static Optional<EntryType> ofWire(String wire) {
        return Arrays.stream(values()).filter(type -> type.wire.equals(wire)).findAny();
    }
}

package dev.hufu.service.registers;

import java.util.Arrays;
import java.util.Optional;

/** The registers besides that of datasets. Each holds records by id, valid from one day to another where that applies. */
public enum Register {
    NOTICES("notices", "notice"),
    ACTIVITIES("activities", "processing_activity"),
    RULEBOOKS("rulebooks", "rulebook"),
    COLLECTIVE_CONTRACTS("collectiveContracts", "collective_contract"),
    PIPIAS("pipias", "pipia"),
    CONSENTS("consents", "consent"),
    CONTRACTS("contracts", "recipient_contract"),
    EXPORT_PATHS("exportPaths", "export_path"),
    FOREIGN_APPROVALS("foreignApprovals", "foreign_approval"),
    EMERGENCIES("emergencies", "emergency"),
    SWITCHES("switches", "counsel_switch");

    private final String wire;
    private final String table;

    Register(String wire, String table) {
        this.wire = wire;
        this.table = table;
    }

    /** The key under which policy finds the register, {@code data.facts.<wire>}, and the one in files. */
    public String wire() {
        return wire;
    }

    String table() {
        return table;
    }

    public static Optional<Register> ofWire(String wire) {
        return Arrays.stream(values()).filter(r -> r.wire.equals(wire)).findFirst();
    }
}

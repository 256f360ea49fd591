package dev.hufu.service.registers;

import java.util.Arrays;
import java.util.Optional;

/** The lists of terms that requests, rules and registers share. */
public enum VocabularyKind {
    PURPOSES("purposes"),
    DATA_CLASSES("dataClasses"),
    GRADES("grades"),
    LEGAL_BASES("legalBases"),
    ACTIONS("actions"),
    RECIPIENT_KINDS("recipientKinds"),
    ROLES("roles");

    private final String wire;

    VocabularyKind(String wire) {
        this.wire = wire;
    }

    /** The key under which policy finds the terms, {@code data.facts.vocabulary.<wire>}, and the one in files. */
    public String wire() {
        return wire;
    }

    public static Optional<VocabularyKind> ofWire(String wire) {
        return Arrays.stream(values()).filter(k -> k.wire.equals(wire)).findFirst();
    }
}

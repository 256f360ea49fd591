package dev.hufu.auditlog.note;

import java.util.Optional;
import java.util.stream.Stream;

/** With what a witness cosigns (C2SP tlog-cosignature). */
public enum WitnessAlgorithm {
    /** Type 0x04. */
    ED25519("ed25519"),
    /** Type 0x06, of FIPS 204: holds against who has a quantum computer, and takes 2,420 bytes a signature. */
    ML_DSA_44("ml-dsa-44");

    private final String wire;

    WitnessAlgorithm(String wire) {
        this.wire = wire;
    }

    /** The name in arguments. */
    public String wire() {
        return wire;
    }

    /** The algorithm of that name. */
    public static Optional<WitnessAlgorithm> of(String wire) {
        return Stream.of(values()).filter(each -> each.wire.equals(wire)).findFirst();
    }
}

package dev.hufu.service.request;

import java.util.Arrays;
import java.util.Optional;

/** What is to be done with people data; {@link #wire()} is the name that policies and interfaces use. */
public enum Action {
    COLLECT("collect"),
    STORE("store"),
    USE("use"),
    /** Statistics only: aggregates leave, protected. */
    QUERY("query"),
    /** Row-level reading of named fields. */
    READ("read"),
    PROCESS("process"),
    TRANSMIT("transmit"),
    PROVIDE("provide"),
    EXPORT("export"),
    DISCLOSE("disclose"),
    PUBLISH("publish"),
    AUTOMATED_DECISION("automatedDecision"),
    DESTROY("destroy");

    private final String wire;

    Action(String wire) {
        this.wire = wire;
    }

    public String wire() {
        return wire;
    }

    public static Optional<Action> ofWire(String wire) {
        return Arrays.stream(values()).filter(a -> a.wire.equals(wire)).findFirst();
    }
}

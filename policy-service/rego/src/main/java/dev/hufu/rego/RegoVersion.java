package dev.hufu.rego;

/** The language's version that a module is written in; a v0 module that imports {@code rego.v1} is v1. */
public enum RegoVersion {
    V0(0),
    V1(1);

    private final int number;

    RegoVersion(int number) {
        this.number = number;
    }

    /** As a bundle's manifest writes it. */
    public int number() {
        return number;
    }
}

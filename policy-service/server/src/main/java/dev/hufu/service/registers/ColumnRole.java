package dev.hufu.service.registers;

import java.util.Arrays;
import java.util.Optional;

/** What a column is for in statistics. */
public enum ColumnRole {
    /** May stand in WHERE and GROUP BY. */
    DIMENSION("dimension"),
    /** Is aggregated. */
    MEASURE("measure"),
    /** Names the person; one a dataset. */
    PERSON_KEY("personKey"),
    /** The period of a row; at most one a dataset. */
    PERIOD("period"),
    /** Stands in the register only: never in a statistic. */
    NONE("none");

    private final String wire;

    ColumnRole(String wire) {
        this.wire = wire;
    }

    public String wire() {
        return wire;
    }

    public static Optional<ColumnRole> ofWire(String wire) {
        return Arrays.stream(values()).filter(r -> r.wire.equals(wire)).findFirst();
    }
}

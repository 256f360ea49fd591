package dev.hufu.service.registers;

/**
 * Told of each change to a register. {@link #changing} runs inside the transaction: what it throws undoes the change, so that no
 * change goes unlogged. {@link #changed} runs once the change is durable.
 */
public interface ChangeListener {
    default void changing(RegisterChange change) {}

    default void changed(RegisterChange change) {}
}

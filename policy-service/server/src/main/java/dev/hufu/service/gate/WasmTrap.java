package dev.hufu.service.gate;

/** A module that ended itself, or did what no policy does. Its instance is of no use any more. */
final class WasmTrap extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean outOfMemory;

    WasmTrap(String message) {
        this(message, false);
    }

    WasmTrap(String message, boolean outOfMemory) {
        super(message);
        this.outOfMemory = outOfMemory;
    }

    /** It took all the memory that there is for one evaluation. */
    boolean isOutOfMemory() {
        return outOfMemory;
    }
}

package dev.hufu.service.gate;

/** A module that ended itself, or did what no policy does. Its instance is of no use any more. */
final class WasmTrap extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WasmTrap(String message) {
        super(message);
    }
}

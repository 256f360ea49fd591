package dev.hufu.service.analytics.store;

/**
 * What the store may use of the machine.
 *
 * @param memoryMebibytes upper bound of DuckDB's buffers, at least 64; beyond it DuckDB spills beside its file
 * @param threads worker threads, 1 to 64
 */
public record StoreLimits(int memoryMebibytes, int threads) {
    public StoreLimits {
        if (memoryMebibytes < 64) {
            throw new IllegalArgumentException("memoryMebibytes must be at least 64, is " + memoryMebibytes);
        }
        if (threads < 1 || threads > 64) {
            throw new IllegalArgumentException("threads must be 1 to 64, is " + threads);
        }
    }

    /** One gibibyte and as many threads as the machine has processors, at most eight. */
    public static StoreLimits forThisMachine() {
        return new StoreLimits(1024, Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8));
    }
}

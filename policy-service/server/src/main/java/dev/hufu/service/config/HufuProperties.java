package dev.hufu.service.config;

import dev.hufu.auditlog.witness.Witnesses;
import dev.hufu.service.gate.EngineChoice;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What an operator has set, read and checked by {@link Settings}. Paths are absolute.
 *
 * @param rootDir the project's root, or the working directory
 * @param dataDir everything but keys ({@code HUFU_DATA})
 * @param keysDir key material ({@code HUFU_KEYS}); by default the data directory's name with {@code -keys}
 * @param policies policy files instead of those shipped ({@code HUFU_POLICIES_DIR})
 * @param engine what judges ({@code HUFU_POLICY_ENGINE}, {@code HUFU_POLICY_WASM}, {@code HUFU_OPA_URL}, {@code HUFU_OPA_TOKEN},
 *     {@code HUFU_POLICY_DEADLINE})
 * @param demo sample company and demo accounts, on loopback only ({@code HUFU_DEMO})
 * @param demoPassword password of the demo accounts ({@code HUFU_DEMO_PASSWORD}); generated when absent
 * @param log how the audit log signs
 * @param sample of what size the sample company is
 * @param disk how much room is little
 * @param zone in which pages tell the time ({@code HUFU_ZONE})
 * @param requestsPerSecond what an account may send ({@code HUFU_LIMITS_REQUESTS_PER_SECOND})
 */
public record HufuProperties(
        Path rootDir,
        Path dataDir,
        Path keysDir,
        Optional<Path> policies,
        EngineChoice engine,
        boolean demo,
        Optional<String> demoPassword,
        Log log,
        Sample sample,
        Disk disk,
        ZoneId zone,
        int requestsPerSecond) {

    /**
     * @param sm2 whether checkpoints carry an SM2 signature beside Ed25519 ({@code HUFU_LOG_SM2})
     * @param witnesses who is asked to cosign them ({@code HUFU_WITNESSES}, {@code HUFU_WITNESS_THRESHOLD}, {@code
     *     HUFU_WITNESS_TIMEOUT})
     */
    public record Log(boolean sm2, Optional<Witnesses> witnesses) {}

    /**
     * @param employees current employees of the sample company ({@code HUFU_SAMPLE_EMPLOYEES})
     * @param seed from which all of it is generated ({@code HUFU_SAMPLE_SEED})
     */
    public record Sample(int employees, long seed) {}

    /**
     * @param lowBytes free bytes under which health is red ({@code HUFU_DISK_LOW})
     * @param leastBytes free bytes under which nothing more is taken ({@code HUFU_DISK_LEAST})
     */
    public record Disk(long lowBytes, long leastBytes) {}
}

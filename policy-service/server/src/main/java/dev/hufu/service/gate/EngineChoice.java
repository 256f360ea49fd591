package dev.hufu.service.gate;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Which engine an operator has chosen. */
public sealed interface EngineChoice {
    /** In this process, from the policy's sources. */
    record Embedded() implements EngineChoice {}

    /**
     * In this process, from what OPA compiled.
     *
     * @param bundle a tarball that {@code opa build -t wasm -e hufu/decision} made of the policy in use
     * @param deadline of one decision
     */
    record Wasm(Path bundle, Duration deadline) implements EngineChoice {}

    /**
     * On an OPA server that is there for this server alone.
     *
     * @param base for example {@code http://127.0.0.1:8181}; no query, no user
     * @param token sent as bearer token with every request
     * @param deadline of one decision, all attempts together
     */
    record OpaServer(URI base, Optional<String> token, Duration deadline) implements EngineChoice {}

    /** What the engine is called in the log, the status and the pages. */
    default String engine() {
        return switch (this) {
            case Embedded _ -> "embedded-rego";
            case Wasm _ -> "wasm";
            case OpaServer _ -> "opa-server";
        };
    }
}

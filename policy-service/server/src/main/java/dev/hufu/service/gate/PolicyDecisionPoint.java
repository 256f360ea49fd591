package dev.hufu.service.gate;

import dev.hufu.service.request.AccessRequest;

/**
 * Judges requests. A port, because engines differ: in process, as a Wasm bundle, on an OPA server. Thread-safe.
 */
public interface PolicyDecisionPoint {
    /**
     * The decision on a request. Never throws for trouble with policy, facts or engine: whatever fails is a denial with a code of
     * its own ({@code policy.error}, {@code policy.budget}, {@code policy.undefined}, {@code policy.malformed}, {@code policy.obligation}, {@code policy.unreachable},
     * {@code policy.otherBasis}).
     */
    Decision decide(AccessRequest request);

    /** What kind of engine judges here, {@code embedded-rego}, {@code wasm} or {@code opa-server}. */
    String engine();
}

package dev.hufu.service.gate;

import dev.hufu.service.request.AccessRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One judgement of one request: outcome, why, what a permit binds to, and by which policy, law and facts. Immutable. Nothing
 * outside this package can make one.
 */
public final class Decision {
    private final DecisionId id;
    private final AccessRequest request;
    private final Outcome outcome;
    private final List<Reason> reasons;
    private final List<Obligation> obligations;
    private final String policyVersion;
    private final String lawPackVersion;
    private final String factsDigest;
    private final Instant time;

    Decision(DecisionId id, AccessRequest request, Verdict verdict, Basis basis, Instant time) {
        this.id = id;
        this.request = request;
        this.outcome = verdict.outcome();
        this.reasons = verdict.reasons();
        this.obligations = verdict.obligations();
        this.policyVersion = basis.policyVersion();
        this.lawPackVersion = basis.lawPackVersion();
        this.factsDigest = basis.factsDigest();
        this.time = time;
    }

    /** What a decision was taken by. */
    record Basis(String policyVersion, String lawPackVersion, String factsDigest) {}

    public DecisionId id() {
        return id;
    }

    public AccessRequest request() {
        return request;
    }

    public Outcome outcome() {
        return outcome;
    }

    public boolean permitted() {
        return outcome == Outcome.PERMIT;
    }

    /** For a denial every reason, the law's first; for a permit what holds. Never empty. */
    public List<Reason> reasons() {
        return reasons;
    }

    /** Empty for a denial. */
    public List<Obligation> obligations() {
        return obligations;
    }

    /** The obligation of that type, if the decision carries one. */
    public <T extends Obligation> Optional<T> obligation(Class<T> type) {
        return obligations.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    /** Digest of the policy bundle, {@code sha256:} and 64 hexadecimal digits. */
    public String policyVersion() {
        return policyVersion;
    }

    /** Effective date and short digest of the law pack, {@code 2025-01-01+0123456789ab}. */
    public String lawPackVersion() {
        return lawPackVersion;
    }

    /** Digest of the facts snapshot, {@code sha256:} and 64 hexadecimal digits. */
    public String factsDigest() {
        return factsDigest;
    }

    public Instant time() {
        return time;
    }
}

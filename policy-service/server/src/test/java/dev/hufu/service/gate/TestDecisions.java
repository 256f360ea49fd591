package dev.hufu.service.gate;

import dev.hufu.service.request.AccessRequest;
import java.security.SecureRandom;
import java.util.List;

/** Decisions for tests of what stands behind the gate; only tests can make one without an engine. */
public final class TestDecisions {
    private static final Decision.Basis BASIS =
            new Decision.Basis("sha256:" + "0".repeat(64), "2025-01-01+000000000000", "sha256:" + "1".repeat(64));

    private TestDecisions() {}

    public static Decision permit(AccessRequest request, Obligation... obligations) {
        return decision(request, new Verdict(Outcome.PERMIT, List.of(reason(null)), List.of(obligations)));
    }

    public static Decision deny(AccessRequest request) {
        return decision(request, Verdict.denial(reason(new Text("换一个目的", "Ask under another purpose"))));
    }

    private static Reason reason(@org.jspecify.annotations.Nullable Text remedy) {
        return new Reason("law.cn.notice.purpose", "notice.test", "PIPL 17", new Text("测试", "A test"), remedy);
    }

    private static Decision decision(AccessRequest request, Verdict verdict) {
        return new Decision(DecisionId.random(new SecureRandom()), request, verdict, BASIS, request.time());
    }
}

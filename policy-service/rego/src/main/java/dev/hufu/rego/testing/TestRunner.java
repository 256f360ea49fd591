package dev.hufu.rego.testing;

import com.google.re2j.Pattern;
import dev.hufu.rego.Bool;
import dev.hufu.rego.Budget;
import dev.hufu.rego.EvaluationException;
import dev.hufu.rego.Obj;
import dev.hufu.rego.Policy;
import dev.hufu.rego.RegoCompileException;
import dev.hufu.rego.Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Evaluates the rules named {@code test_…}; one passes where its value is true. */
public final class TestRunner {
    private final Policy policy;
    private final Obj data;
    private final Budget budget;
    private final LongSupplier nanos;

    /** {@code nanos}: a clock that only runs forward, such as {@code System::nanoTime}. */
    public TestRunner(Policy policy, Obj data, Budget budget, LongSupplier nanos) {
        this.policy = policy;
        this.data = data;
        this.budget = budget;
        this.nanos = nanos;
    }

    /** Those whose path the pattern finds something in, in order of source. */
    public List<TestResult> run(Pattern only) {
        return policy.tests().stream()
                .filter(path -> only.matcher(path).find())
                .map(this::run)
                .toList();
    }

    private TestResult run(String path) {
        if (path.substring(path.lastIndexOf('.') + 1).startsWith("todo_")) {
            return new TestResult(path, TestResult.Outcome.SKIP, "", Duration.ZERO);
        }
        long start = nanos.getAsLong();
        TestResult.Outcome outcome;
        String detail;
        try {
            Optional<Value> value = policy.prepare(path).evaluate(null, data, budget);
            boolean passed = value.isPresent() && value.get().equals(Bool.TRUE);
            outcome = passed ? TestResult.Outcome.PASS : TestResult.Outcome.FAIL;
            detail = passed ? "" : value.map(Value::toJson).orElse("undefined");
        } catch (EvaluationException | RegoCompileException failed) {
            outcome = TestResult.Outcome.ERROR;
            detail = String.valueOf(failed.getMessage());
        }
        return new TestResult(path, outcome, detail, Duration.ofNanos(nanos.getAsLong() - start));
    }
}

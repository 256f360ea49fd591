package dev.hufu.rego.testing;

import java.time.Duration;

/**
 * How a test went.
 *
 * @param path the rule's: {@code data.a.test_b}
 * @param detail the value where it is not true, {@code undefined}, or the error
 */
public record TestResult(String path, Outcome outcome, String detail, Duration took) {
    /** A rule named {@code todo_test_…} is skipped. */
    public enum Outcome {
        PASS,
        FAIL,
        ERROR,
        SKIP
    }
}

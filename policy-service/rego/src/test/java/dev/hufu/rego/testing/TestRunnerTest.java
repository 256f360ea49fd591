package dev.hufu.rego.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import dev.hufu.rego.Budget;
import dev.hufu.rego.CompileOptions;
import dev.hufu.rego.Coverage;
import dev.hufu.rego.Obj;
import dev.hufu.rego.Policy;
import dev.hufu.rego.RegoCompileException;
import dev.hufu.rego.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestRunnerTest {
    private static final Source SOURCE = new Source("cv.rego", """
            package cv

            default allow := false

            allow if {
            	input.role == "admin"
            	input.ok
            }

            allow if {
            	some r in input.roles
            	r == "x"
            }

            unused if input.z

            test_a if allow with input as {"role": "admin", "ok": true}

            test_fail if unused with input as {}

            todo_test_b if false
            """);

    private final Coverage coverage = new Coverage();

    private List<TestResult> run(String only) throws RegoCompileException {
        Policy policy =
                Policy.compile(List.of(SOURCE), CompileOptions.defaults().withCoverage(coverage));
        return new TestRunner(policy, Obj.EMPTY, Budget.DEFAULT, System::nanoTime).run(Pattern.compile(only));
    }

    @Test
    void run_tests_tellsHowEachWent() throws RegoCompileException {
        assertThat(run("test_(a|fail|b)"))
                .extracting(TestResult::path, TestResult::outcome)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("data.cv.test_a", TestResult.Outcome.PASS),
                        org.assertj.core.groups.Tuple.tuple("data.cv.test_fail", TestResult.Outcome.FAIL),
                        org.assertj.core.groups.Tuple.tuple("data.cv.todo_test_b", TestResult.Outcome.SKIP));
    }

    @Test
    void run_testWithAnyTextInItsName_isFound() throws RegoCompileException {
        Source odd = new Source("o.rego", """
                package a["b-c"]

                test_it["no <x>, ok"] if true
                """);
        Policy policy = Policy.compile(List.of(odd), CompileOptions.defaults());
        assertThat(new TestRunner(policy, Obj.EMPTY, Budget.DEFAULT, System::nanoTime).run(Pattern.compile("")))
                .extracting(TestResult::path, TestResult::outcome)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        "data.a[\"b-c\"].test_it[\"no <x>, ok\"]", TestResult.Outcome.PASS));
    }

    @Test
    void junit_results_areASuiteAPackage() throws RegoCompileException {
        String xml = JunitXml.of(run("test_(a|fail|b)"));
        assertThat(xml)
                .contains("<testsuite name=\"data.cv\" tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"1\"")
                .contains("<testcase classname=\"data.cv\" name=\"test_fail\"")
                .contains("<failure message=\"undefined\"/>");
    }

    @Test
    void coverage_rows_areThoseThatWereReached() throws RegoCompileException {
        run("test_a");
        assertThat(coverage.rows()).hasSize(1);
        Coverage.Rows rows = coverage.rows().getFirst();
        assertThat(rows.covered()).containsExactly(5, 6, 7, 17);
        assertThat(rows.notCovered()).contains(3, 10, 11, 12, 15, 19);
        assertThat(CoverageHtml.of(coverage, List.of(SOURCE)))
                .contains("<span class=\"hit\"><b class=\"row\">    6 + </b>\tinput.role == \"admin\"</span>")
                .contains("<span class=\"miss\"><b class=\"row\">   11 - </b>");
    }
}

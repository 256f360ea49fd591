package dev.hufu.rego;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Measures; time never fails it. */
@Tag("soak")
class BenchmarkTest {
    private static final int RULES = 60;

    /** A few hundred lines as a house policy has them: guarded denials, table look-ups, reasons, obligations. */
    private static String policy() {
        StringBuilder text = new StringBuilder("""
                package bench

                default outcome := "deny"

                outcome := "permit" if {
                    count(deny) == 0
                    some activity in data.activities[input.context.purpose]
                    activity.dataset == input.resource.dataset
                    input.subject.roles[_] in activity.roles
                }

                decision := {"outcome": outcome, "reasons": deny, "obligations": obligations}

                obligations contains {"type": "minGroupSize", "value": max(grades)} if grades := [g | some f in input.resource.fields; g := data.grades[f]]

                """);
        for (int i = 0; i < RULES; i++) {
            text.append("""
                    deny contains {"code": "rule.%d", "article": "PIPL %d"} if {
                        input.action.name == "action%d"
                        not input.subject.roles[_] == "role%d"
                    }

                    """.replace("not input.subject.roles[_] == \"role%d\"", "not \"role%d\" in input.subject.roles")
                    .formatted(i, i, i % 10, i));
        }
        return text.toString();
    }

    @Test
    void evaluate_aDecision_isMeasured() throws Exception {
        PreparedQuery query = Policy.compile(List.of(new Source("bench.rego", policy())), CompileOptions.defaults())
                .prepare("data.bench.decision");
        Value data = Value.fromJson("""
                {"activities": {"dpv:PersonnelPayment": [{"dataset": "attendance", "roles": ["hr"]}, {"dataset": "pay", "roles": ["analyst"]}]},
                 "grades": {"monthly_pay": 20, "org_unit": 10}}""");
        Value input = Value.fromJson("""
                {"subject": {"roles": ["analyst", "role3"]}, "action": {"name": "query"}, "context": {"purpose": "dpv:PersonnelPayment"},
                 "resource": {"dataset": "pay", "fields": ["org_unit", "monthly_pay"]}}""");
        long[] nanos = new long[200_000];
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < nanos.length; i++) {
                long start = System.nanoTime();
                Value decision = query.evaluate(input, data, Budget.DEFAULT).orElseThrow();
                nanos[i] = System.nanoTime() - start;
                if (i == 0) {
                    assertThat(((Obj) decision).get("outcome")).isEqualTo(Value.of("permit"));
                }
            }
        }
        Arrays.sort(nanos);
        System.out.printf(
                "decision: p50 %.1f µs, p99 %.1f µs over %d lines%n",
                nanos[nanos.length / 2] / 1e3,
                nanos[nanos.length * 99 / 100] / 1e3,
                policy().lines().count());
    }
}

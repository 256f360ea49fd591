package dev.hufu.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.hufu.rego.BudgetExceededException.Limit;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whatever a policy does, it ends in its budget, takes memory as the budget says, and leaves others alone. */
class BudgetTest {
    private static final int SIZE = 50_000;
    private static final long MOST_BYTES = 2L << 30;
    private static final Budget BUDGET = new Budget(300_000, 100, 2_000_000, Duration.ofSeconds(1));

    private static final List<String> ENDS =
            Stream.of(Limit.values()).map(Limit::toString).toList();

    private static final AtomicBoolean RUNNING = new AtomicBoolean(true);
    private static final ExecutorService OTHER = Executors.newSingleThreadExecutor();
    private static Future<Long> decisions;

    /** A decision that is made again and again beside the hostile ones. */
    @BeforeAll
    static void decideBeside() throws RegoCompileException {
        PreparedQuery query = Policy.compile(List.of(new Source("p.rego", """
                                package p

                                allow if { some role in input.roles; role in data.roles[input.action] }
                                """)), CompileOptions.defaults())
                .prepare("data.p.allow");
        Value data = Value.fromJson("{\"roles\": {\"read\": [\"analyst\", \"hr\"]}}");
        Value input = Value.fromJson("{\"roles\": [\"hr\"], \"action\": \"read\"}");
        decisions = OTHER.submit(() -> {
            long count = 0;
            do {
                assertThat(query.evaluate(input, data, Budget.DEFAULT)).contains(Value.of(true));
                count++;
                Thread.onSpinWait();
            } while (RUNNING.get());
            return count;
        });
    }

    @AfterAll
    static void otherDecisionsWereMade() throws Exception {
        RUNNING.set(false);
        try (OTHER) {
            assertThat(decisions.get()).isPositive();
        }
    }

    @TestFactory
    Stream<DynamicTest> evaluate_hostilePolicy_endsWithinItsBudget() throws Exception {
        Value input = HostilePolicies.input(SIZE);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return HostilePolicies.all().stream()
                .map(hostile -> DynamicTest.dynamicTest(hostile.name(), () -> {
                    long before = threads.getCurrentThreadAllocatedBytes();
                    String outcome = hostile.outcome(input, BUDGET);
                    if (!outcome.equals(Limit.TIME.toString())) {
                        assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                                .isLessThan(MOST_BYTES);
                    }
                    if (hostile.endless()) {
                        assertThat(outcome).isIn(ENDS);
                    }
                }));
    }

    private static PreparedQuery query(String module) throws RegoCompileException {
        return Policy.compile(List.of(new Source("t.rego", "package t\n\n" + module)), CompileOptions.defaults())
                .prepare("data.t.x");
    }

    private static void endsBy(Limit limit, String module, Budget budget) throws RegoCompileException {
        PreparedQuery query = query(module);
        assertThatThrownBy(() -> query.evaluate(Obj.EMPTY, Obj.EMPTY, budget))
                .isInstanceOfSatisfying(
                        BudgetExceededException.class,
                        exceeded -> assertThat(exceeded.limit()).isEqualTo(limit));
    }

    @Test
    void evaluate_eachBound_isNamedByTheError() throws Exception {
        String loop = "x := count([1 | some i in numbers.range(1, 3000); some j in numbers.range(1, 3000); i == j])";
        endsBy(Limit.STEPS, loop, new Budget(10_000, 50, 1_000_000_000, Duration.ofMinutes(5)));
        endsBy(Limit.TIME, loop, new Budget(Long.MAX_VALUE, 50, Long.MAX_VALUE, Duration.ofMillis(1)));
        endsBy(Limit.SIZE, "x := numbers.range(1, 1000)", new Budget(1_000_000, 50, 999, Duration.ofMinutes(5)));
        endsBy(
                Limit.DEPTH,
                "a := 1\nb := a\nc := b\nd := c\nx := d",
                new Budget(1_000_000, 3, 1_000, Duration.ofMinutes(5)));
    }

    @Test
    void evaluate_resultLargerThanTheBudget_isNotHandedOut() throws Exception {
        PreparedQuery query = query("x := [y, y]\ny := input.big");
        Value input = Obj.of(Value.of("big"), Value.of("a".repeat(600)));
        assertThatThrownBy(() -> query.evaluate(input, Obj.EMPTY, new Budget(100, 10, 1_000, Duration.ofMinutes(5))))
                .isInstanceOf(BudgetExceededException.class);
        assertThat(query.evaluate(input, Obj.EMPTY, new Budget(100, 10, 2_000, Duration.ofMinutes(5))))
                .isPresent();
    }

    @Test
    void evaluate_keysOfOneHash_areFoundAndToldApart() throws Exception {
        List<Value> keys = new ArrayList<>();
        ObjBuilder members = new ObjBuilder();
        for (int i = 0; i < 2_048; i++) {
            StringBuilder key = new StringBuilder();
            for (int bit = 0; bit < 12; bit++) {
                key.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            keys.add(Value.of(key.toString()));
            members.put(keys.getLast(), Num.of(i));
        }
        Obj object = members.build();
        for (int i = 0; i < keys.size(); i++) {
            assertThat(object.get(keys.get(i))).isEqualTo(Num.of(i));
        }
        assertThat(object.get(Value.of("AaAaAaAaAaAaAaAaAaAaAaBB"))).isNull();
        keys.addAll(keys);
        SetValue set = SetValue.of(keys);
        assertThat(set.size()).isEqualTo(2_048);
        assertThat(set.contains(keys.getFirst())).isTrue();
    }
}

package dev.hufu.rego;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures what grows: rules, rows, documents. Prints lines of README's table; time never fails it. */
@Tag("soak")
class DataBenchmarkTest {
    private static final int REQUESTS = 500;
    private static final int ROUNDS = 60;
    private static final long DOCUMENT = 100_000_000;

    /** A table of rules as a registry of purposes makes one: each row by purpose, class, role, unit and level. */
    private static String table(int rows) {
        StringBuilder text = new StringBuilder("package t\n\n");
        Random random = new Random(5);
        int purposes = purposes(rows);
        for (int i = 0; i < rows; i++) {
            text.append("""
                    permit contains {"row": %d, "least": %d} if {
                        input.context.purpose == "purpose%d"
                        input.resource.class in {"class%d", "class%d"}
                        "role%d" in input.subject.roles
                        input.subject.unit == "unit%d"
                        input.subject.level >= %d
                    }

                    """.formatted(
                            i,
                            10 + random.nextInt(10),
                            random.nextInt(purposes),
                            random.nextInt(20),
                            random.nextInt(20),
                            random.nextInt(30),
                            random.nextInt(rows / 10),
                            random.nextInt(5)));
        }
        return text.toString();
    }

    private static int purposes(int rows) {
        return rows <= 100 ? 12 : 48;
    }

    private static Value[] requests(int rows) {
        Random random = new Random(9);
        Value[] requests = new Value[REQUESTS];
        for (int i = 0; i < requests.length; i++) {
            requests[i] = Value.fromJson("""
                    {"context": {"purpose": "purpose%d"}, "resource": {"class": "class%d"},
                     "subject": {"roles": ["role%d", "role%d"], "unit": "unit%d", "level": %d}}""".formatted(
                            random.nextInt(purposes(rows)),
                            random.nextInt(20),
                            random.nextInt(30),
                            random.nextInt(30),
                            random.nextInt(rows / 10),
                            random.nextInt(6)));
        }
        return requests;
    }

    private static PreparedQuery compiled(String text, String query) throws RegoCompileException {
        return Policy.compile(List.of(new Source("t.rego", text)), CompileOptions.defaults())
                .prepare(query);
    }

    /** The best round's time for one decision. */
    private static double micros(PreparedQuery query, Value data, Value[] requests) {
        long best = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (Value request : requests) {
                assertThat(query.evaluate(request, data, Budget.DEFAULT)).isPresent();
            }
            best = Math.min(best, System.nanoTime() - start);
        }
        return best / 1e3 / requests.length;
    }

    @Test
    void evaluate_manyRules_printsRatio() throws Exception {
        double few = micros(compiled(table(100), "data.t.permit"), Obj.EMPTY, requests(100));
        double many = micros(compiled(table(10_000), "data.t.permit"), Obj.EMPTY, requests(10_000));
        System.out.printf(
                Locale.ROOT,
                "| a decision by 10,000 rows of rules instead of 100 | %.1f µs, %.1f times as long (%.1f µs) | bar: 2 times |%n",
                many,
                many / few,
                few);
    }

    @Test
    void load_hundredMegabytes_printsSecondsAndHeap(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("people.json");
        write(file);
        long before = live();
        long start = System.nanoTime();
        Value loaded = Value.fromJson(Files.newInputStream(file));
        double seconds = (System.nanoTime() - start) / 1e9;
        long heap = live() - before;
        assertThat(loaded.get(Value.of("people"))).isNotNull();
        System.out.printf(
                Locale.ROOT,
                "| load a document of %d MB | %.1f s, %d MB of heap | bar: 5 s, 500 MB |%n",
                Files.size(file) / 1_000_000,
                seconds,
                heap / 1_000_000);
    }

    /** People with consents, as a registry keeps them. */
    private static void write(Path file) throws IOException {
        Random random = new Random(1);
        String[] purposes = {"payroll", "attendance", "recruitment", "performance", "training", "benefits"};
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("{\"people\":{");
            long written = 0;
            for (int i = 0; written < DOCUMENT; i++) {
                StringBuilder one = new StringBuilder(i == 0 ? "" : ",").append("""
                        "e-%08d":{"unit":"CN-%d","grade":%d,"hired":"20%d-0%d-1%d","consents":[""".formatted(
                                i,
                                random.nextInt(400),
                                random.nextInt(20),
                                10 + random.nextInt(15),
                                1 + random.nextInt(9),
                                random.nextInt(10)));
                for (int c = 0; c < 3; c++) {
                    one.append(c == 0 ? "" : ",").append("""
                            {"purpose":"%s","given":%b,"id":"c-%x","weight":%d.%02d}""".formatted(
                                    purposes[random.nextInt(purposes.length)],
                                    random.nextBoolean(),
                                    random.nextLong(),
                                    random.nextInt(1_000),
                                    random.nextInt(100)));
                }
                out.append(one).append("]}");
                written += one.length() + 2;
            }
            out.write("}}");
        }
    }

    private static long live() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    @Test
    void compile_fiveThousandLines_printsMilliseconds() throws Exception {
        String text = table(5_000 / 8);
        long[] nanos = new long[20];
        for (int i = 0; i < nanos.length; i++) {
            long start = System.nanoTime();
            assertThat(compiled(text, "data.t.permit")).isNotNull();
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos, nanos.length / 2, nanos.length);
        System.out.printf(
                Locale.ROOT,
                "| compile %,d lines, types included, warm | %d ms | bar: 1,000 ms |%n",
                text.lines().count(),
                nanos[nanos.length * 3 / 4] / 1_000_000);
    }

    @Test
    void evaluate_oneDecision_printsAllocation() throws Exception {
        PreparedQuery query = compiled(table(1_000), "data.t.permit");
        Value[] requests = requests(1_000);
        micros(query, Obj.EMPTY, requests);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (Value request : requests) {
            query.evaluate(request, Obj.EMPTY, Budget.DEFAULT);
        }
        System.out.printf(
                Locale.ROOT,
                "| allocated for a decision by 1,000 rows of rules | %,d bytes | |%n",
                (threads.getCurrentThreadAllocatedBytes() - before) / requests.length);
    }
}

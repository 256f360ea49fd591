package dev.hufu.service.gate;

import dev.hufu.service.request.AccessRequest;
import dev.hufu.service.request.AccountId;
import dev.hufu.service.request.Action;
import dev.hufu.service.request.DatasetName;
import dev.hufu.service.request.LegalBasis;
import dev.hufu.service.request.Principal;
import dev.hufu.service.request.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How long the gate takes in process for one decision: the input built from the request, the current facts taken, the shipped
 * bundle evaluated, the verdict read, as the server does it. One thread, JMH's sampled times over three JVMs, beside {@code opa
 * bench} of the same rules, facts and input in the same run where an {@code opa} is installed. Prints lines of README's table;
 * never fails for time.
 */
@Tag("soak")
public class DecisionBenchmarkTest {
    private static final int REQUESTS = 64;
    private static final String OPA_NANOS = "histogram_timer_rego_query_eval_ns_";
    private static final ToDoubleFunction<JsonNode> OPA_MEDIAN =
            run -> run.path(OPA_NANOS + "median").asDouble();

    /** The gate, and requests as an analyst makes them: a measure by one or two dimensions, in other words each time. */
    @State(Scope.Benchmark)
    public static class Gate {
        private final EmbeddedRegoEngine engine;
        private final AccessRequest[] stated = requests("dpv:PersonnelPayment");
        private final AccessRequest[] unstated = requests("dpv:PersonnelBehaviourMonitoring");
        private int next;

        public Gate() {
            try {
                engine = EmbeddedRegoEngine.start(
                        ShippedBundle.BUNDLE,
                        () -> ShippedBundle.FACTS,
                        new SecureRandom(),
                        Clock.systemUTC(),
                        _ -> {});
            } catch (PolicyBundleException broken) {
                throw new AssertionError(broken);
            }
        }

        @Benchmark
        public Object permit() {
            return engine.decide(stated[next++ & REQUESTS - 1]);
        }

        @Benchmark
        public Object denial() {
            return engine.decide(unstated[next++ & REQUESTS - 1]);
        }
    }

    @Test
    void decide_permitAndDenial_printsPercentilesBesideOpa(@TempDir Path directory) throws Exception {
        var options = new OptionsBuilder()
                .include(Gate.class.getName().replace('$', '.'))
                .mode(Mode.SampleTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(3)
                .jvmArgs("-XX:+UseSerialGC", "-Xmx2g") // as the server runs
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(2))
                .measurementIterations(3)
                .measurementTime(TimeValue.seconds(2))
                .verbosity(VerboseMode.SILENT)
                .build();
        for (RunResult result : new Runner(options).run()) {
            String name = result.getPrimaryResult().getLabel();
            Statistics nanos = result.getPrimaryResult().getStatistics();
            String purpose = name.equals("permit") ? "dpv:PersonnelPayment" : "dpv:PersonnelBehaviourMonitoring";
            System.out.printf(
                    Locale.ROOT,
                    "| gate decision in process, %s on 2 or 3 fields, one thread | p50 %.1f µs, p99 %.1f µs | %s |%n",
                    name,
                    nanos.getPercentile(50) / 1e3,
                    nanos.getPercentile(99) / 1e3,
                    opa(requests(purpose)[0], directory));
        }
    }

    private static AccessRequest[] requests(String purpose) {
        List<String> dimensions = List.of("org_unit", "brand", "region", "country", "gender", "grade");
        AccessRequest[] requests = new AccessRequest[REQUESTS];
        for (int i = 0; i < REQUESTS; i++) {
            Set<String> fields = new LinkedHashSet<>(List.of("monthly_pay", dimensions.get(i % dimensions.size())));
            if (i % 2 == 1) {
                fields.add(dimensions.get(i / dimensions.size() % dimensions.size()));
            }
            requests[i] = new AccessRequest(
                    new Principal(
                            new AccountId("analyst"),
                            Set.of("analyst"),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(LocalDate.of(2027, 12, 31)),
                            Optional.empty()),
                    Action.QUERY,
                    new DatasetName("pay"),
                    List.copyOf(fields),
                    new Purpose(purpose),
                    new LegalBasis("13-1-2"),
                    Optional.empty(),
                    "yearly pay review, question " + i,
                    Instant.parse("2026-11-23T04:00:00Z").plusSeconds(i));
        }
        return requests;
    }

    /** What OPA's own benchmark command says of the evaluation alone: no request to convert, no verdict to read. */
    private static String opa(AccessRequest request, Path directory) throws IOException, InterruptedException {
        for (var module : ShippedBundle.BUNDLE.modules().entrySet()) {
            Path file = directory.resolve("rules").resolve(module.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, module.getValue());
        }
        Path facts = Files.writeString(
                directory.resolve("facts.json"), "{\"facts\":" + ShippedBundle.FACTS.document() + "}");
        Path input = Files.writeString(
                directory.resolve("input.json"),
                PolicyInput.of(request).toJsonNode().toString());
        Process opa;
        try {
            opa = new ProcessBuilder(
                            "opa",
                            "bench",
                            "--format=json",
                            "--optimize-store-for-read-speed",
                            "--count=3",
                            "--data=" + directory.resolve("rules"),
                            "--data=" + facts,
                            "--input=" + input,
                            "data.hufu.decision")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException absent) {
            return "OPA: not installed here";
        }
        List<JsonNode> runs;
        try (var out = opa.inputReader();
                var documents = JsonMapper.shared().readerFor(JsonNode.class).<JsonNode>readValues(out)) {
            runs = documents.readAll().stream()
                    .map(run -> run.path("Extra"))
                    .sorted(Comparator.comparingDouble(OPA_MEDIAN))
                    .toList();
        }
        if (opa.waitFor() != 0 || runs.isEmpty()) {
            return "OPA: its benchmark failed";
        }
        JsonNode middle = runs.get(runs.size() / 2);
        return String.format(
                Locale.ROOT,
                "`opa bench`, evaluation alone: p50 %.1f µs, p99 %.1f µs",
                OPA_MEDIAN.applyAsDouble(middle) / 1e3,
                middle.path(OPA_NANOS + "99%").asDouble() / 1e3);
    }
}

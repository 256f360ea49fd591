package dev.hufu.service.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hufu.rego.Budget;
import dev.hufu.rego.CompileOptions;
import dev.hufu.rego.Policy;
import dev.hufu.rego.PreparedQuery;
import dev.hufu.rego.Source;
import dev.hufu.rego.Value;
import dev.hufu.service.request.Action;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The library beside OPA's own for Go, and beside OPA's server over loopback: the shipped rules and facts, one permit's input,
 * the evaluation alone. All three must come to the same decision. Prints lines of README's table; never fails for time.
 */
@Tag("soak")
class GoSdkBenchmarkTest {
    private static final Path PROGRAM = Path.of("../rego/src/test/go");
    private static final String QUERY = "data.hufu.decision";
    private static final int CALLERS = 2;
    private static final Duration LENGTH = Duration.ofSeconds(5);
    private static final int MOST = 5_000_000;
    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * What was measured.
     *
     * @param perSecond of all callers together
     * @param value the decision
     */
    private record Measured(double p50Micros, double p99Micros, double perSecond, Value value) {
        String shown() {
            return String.format(Locale.ROOT, "p50 %.1f µs, p99 %.1f µs; %,.0f/s", p50Micros, p99Micros, perSecond);
        }
    }

    /** The shipped rules, facts and a request's input as files. */
    private record Given(Path rules, Path data, Path input) {
        static Given in(Path directory) throws IOException {
            Path rules = directory.resolve("rules");
            for (var module : ShippedBundle.BUNDLE.modules().entrySet()) {
                Path file = rules.resolve(module.getKey());
                Files.createDirectories(file.getParent());
                Files.writeString(file, module.getValue());
            }
            var request = EmbeddedRegoEngineTest.request(
                    Action.QUERY, "dpv:PersonnelPayment", Instant.parse("2026-11-23T04:00:00Z"));
            return new Given(
                    rules,
                    Files.writeString(
                            directory.resolve("data.json"), "{\"facts\":" + ShippedBundle.FACTS.document() + "}"),
                    Files.writeString(
                            directory.resolve("input.json"),
                            PolicyInput.of(request).toJson()));
        }
    }

    @Test
    void evaluate_onGoSdkAndServer_printsRatios(@TempDir Path directory) throws Exception {
        Given given = Given.in(directory);
        Path binary = directory.resolve("opabench");
        assumeTrue(built(binary), "no go on PATH, or OPA's library is not there to build with");
        Measured own = own(given);
        Measured sdk = sdk(binary, given);
        assertThat(own.value).isEqualTo(sdk.value);
        print("OPA's Go library (PreparedEvalQuery)", own, sdk);
        if (Opa.isThere()) {
            Measured server = server(given);
            assertThat(own.value).isEqualTo(server.value);
            print("`opa run --server` over loopback", own, server);
        }
    }

    private static void print(String name, Measured own, Measured other) {
        System.out.printf(
                Locale.ROOT,
                "| evaluation alone, permit, one caller; %d callers | %s | %s: %s, %.1f times fewer |%n",
                CALLERS,
                own.shown(),
                name,
                other.shown(),
                own.perSecond / other.perSecond);
    }

    private static boolean built(Path binary) throws InterruptedException {
        try {
            Process go = new ProcessBuilder("go", "build", "-o", binary.toString(), ".")
                    .directory(PROGRAM.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return go.waitFor(5, TimeUnit.MINUTES) && go.exitValue() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private static Measured own(Given given) throws Exception {
        List<Source> sources = new ArrayList<>();
        ShippedBundle.BUNDLE.modules().forEach((path, text) -> sources.add(new Source(path, text)));
        PreparedQuery query = Policy.compile(sources, CompileOptions.defaults()).prepare(QUERY);
        Value input = Value.fromJson(Files.readString(given.input));
        Value data = Value.fromJson(Files.readString(given.data));
        return measured(() -> query.evaluate(input, data, Budget.DEFAULT).orElseThrow(), value -> value);
    }

    private static Measured sdk(Path binary, Given given) throws Exception {
        Process program = new ProcessBuilder(
                        binary.toString(),
                        "-rules=" + given.rules,
                        "-data=" + given.data,
                        "-input=" + given.input,
                        "-query=" + QUERY,
                        "-callers=" + CALLERS,
                        "-length=" + LENGTH.toSeconds() + "s")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        JsonNode found;
        try (var out = program.inputReader()) {
            found = JSON.readTree(out);
        }
        assertThat(program.waitFor()).isZero();
        return new Measured(
                found.path("p50Micros").asDouble(),
                found.path("p99Micros").asDouble(),
                found.path("perSecond").asDouble(),
                Value.fromJson(found.path("value")));
    }

    private static Measured server(Given given) throws Exception {
        String body = "{\"input\":" + Files.readString(given.input) + "}";
        try (Opa.Server opa = Opa.serve(Opa.freePort(), given.rules.toString(), given.data.toString());
                HttpClient client = HttpClient.newHttpClient()) {
            URI place = opa.base()
                    .resolve("/v1/data/" + QUERY.substring("data.".length()).replace('.', '/'));
            HttpRequest request = HttpRequest.newBuilder(place)
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            return measured(
                    () -> client.send(request, HttpResponse.BodyHandlers.ofString())
                            .body(),
                    answer -> Value.fromJson(JSON.readTree(answer).path("result")));
        }
    }

    private static <T> Measured measured(Callable<T> decision, Function<T, Value> read) throws Exception {
        Value value = read.apply(decision.call());
        nanos(decision);
        long[] alone = nanos(decision);
        Arrays.sort(alone);
        List<Callable<Integer>> work = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            work.add(() -> nanos(decision).length);
        }
        double together = 0;
        try (var callers = Executors.newFixedThreadPool(CALLERS)) {
            for (Future<Integer> one : callers.invokeAll(work)) {
                together += one.get();
            }
        }
        return new Measured(
                alone[alone.length / 2] / 1e3,
                alone[alone.length * 99 / 100] / 1e3,
                together / LENGTH.toSeconds(),
                value);
    }

    /** How long each decision took, one after another for so long. */
    private static long[] nanos(Callable<?> decision) throws Exception {
        long[] nanos = new long[MOST];
        int count = 0;
        long end = System.nanoTime() + LENGTH.toNanos();
        for (long at = System.nanoTime(); at < end && count < MOST; count++) {
            Objects.requireNonNull(decision.call());
            long now = System.nanoTime();
            nanos[count] = now - at;
            at = now;
        }
        return Arrays.copyOf(nanos, count);
    }
}

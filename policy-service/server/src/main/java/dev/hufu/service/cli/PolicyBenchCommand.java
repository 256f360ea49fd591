package dev.hufu.service.cli;

import dev.hufu.rego.Budget;
import dev.hufu.rego.CompileOptions;
import dev.hufu.rego.EvaluationException;
import dev.hufu.rego.PreparedQuery;
import dev.hufu.rego.RegoCompileException;
import dev.hufu.rego.Source;
import dev.hufu.rego.Value;
import dev.hufu.rego.bundle.BundleException;
import dev.hufu.rego.testing.QueryBenchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Times a query. */
@Command(
        name = "bench",
        description = "Time a query on one thread, after as long a warm-up: compare two versions of a policy by it.")
final class PolicyBenchCommand implements Callable<Integer> {
    private static final int MAX_SECONDS = 600;

    @Mixin
    private PolicyInputs inputs = new PolicyInputs();

    @Option(names = "--query", required = true, paramLabel = "QUERY", description = "For example data.hufu.decision.")
    private String query = "";

    @Option(names = "--input", paramLabel = "FILE", description = "The input as JSON.")
    private @Nullable Path input;

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description = "The base document under data, as JSON; instead of a bundle's own.")
    private @Nullable Path data;

    @Option(names = "--seconds", defaultValue = "4", description = "How long, warm-up and all; 4 if not given.")
    private int seconds;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws BundleException {
        HufuCommand root = HufuCommand.of(spec);
        if (seconds < 1 || seconds > MAX_SECONDS) {
            throw new UsageException("--seconds is 1 to " + MAX_SECONDS);
        }
        PolicyInputs.Read read = inputs.read(root);
        List<Source> sources = read.sources();
        var policy = PolicyCommand.compile(root, sources, CompileOptions.defaults());
        if (policy.isEmpty()) {
            return HufuCommand.DOES_NOT;
        }
        try {
            PreparedQuery prepared = policy.get().prepare(query);
            Value given = document(root, input, "--input");
            Value base = data == null ? read.data() : document(root, data, "--data");
            boolean defined = prepared.evaluate(given, base, Budget.DEFAULT).isPresent();
            var benchmark = new QueryBenchmark(prepared, given, base, Budget.DEFAULT, System::nanoTime);
            print(root, benchmark.run(Duration.ofSeconds(seconds)), defined);
            return HufuCommand.HOLDS;
        } catch (RegoCompileException failed) {
            PolicyCommand.show(root, sources, failed);
            return HufuCommand.DOES_NOT;
        } catch (EvaluationException failed) {
            throw new UsageException(query + ": " + failed.getMessage());
        }
    }

    private static @Nullable Value document(HufuCommand root, @Nullable Path file, String option) {
        if (file == null) {
            return null;
        }
        try {
            return Value.fromJson(Files.readString(root.terminal().directory().resolve(file)));
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new UsageException(option + " " + file + ": " + unreadable.getMessage());
        }
    }

    private void print(HufuCommand root, QueryBenchmark.Times times, boolean defined) {
        if (root.json()) {
            root.print(JsonMapper.shared()
                    .createObjectNode()
                    .put("query", query)
                    .put("defined", defined)
                    .put("evaluations", times.evaluations())
                    .put("p50Nanos", times.p50())
                    .put("p99Nanos", times.p99())
                    .put("maxNanos", times.max())
                    .put("meanNanos", times.mean()));
            return;
        }
        root.terminal()
                .out()
                .println(String.format(
                        Locale.ROOT,
                        "%s%s: p50 %.1f µs, p99 %.1f µs, max %.1f µs, mean %.1f µs over %d evaluations",
                        query,
                        defined ? "" : " (undefined)",
                        times.p50() / 1e3,
                        times.p99() / 1e3,
                        times.max() / 1e3,
                        times.mean() / 1e3,
                        times.evaluations()));
    }
}

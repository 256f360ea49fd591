package dev.hufu.service.cli;

import dev.hufu.auditlog.AppendBenchmark;
import dev.hufu.auditlog.AuditLogException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Times durable appends on a disk. */
@Command(
        name = "bench",
        description = {
            "Time durable appends to a log on a disk, beside write and force of the same batches alone, in the same run.",
            "Works in a folder of its own, which it makes in DIR and deletes again; touches no other log."
        })
final class AuditBenchCommand implements Callable<Integer> {
    private static final int MAX_SECONDS = 600;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "A directory on the disk; here if not given.")
    private @Nullable String directory;

    @Option(
            names = "--callers",
            defaultValue = "64",
            paramLabel = "N",
            description = "Callers that each wait for their entry before they append the next; 64 if not given.")
    private int callers;

    @Option(
            names = "--size",
            defaultValue = "1024",
            paramLabel = "BYTES",
            description = "Bytes of an entry; 1024 if not given.")
    private int size;

    @Option(
            names = "--seconds",
            defaultValue = "4",
            paramLabel = "N",
            description = "How long; 4 if not given. Warming up and the disk alone take as long again.")
    private int seconds;

    @Override
    public Integer call() throws InterruptedException {
        HufuCommand root = HufuCommand.of(spec);
        Terminal terminal = root.terminal();
        if (seconds < 1 || seconds > MAX_SECONDS) {
            throw new UsageException("--seconds is 1 to " + MAX_SECONDS);
        }
        AppendBenchmark.Plan plan;
        try {
            plan = new AppendBenchmark.Plan(callers, size, Duration.ofSeconds(seconds));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        Path base =
                directory == null ? terminal.directory() : terminal.directory().resolve(directory);
        try (Interruption _ = Interruption.ofThisThread()) {
            Path own = Files.createTempDirectory(base, "hufu-bench-");
            try {
                var warmUp = new AppendBenchmark.Plan(callers, size, plan.time().dividedBy(2));
                AppendBenchmark.run(Files.createDirectory(own.resolve("warm-up")), warmUp, terminal.clock());
                print(root, AppendBenchmark.run(Files.createDirectory(own.resolve("run")), plan, terminal.clock()));
                return HufuCommand.HOLDS;
            } finally {
                delete(own);
            }
        } catch (AuditLogException e) {
            terminal.err().println("hufu: the log did not go on: " + e.getMessage());
            return HufuCommand.DOES_NOT;
        } catch (IOException | UncheckedIOException e) {
            throw new UnreachableException("the directory cannot be used: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            terminal.err().println("hufu: interrupted; nothing was measured");
            return HufuCommand.DOES_NOT;
        }
    }

    private static void delete(Path own) throws IOException {
        try (Stream<Path> files = Files.walk(own)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void print(HufuCommand root, AppendBenchmark.Result result) {
        if (root.json()) {
            root.print(JsonMapper.shared()
                    .createObjectNode()
                    .put("callers", callers)
                    .put("entryBytes", size)
                    .put("entries", result.entries())
                    .put("perSecond", result.perSecond())
                    .put("entriesABatch", result.aBatch())
                    .put("diskPerSecond", result.limit())
                    .put("ratio", result.ratio())
                    .put("p50Nanos", result.p50Nanos())
                    .put("p99Nanos", result.p99Nanos()));
            return;
        }
        root.terminal()
                .out()
                .println(String.format(
                        Locale.ROOT,
                        "%,.0f durable appends/s of %d bytes from %d callers: p50 %.2f ms, p99 %.2f ms, %.1f a batch%n"
                                + "%,.0f/s write and force alone, same batches: ratio %.2f",
                        result.perSecond(),
                        size,
                        callers,
                        result.p50Nanos() / 1e6,
                        result.p99Nanos() / 1e6,
                        result.aBatch(),
                        result.limit(),
                        result.ratio()));
    }
}

package dev.hufu.service.load;

import dev.hufu.service.HufuServerTest;
import dev.hufu.service.web.Caller;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server in a process of its own, started from the project's root with README's command, and stopped as Ctrl-C stops it. */
final class RunningServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Path PROC = Path.of("/proc");

    private final Process command;
    private final Path data;
    private final int port;
    private final Duration start;

    private RunningServer(Process command, Path data, int port, Duration start) {
        this.command = command;
        this.data = data;
        this.port = port;
        this.start = start;
    }

    /** Starts a server and waits until its health is UP. {@code -Dhufu.benchmark.run=…} adds to the command, to compare settings. */
    static RunningServer start(Path data, Map<String, String> environment) throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        List<String> words = new ArrayList<>(List.of("mvn", "-B", "-q", "spring-boot:run"));
        words.addAll(Arrays.asList(System.getProperty("hufu.benchmark.run", "").split(" ", 0)));
        words.removeIf(String::isEmpty);
        var builder = new ProcessBuilder(words)
                .directory(new File(System.getProperty("hufu.root", "../..")))
                .redirectErrorStream(true)
                .redirectOutput(data.resolveSibling("server.out").toFile());
        builder.environment()
                .putAll(Map.of(
                        "HUFU_DEMO_PASSWORD", HufuServerTest.PASSWORD,
                        "SERVER_PORT", Integer.toString(port),
                        "HUFU_DATA", data.toString()));
        builder.environment().putAll(environment);
        long begun = System.nanoTime();
        Process command = builder.start();
        RunningServer server = new RunningServer(command, data, port, Duration.ZERO);
        while (!server.up()) {
            if (!command.isAlive() || System.nanoTime() - begun > PATIENCE.toNanos()) {
                server.close();
                throw new AssertionError(
                        "the server did not come up: " + Files.readString(data.resolveSibling("server.out")));
            }
            Thread.sleep(100);
        }
        return new RunningServer(command, data, port, Duration.ofNanos(System.nanoTime() - begun));
    }

    int port() {
        return port;
    }

    /** From the command to health UP. */
    Duration start() {
        return start;
    }

    private boolean up() {
        try {
            return Caller.nobody(port).get("/actuator/health").status() == 200;
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof ConnectException) {
                return false;
            }
            throw e;
        }
    }

    /** Resident mebibytes of the server's own process; 0 where there is no {@code /proc}. */
    long residentMebibytes() {
        return java().map(process -> kibibytes(process.pid(), "status", "VmRSS:"))
                        .orElse(0L)
                / 1024;
    }

    /** Mebibytes of PostgreSQL's processes, what they share counted once; 0 where there is no {@code /proc}. */
    long databaseMebibytes() throws IOException {
        try (Stream<Path> files = Files.walk(data, 3)) {
            Path pid =
                    files.filter(f -> f.endsWith("postmaster.pid")).findFirst().orElseThrow();
            ProcessHandle postmaster = ProcessHandle.of(
                            Long.parseLong(Files.readAllLines(pid).getFirst()))
                    .orElseThrow();
            return Stream.concat(Stream.of(postmaster), postmaster.descendants())
                            .mapToLong(process -> kibibytes(process.pid(), "smaps_rollup", "Pss:"))
                            .sum()
                    / 1024;
        }
    }

    /** The youngest Java process below the command: Maven starts one for the server. */
    private Optional<ProcessHandle> java() {
        return command.descendants()
                .filter(process -> process.info().command().orElse("").endsWith("java"))
                .max(Comparator.comparing(
                        process -> process.info().startInstant().orElse(Instant.EPOCH)));
    }

    private static long kibibytes(long pid, String file, String label) {
        try (Stream<String> lines = Files.lines(PROC.resolve(Long.toString(pid)).resolve(file))) {
            return lines.filter(line -> line.startsWith(label))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException gone) {
            return 0;
        }
    }

    @Override
    public void close() throws InterruptedException {
        List<ProcessHandle> all = Stream.concat(command.descendants(), Stream.of(command.toHandle()))
                .toList();
        java().ifPresentOrElse(ProcessHandle::destroy, command::destroy);
        if (!command.waitFor(60, TimeUnit.SECONDS)) {
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }
}

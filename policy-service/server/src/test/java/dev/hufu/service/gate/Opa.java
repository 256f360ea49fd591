package dev.hufu.service.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The {@code opa} on the PATH, where there is one. */
public final class Opa {
    private Opa() {}

    public static boolean isThere() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "opa")));
    }

    /** A bundle with Wasm of modules by path, as an operator makes one. */
    public static Path wasm(Path directory, Map<String, String> modules, String... more) throws Exception {
        Path sources = Files.createTempDirectory(directory, "sources");
        for (Map.Entry<String, String> module : modules.entrySet()) {
            Path file = sources.resolve(module.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, module.getValue());
        }
        Path bundle = directory.resolve(sources.getFileName() + ".tar.gz");
        var command =
                new ArrayList<>(List.of("opa", "build", "-t", "wasm", "-e", "hufu/decision", "-o", bundle.toString()));
        command.addAll(List.of(more));
        command.addAll(List.of("house", "lawpacks"));
        Path out = directory.resolve("out");
        Process build = new ProcessBuilder(command)
                .directory(sources.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(build.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(build.exitValue()).as(Files.readString(out)).isZero();
        return bundle;
    }

    /** A server on a loopback port, listening when this returns. */
    public static Server serve(int port, String... more) throws Exception {
        var command = new ArrayList<>(
                List.of("opa", "run", "--server", "--addr", "127.0.0.1:" + port, "--log-level", "error"));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!listens(port)) {
            assertThat(process.isAlive()).as("opa run --server").isTrue();
            assertThat(System.nanoTime()).isLessThan(until);
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return new Server(port, process);
    }

    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean listens(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Of this test, and ended with it. */
    public record Server(int port, Process process) implements AutoCloseable {
        public URI base() {
            return URI.create("http://127.0.0.1:" + port);
        }

        @Override
        public void close() {
            process.destroyForcibly();
            try {
                process.waitFor(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

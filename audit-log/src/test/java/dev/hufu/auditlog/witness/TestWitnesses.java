package dev.hufu.auditlog.witness;

import com.sun.net.httpserver.HttpServer;
import dev.hufu.auditlog.note.VerifierKey;
import dev.hufu.auditlog.note.WitnessAlgorithm;
import dev.hufu.auditlog.note.WitnessSigningKey;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Witnesses on loopback, real ones and such that lie, lag, are slow or gone. */
public final class TestWitnesses implements Closeable {
    private final Path directory;
    private final VerifierKey log;
    private final List<Closeable> open = new ArrayList<>();

    public TestWitnesses(Path directory, VerifierKey log) {
        this.directory = directory;
        this.log = log;
    }

    public static WitnessSigningKey key(int number) {
        byte[] seed = new byte[32];
        seed[0] = (byte) number;
        return WitnessSigningKey.ofSeed("council.example/w" + number, seed);
    }

    private WitnessPlace at(int number, int port) {
        return new WitnessPlace(key(number).verifierKey(), URI.create("http://localhost:" + port));
    }

    /** The real one. */
    public WitnessPlace honest(int number) throws IOException {
        return at(number, server(number, 0).port());
    }

    /** The real one with a key of ML-DSA-44. */
    public WitnessPlace postQuantum(int number) throws IOException {
        WitnessSigningKey key =
                WitnessSigningKey.ofSeed("council.example/w" + number, WitnessAlgorithm.ML_DSA_44, new byte[32]);
        Path state = Files.createDirectories(directory.resolve("w" + number));
        WitnessServer server = WitnessServer.start(Witness.open(state, key, List.of(log), Clock.systemUTC()), 0);
        open.add(server);
        return new WitnessPlace(key.verifierKey(), URI.create("http://localhost:" + server.port()));
    }

    private WitnessServer server(int number, int port) throws IOException {
        Path state = Files.createDirectories(directory.resolve("w" + number));
        WitnessServer server =
                WitnessServer.start(Witness.open(state, key(number), List.of(log), Clock.systemUTC()), port);
        open.add(server);
        return server;
    }

    /** One that is not there; {@link #arrive} brings it. */
    public WitnessPlace gone(int number) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return at(number, socket.getLocalPort());
        }
    }

    public void arrive(int number, WitnessPlace place) throws IOException {
        server(number, place.url().getPort());
    }

    /** One that takes connections and says nothing. */
    public WitnessPlace silent(int number) throws IOException {
        ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        open.add(socket);
        return at(number, socket.getLocalPort());
    }

    /** The real one, behind something that changes what it says. */
    public WitnessPlace saying(int number, Function<Answer, Reply> said) throws IOException {
        return saying(number, said, new AtomicBoolean(true));
    }

    /** What is sent instead. */
    public record Reply(int status, String body) {}

    /** The real one's answer as HTTP has it. */
    public static Reply truly(Answer answer) {
        return switch (answer) {
            case Answer.Cosigned(String line) -> new Reply(200, line);
            case Answer.Conflict(long size) -> new Reply(409, size + "\n");
            case Answer.Malformed _ -> new Reply(400, "");
            case Answer.NotSigned _ -> new Reply(403, "");
            case Answer.UnknownLog _ -> new Reply(404, "");
            case Answer.Inconsistent _ -> new Reply(422, "");
        };
    }

    /** Changes it as long as {@code lying}. */
    public WitnessPlace saying(int number, Function<Answer, Reply> said, AtomicBoolean lying) throws IOException {
        Path state = Files.createDirectories(directory.resolve("w" + number));
        Witness witness = Witness.open(state, key(number), List.of(log), Clock.systemUTC());
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        http.setExecutor(threads);
        http.createContext("/add-checkpoint", exchange -> {
            try (exchange) {
                Answer answer =
                        witness.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                Reply reply = lying.get() ? said.apply(answer) : truly(answer);
                byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        });
        http.start();
        open.add(() -> {
            http.stop(0);
            threads.shutdownNow();
            witness.close();
        });
        return at(number, http.getAddress().getPort());
    }

    /** Asked every 20 ms, anew after 200 ms. */
    public static Witnesses asked(int threshold, Duration late, WitnessPlace... places) {
        return new Witnesses(
                List.of(places),
                threshold,
                Duration.ofSeconds(20),
                Duration.ofMillis(20),
                Duration.ofMillis(200),
                late);
    }

    @Override
    public void close() throws IOException {
        for (Closeable each : open.reversed()) {
            each.close();
        }
    }
}

package dev.hufu.auditlog.witness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** {@code POST /add-checkpoint} of C2SP tlog-witness over HTTP, on loopback: what reaches further belongs before it. */
public final class WitnessServer implements Closeable {
    private static final int BACKLOG = 64;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Witness witness;

    private WitnessServer(HttpServer server, Witness witness) {
        this.server = server;
        this.witness = witness;
    }

    /** Serves {@code witness} on {@code port}, or on any that is free if that is 0. */
    public static WitnessServer start(Witness witness, int port) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        WitnessServer server = new WitnessServer(http, witness);
        http.createContext("/", server::handle);
        http.setExecutor(server.threads);
        http.start();
        return server;
    }

    /** The port that it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals("/add-checkpoint")) {
                answer(exchange, 404, "there is POST /add-checkpoint here\n");
            } else if (!exchange.getRequestMethod().equals("POST")) {
                answer(exchange, 405, "POST only\n");
            } else {
                byte[] body = exchange.getRequestBody().readNBytes(AddCheckpoint.MAX_BYTES + 1);
                if (body.length > AddCheckpoint.MAX_BYTES) {
                    answer(exchange, 413, "a request has at most " + AddCheckpoint.MAX_BYTES + " bytes\n");
                } else {
                    answer(exchange, witness.add(new String(body, StandardCharsets.UTF_8)));
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void answer(HttpExchange exchange, Answer answer) throws IOException {
        switch (answer) {
            case Answer.Cosigned(String line) -> answer(exchange, 200, line);
            case Answer.Malformed(String what) -> answer(exchange, 400, what + "\n");
            case Answer.NotSigned() -> answer(exchange, 403, "not signed by the log's key\n");
            case Answer.UnknownLog() -> answer(exchange, 404, "this log is not witnessed here\n");
            case Answer.Inconsistent() -> answer(exchange, 422, "the proof does not show that the log only grew\n");
            case Answer.Conflict(long size) -> {
                exchange.getResponseHeaders().set("Content-Type", "text/x.tlog.size");
                answer(exchange, 409, size + "\n");
            }
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().putIfAbsent("Content-Type", List.of("text/plain; charset=utf-8"));
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() throws IOException {
        server.stop(0);
        threads.close();
        witness.close();
    }
}

package dev.hufu.auditlog.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.hufu.auditlog.AuditLog;
import dev.hufu.auditlog.AuditLogException;
import dev.hufu.auditlog.EntryId;
import dev.hufu.auditlog.LogReader;
import dev.hufu.auditlog.Logs;
import dev.hufu.auditlog.journal.Disk;
import dev.hufu.auditlog.layout.TilePath;
import dev.hufu.auditlog.note.VerifierKey;
import dev.hufu.auditlog.tiles.HttpTiles;
import dev.hufu.auditlog.tiles.TileSource;
import dev.hufu.auditlog.tiles.TileStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {
    @TempDir
    Path directory;

    private final Logs logs = new Logs();
    private final VerifierKey key = logs.key().verifierKey();
    private final List<String> given = new ArrayList<>();

    private void append(Path log, String text, int from, int to) throws IOException {
        try (AuditLog open = logs.open(log)) {
            CompletableFuture.allOf(IntStream.range(from, to)
                            .mapToObj(i ->
                                    open.appendAsync(new EntryId("p", i), (text + i).getBytes(StandardCharsets.UTF_8)))
                            .toArray(CompletableFuture[]::new))
                    .join();
        }
    }

    private boolean take(long index, byte[] entry) {
        given.add(index + " " + new String(entry, StandardCharsets.UTF_8));
        return true;
    }

    private static TileSource files(Path log) {
        return new TileStore(log, Disk.REAL);
    }

    @Test
    void poll_growingLog_givesEachEntryOnceInOrder() throws IOException {
        append(directory, "e", 0, 300);
        LogTail tail = new LogTail(files(directory), key, 250);
        assertThat(tail.poll((index, entry, _) -> take(index, entry))).isEqualTo(300);
        assertThat(tail.poll((index, entry, _) -> take(index, entry))).isEqualTo(300);
        append(directory, "e", 300, 901);
        tail.poll((index, entry, _) -> take(index, entry) && index < 600);
        tail.poll((index, entry, _) -> take(index, entry));
        assertThat(given)
                .isEqualTo(IntStream.range(250, 901).mapToObj(i -> i + " e" + i).toList());
    }

    @Test
    void poll_historyRewrittenUnderTheSameKey_isRefusedWithTheEvidence() throws IOException {
        Path other = directory.resolve("other");
        append(directory.resolve("log"), "e", 0, 10);
        append(other, "forged", 0, 20);
        TileSource[] now = {files(directory.resolve("log"))};
        TileSource tiles = new TileSource() {
            @Override
            public Optional<byte[]> read(TilePath path) throws IOException {
                return now[0].read(path);
            }

            @Override
            public Optional<byte[]> readCheckpoint() throws IOException {
                return now[0].readCheckpoint();
            }

            @Override
            public Optional<byte[]> readKey() throws IOException {
                return now[0].readKey();
            }
        };
        LogTail tail = new LogTail(tiles, key, 0);
        tail.poll((index, entry, _) -> take(index, entry));
        now[0] = files(other);
        assertThatThrownBy(() -> tail.poll((index, entry, _) -> take(index, entry)))
                .isInstanceOf(AuditLogException.Damaged.class)
                .hasMessageContaining("does not continue that of 10")
                .hasMessageContaining(LogReader.open(other).note());
        assertThat(given).hasSize(10);
    }

    @Test
    void next_logTakenBack_isRefused() throws IOException {
        append(directory, "e", 0, 10);
        byte[] early = Files.readAllBytes(directory.resolve("checkpoint"));
        append(directory, "e", 10, 20);
        CheckpointChain chain = new CheckpointChain(key);
        chain.next(files(directory));
        Files.write(directory.resolve("checkpoint"), early);
        assertThatThrownBy(() -> chain.next(files(directory))).isInstanceOf(AuditLogException.Damaged.class);
        assertThatThrownBy(() ->
                        new CheckpointChain(new Logs("other.example/log").key().verifierKey()).next(files(directory)))
                .hasMessageContaining("not signed");
    }

    @Test
    void poll_overHttp_givesTheSameAndNamesWhatIsNotShown() throws IOException {
        append(directory, "e", 0, 600);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/log/v1/", exchange -> {
            String path = exchange.getRequestURI().getPath().substring("/log/v1/".length());
            boolean hidden = path.startsWith("tile/entries/")
                    && !"Bearer t".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            Path file = directory.resolve(path);
            try (exchange) {
                if (hidden || !Files.isRegularFile(file)) {
                    exchange.sendResponseHeaders(hidden ? 403 : 404, -1);
                } else {
                    byte[] bytes = Files.readAllBytes(file);
                    exchange.sendResponseHeaders(200, bytes.length);
                    exchange.getResponseBody().write(bytes);
                }
            }
        });
        server.start();
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/log/v1");
        try (HttpTiles tiles = new HttpTiles(base, Optional.of("Bearer t"));
                HttpTiles stranger = new HttpTiles(base, Optional.empty())) {
            new LogTail(tiles, key, 0).poll((index, entry, _) -> take(index, entry));
            assertThat(given).hasSize(600).endsWith("599 e599");
            assertThat(tiles.readKey()).isPresent();
            assertThatThrownBy(() -> new LogTail(stranger, key, 0).poll((_, _, _) -> true))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("HTTP 403");
        } finally {
            server.stop(0);
        }
    }
}

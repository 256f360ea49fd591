package dev.hufu.auditlog.tiles;

import dev.hufu.auditlog.layout.LogFiles;
import dev.hufu.auditlog.layout.TilePath;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/**
 * A log's public files as a server shows them (C2SP tlog-tiles): {@code checkpoint}, {@code log.vkey}, {@code tile/…}
 * below one address. Bodies and waits are bounded; no redirect is followed, so a credential goes nowhere else.
 * Thread-safe.
 */
public final class HttpTiles implements TileSource, Closeable {
    /** The longest bundle: 256 entries of 65,535 bytes and their lengths. */
    private static final int MAX_BYTES = 256 * (65_535 + Short.BYTES);

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofMinutes(1);
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final URI base;
    private final Optional<String> authorization;
    private final HttpClient http;

    /**
     * The log at {@code base}.
     *
     * @param base an http or https address; what is asked for is put behind it, after a slash
     * @param authorization the header of that name, for entry bundles, which not everybody may read
     */
    public HttpTiles(URI base, Optional<String> authorization) {
        this.base = base.toString().endsWith("/") ? base : URI.create(base + "/");
        this.authorization = authorization;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public Optional<byte[]> read(TilePath path) throws IOException {
        Optional<byte[]> exact = get(path.toString());
        // The partial form may have been replaced by the full one; what is wider than asked for is cut.
        return exact.isPresent() || path.isFull()
                ? exact
                : get(path.withWidth(TilePath.FULL).toString()).map(full -> TileStore.prefix(path, full));
    }

    @Override
    public Optional<byte[]> readCheckpoint() throws IOException {
        return get(TileStore.CHECKPOINT);
    }

    @Override
    public Optional<byte[]> readKey() throws IOException {
        return get(LogFiles.KEY);
    }

    private Optional<byte[]> get(String path) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path)).timeout(ANSWER).GET();
        authorization.ifPresent(value -> request.header("Authorization", value));
        HttpResponse<byte[]> answer;
        try {
            answer = http.send(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException) new InterruptedIOException("interrupted").initCause(e);
        }
        return switch (answer.statusCode()) {
            case OK -> Optional.of(answer.body());
            case NOT_FOUND -> Optional.empty();
            case UNAUTHORIZED, FORBIDDEN ->
                throw new IOException(
                        path + ": the server does not show this without a credential that may read it (HTTP "
                                + answer.statusCode() + ")");
            default -> throw new IOException(path + ": the server answered HTTP " + answer.statusCode());
        };
    }

    @Override
    public void close() {
        http.close();
    }
}

package dev.hufu.service.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A running server, as a command speaks to it: one request at a time, no redirects, bounded waits. Credentials come from
 * the caller and are never printed.
 */
public final class Server {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofMinutes(2);

    private final URI base;
    private final @Nullable String authorization;
    private final HttpClient http;

    private Server(URI base, @Nullable String authorization) {
        this.base = base;
        this.authorization = authorization;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * The server that the environment names: {@code HUFU_URL}, else {@code http://localhost:} with {@code SERVER_PORT} or
     * 8080.
     *
     * @throws UsageException if the address is not one
     */
    public static Server of(Terminal terminal, @Nullable String authorization) {
        String said = terminal.variable("HUFU_URL")
                .orElseGet(() ->
                        "http://localhost:" + terminal.variable("SERVER_PORT").orElse("8080"));
        URI base;
        try {
            base = URI.create(said.endsWith("/") ? said.substring(0, said.length() - 1) : said);
        } catch (IllegalArgumentException e) {
            throw new UsageException("HUFU_URL is not an address: " + said);
        }
        boolean web = "http".equals(base.getScheme()) || "https".equals(base.getScheme());
        if (!web || base.getHost() == null || base.getUserInfo() != null) {
            throw new UsageException("HUFU_URL has to look like http://localhost:8080, it is: " + said);
        }
        if (authorization != null && "http".equals(base.getScheme()) && !loopback(base.getHost())) {
            terminal.err()
                    .println("hufu: warning: " + base.getHost() + " is spoken to without TLS, so the credential"
                            + " travels in clear; use an https address");
        }
        return new Server(base, authorization);
    }

    /** {@code Authorization} for an account and its password (RFC 7617, UTF-8). */
    public static String basic(String account, String password) {
        byte[] pair = (account + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /** {@code Authorization} for a token (RFC 6750). */
    public static String bearer(String token) {
        return "Bearer " + token;
    }

    public URI base() {
        return base;
    }

    /** GETs JSON. */
    public JsonNode get(String path) {
        return json(send(request(path, "application/json").GET()));
    }

    /** POSTs JSON, takes JSON. */
    public JsonNode post(String path, JsonNode body) {
        return json(post(path, body, "application/json"));
    }

    /** POSTs JSON, takes a body of the wanted type as it came. */
    public HttpResponse<byte[]> post(String path, JsonNode body, String accept) {
        return send(request(path, accept)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JsonMapper.shared().writeValueAsBytes(body))));
    }

    /** DELETEs. */
    public void delete(String path) {
        send(request(path, "application/json").DELETE());
    }

    /**
     * Sends any request and takes its body as it came.
     *
     * @throws RefusedException if the status is not 2xx
     * @throws UnreachableException if there is no answer
     */
    public HttpResponse<byte[]> send(HttpRequest.Builder request) {
        HttpResponse<byte[]> answer = exchange(request);
        if (answer.statusCode() / 100 != 2) {
            throw refused(answer);
        }
        return answer;
    }

    /** As {@link #send}, but any status is an answer. */
    HttpResponse<byte[]> exchange(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (HttpConnectTimeoutException | ConnectException e) {
            throw new UnreachableException(away("no server answers at " + base));
        } catch (HttpTimeoutException e) {
            throw new UnreachableException(base + " did not answer within " + ANSWER.toSeconds() + " s");
        } catch (IOException e) {
            boolean unknown = e.getCause() instanceof UnresolvedAddressException;
            throw new UnreachableException(
                    away(unknown ? "no such host: " + base.getHost() : base + " broke off the connection"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreachableException("interrupted");
        }
    }

    /** A request to a path of this server, with the credential. */
    public HttpRequest.Builder request(String path, String accept) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path)).timeout(ANSWER).header("Accept", accept);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return request;
    }

    private String away(String what) {
        return what + "\n  Next: start it (hufu serve, or mvn spring-boot:run), or set HUFU_URL to where it runs";
    }

    private RefusedException refused(HttpResponse<byte[]> answer) {
        return new RefusedException(
                answer.statusCode(),
                parse(answer.body())
                        .orElseGet(() -> JsonMapper.shared()
                                .createObjectNode()
                                .put("status", answer.statusCode())
                                .put(
                                        "title",
                                        "the server answered HTTP " + answer.statusCode() + " without a reason")));
    }

    private JsonNode json(HttpResponse<byte[]> answer) {
        return parse(answer.body())
                .orElseThrow(() -> new UnreachableException(
                        base + " answers, but not in JSON: is it a Hufu server? Check HUFU_URL"));
    }

    private static Optional<JsonNode> parse(byte[] body) {
        try {
            return Optional.of(JsonMapper.shared().readTree(body)).filter(JsonNode::isContainer);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    static boolean loopback(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.startsWith("127.");
    }
}

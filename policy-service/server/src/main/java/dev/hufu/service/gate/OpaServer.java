package dev.hufu.service.gate;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * An OPA server over HTTP/1.1: no redirects, bounded answers, and a moment by which each exchange is over. All that is sent may be
 * sent twice (a question changes nothing, and what is put is put whole), so that whatever fails on the way or on the server is tried
 * again, up to three times and with jitter, while there is time. Thread-safe.
 */
final class OpaServer implements AutoCloseable {
    private static final int ATTEMPTS = 3;
    private static final int MAX_MESSAGE = 300;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);

    /** The status of what a rule's own failure is told as; a failure of the server has it too, without such a code. */
    static final int EVALUATION_FAILED = 500;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final URI base;
    private final Optional<String> token;
    private final RandomGenerator random;
    private final HttpClient http;

    OpaServer(URI base, Optional<String> token, RandomGenerator random) {
        this.base = base;
        this.token = token;
        this.random = random;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    /** What came of an exchange. */
    sealed interface Reply {
        /** Taken: a status of success, and the document in the body, if any. */
        record Taken(@Nullable JsonNode document) implements Reply {}

        /** Understood and not taken (400 to 499, or a rule that fails): sending it again would change nothing. */
        record Refused(int status, String message) implements Reply {}

        /** No answer that can be taken, and why. */
        record Failed(String why) implements Reply {}
    }

    /** By when to be done, by the clock of {@link System#nanoTime}. */
    record Deadline(long nanos) {
        static Deadline in(Duration duration) {
            return new Deadline(System.nanoTime() + duration.toNanos());
        }

        long left() {
            return nanos - System.nanoTime();
        }
    }

    /**
     * @param path with a leading {@code /}, encoded
     * @param maxBytes of the answer
     */
    Reply exchange(String method, String path, String type, String body, int maxBytes, Deadline deadline) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).header("Accept", "application/json");
        token.ifPresent(t -> request.header("Authorization", "Bearer " + t));
        if (body.isEmpty()) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.header("Content-Type", type).method(method, BodyPublishers.ofString(body));
        }
        long pause = FIRST_PAUSE.toNanos();
        Reply reply = new Reply.Failed("no time left");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (attempt > 0 && !paused(pause / 2 + random.nextLong(pause), deadline)) {
                return reply;
            }
            pause *= 4;
            reply = once(request.build(), maxBytes, deadline);
            if (!(reply instanceof Reply.Failed)) {
                return reply;
            }
        }
        return reply;
    }

    private static boolean paused(long nanos, Deadline deadline) {
        try {
            if (deadline.left() <= nanos) {
                return false;
            }
            TimeUnit.NANOSECONDS.sleep(nanos);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Reply once(HttpRequest request, int maxBytes, Deadline deadline) {
        CompletableFuture<HttpResponse<byte[]>> exchange =
                http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), maxBytes));
        try {
            return read(exchange.get(Math.max(0, deadline.left()), TimeUnit.NANOSECONDS));
        } catch (TimeoutException late) {
            exchange.cancel(true);
            return new Reply.Failed("it does not answer in time");
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            return new Reply.Failed("interrupted");
        } catch (ExecutionException broken) {
            return new Reply.Failed(
                    switch (broken.getCause()) {
                        case ConnectException _ -> "it cannot be connected to";
                        case IOException _ -> "the connection broke, or its answer is longer than any that is expected";
                        case null, default -> "the exchange failed";
                    });
        }
    }

    private static Reply read(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        boolean refused = status >= 400 && status < 500;
        boolean failed = status == EVALUATION_FAILED && ruleFailed(response.body());
        if (refused || failed) {
            return new Reply.Refused(status, message(response.body()));
        }
        if (status >= 300) {
            return new Reply.Failed("it answers with HTTP " + status);
        }
        try {
            return new Reply.Taken(response.body().length == 0 ? null : JSON.readTree(response.body()));
        } catch (JacksonException garbage) {
            return new Reply.Failed("its answer is no JSON");
        }
    }

    private static boolean ruleFailed(byte[] body) {
        return error(body).at("/errors/0/code").asString("").startsWith("eval_");
    }

    private static JsonNode error(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException garbage) {
            return MissingNode.getInstance();
        }
    }

    /** OPA's own words, on one line and bounded. */
    private static String message(byte[] body) {
        JsonNode error = error(body);
        String detail = error.at("/errors/0/message").asString("");
        String text = error.path("message").asString("") + (detail.isEmpty() ? "" : ": " + detail);
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.substring(0, Math.min(line.length(), MAX_MESSAGE));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}

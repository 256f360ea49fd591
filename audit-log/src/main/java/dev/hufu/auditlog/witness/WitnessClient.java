package dev.hufu.auditlog.witness;

import dev.hufu.auditlog.AuditLogException;
import dev.hufu.auditlog.LogReader;
import dev.hufu.auditlog.note.Checkpoint;
import dev.hufu.auditlog.note.SignedNote;
import dev.hufu.auditlog.note.WitnessKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a witness to cosign a log's checkpoint, from the log's files alone: whoever appends never waits for it. */
public final class WitnessClient implements AutoCloseable {
    private static final int OK = 200;
    private static final int CONFLICT = 409;
    private static final int MOST_BYTES = 64 * 1024;

    private final URI endpoint;
    private final WitnessKey key;
    private final Duration timeout;
    private final HttpClient http;

    /**
     * A client of one witness.
     *
     * @param submission the witness's submission prefix; {@code /add-checkpoint} is added
     * @param timeout for connecting, and again for each of at most two requests
     */
    public WitnessClient(URI submission, WitnessKey key, Duration timeout) {
        this.endpoint = URI.create(submission.toString().replaceAll("/+$", "") + "/add-checkpoint");
        this.key = key;
        this.timeout = timeout;
        this.http = HttpClient.newBuilder().connectTimeout(timeout).build();
    }

    /** What came of asking. */
    public sealed interface Asked {
        /** The witness cosigned: its line, verified. */
        record Cosigned(String line) implements Asked {}

        /** It answered, but with no cosignature that counts: why, also in words. */
        record Refused(WitnessTrouble trouble, String why) implements Asked {}

        /** It did not answer in time, or not at all. */
        record Away(WitnessTrouble trouble, String why) implements Asked {}
    }

    private record Reply(int status, String body) {}

    /** {@link #ask(LogReader, long)} of a witness of which nothing is known. */
    public Asked ask(LogReader log) throws IOException {
        return ask(log, 0);
    }

    /**
     * Asks for a cosignature of the checkpoint that {@code log} was opened at.
     *
     * @param known size that the witness is thought to have cosigned last; where it is another one, the witness says which
     * @throws AuditLogException.Damaged if the tiles do not give the proof that the witness needs
     */
    public Asked ask(LogReader log, long known) throws IOException {
        long size = log.checkpoint().size();
        long old = known > size ? 0 : known;
        try {
            Reply reply = send(request(log, old));
            if (reply.status() == CONFLICT) {
                long said = Checkpoint.parseCount(reply.body().strip(), "witness's size");
                if (said > size) {
                    return new Asked.Refused(
                            WitnessTrouble.AHEAD,
                            "the witness has cosigned " + said + " entries of this log, this directory shows " + size
                                    + ": it is behind, or was rolled back");
                }
                if (said != old) {
                    reply = send(request(log, said));
                }
            }
            return reply.status() == OK ? cosigned(log, reply.body()) : refused(reply);
        } catch (IllegalArgumentException e) {
            return new Asked.Refused(
                    WitnessTrouble.NONSENSE, "the witness answers what no witness does: " + e.getMessage());
        } catch (TimeoutException e) {
            return new Asked.Away(WitnessTrouble.SLOW, "no answer within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            return away(e.getCause() instanceof IOException cause ? cause : new IOException(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Asked.Away(WitnessTrouble.AWAY, "interrupted");
        }
    }

    private static AddCheckpoint request(LogReader log, long old) {
        return new AddCheckpoint(old, old == 0 ? List.of() : log.consistency(old), log.note());
    }

    private static Asked away(IOException e) {
        return new Asked.Away(
                e instanceof HttpTimeoutException ? WitnessTrouble.SLOW : WitnessTrouble.AWAY,
                e.getClass().getSimpleName());
    }

    private Asked cosigned(LogReader log, String lines) {
        SignedNote note = SignedNote.parse(log.note() + lines);
        return switch (note.of(key)) {
            case SIGNED ->
                new Asked.Cosigned(note.only(List.of(key)).substring(note.text().length() + 1));
            case FORGED -> new Asked.Refused(WitnessTrouble.FALSE_SIGNATURE, "the witness's cosignature is false");
            case ABSENT ->
                new Asked.Refused(WitnessTrouble.OTHER_KEY, "the witness signs with another key than the one trusted");
        };
    }

    private static Asked refused(Reply reply) {
        return switch (reply.status()) {
            case 403 ->
                new Asked.Refused(
                        WitnessTrouble.LOG_NOT_SIGNED,
                        "the witness does not find the log's signature on the checkpoint");
            case 404 ->
                new Asked.Refused(
                        WitnessTrouble.LOG_UNKNOWN, "the witness does not know this log; give it the log's key");
            case CONFLICT ->
                new Asked.Refused(
                        WitnessTrouble.CONFLICT,
                        "the witness has cosigned another tree of this size, or one meanwhile");
            case 422 ->
                new Asked.Refused(
                        WitnessTrouble.FORK, "the witness has cosigned a tree that this one does not continue: a fork");
            default -> new Asked.Refused(WitnessTrouble.NONSENSE, "the witness answers with HTTP " + reply.status());
        };
    }

    /** The timeout of a request ends with its headers; a body that never ends is cut off by waiting no longer. */
    private Reply send(AddCheckpoint request) throws ExecutionException, InterruptedException, TimeoutException {
        HttpRequest post = HttpRequest.newBuilder(endpoint)
                .timeout(timeout)
                .POST(HttpRequest.BodyPublishers.ofString(request.text()))
                .build();
        CompletableFuture<HttpResponse<String>> sent = http.sendAsync(
                post,
                HttpResponse.BodyHandlers.limiting(
                        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8), MOST_BYTES));
        try {
            HttpResponse<String> response = sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Reply(response.statusCode(), response.body());
        } finally {
            sent.cancel(true); // of no effect once it is done
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}

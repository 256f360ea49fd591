package dev.hufu.auditlog.witness;

import dev.hufu.auditlog.AuditLogException;
import dev.hufu.auditlog.LogReader;
import dev.hufu.auditlog.merkle.Hash;
import dev.hufu.auditlog.note.Checkpoint;
import dev.hufu.auditlog.note.SignedNote;
import dev.hufu.auditlog.note.WitnessKey;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

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

        /** It answered, but with no cosignature: why, in words. */
        record Refused(String why) implements Asked {}

        /** It did not answer in time, or not at all. */
        record Away(String why) implements Asked {}
    }

    private record Reply(int status, String body) {}

    /**
     * Asks for a cosignature of the checkpoint that {@code log} was opened at.
     *
     * @throws AuditLogException.Damaged if the tiles do not give the proof that the witness needs
     */
    public Asked ask(LogReader log) throws IOException {
        long size = log.checkpoint().size();
        try {
            Reply reply = send(new AddCheckpoint(0, List.of(), log.note()));
            if (reply.status() == CONFLICT) {
                long old = Checkpoint.parseCount(reply.body().strip(), "witness's size");
                if (old > size) {
                    return new Asked.Refused("the witness has cosigned " + old + " entries of this log, this directory"
                            + " shows " + size + ": it is behind, or was rolled back");
                }
                List<Hash> proof = old == 0 ? List.of() : log.consistency(old);
                reply = send(new AddCheckpoint(old, proof, log.note()));
            }
            return reply.status() == OK ? cosigned(log, reply.body()) : refused(reply);
        } catch (IllegalArgumentException e) {
            return new Asked.Refused("the witness answers what no witness does: " + e.getMessage());
        } catch (IOException e) {
            return new Asked.Away(e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Asked.Away("interrupted");
        }
    }

    private Asked cosigned(LogReader log, String lines) {
        SignedNote note = SignedNote.parse(log.note() + lines);
        return switch (note.of(key)) {
            case SIGNED ->
                new Asked.Cosigned(note.only(List.of(key)).substring(note.text().length() + 1));
            case FORGED -> new Asked.Refused("the witness's cosignature is false");
            case ABSENT -> new Asked.Refused("the witness signs with another key than the one trusted");
        };
    }

    private static Asked refused(Reply reply) {
        return new Asked.Refused(
                switch (reply.status()) {
                    case 403 -> "the witness does not find the log's signature on the checkpoint";
                    case 404 -> "the witness does not know this log; give it the log's key";
                    case CONFLICT -> "the witness has cosigned another tree of this size, or one meanwhile";
                    case 422 -> "the witness has cosigned a tree that this one does not continue: a fork";
                    default -> "the witness answers with HTTP " + reply.status();
                });
    }

    private Reply send(AddCheckpoint request) throws IOException, InterruptedException {
        HttpRequest post = HttpRequest.newBuilder(endpoint)
                .timeout(timeout)
                .POST(HttpRequest.BodyPublishers.ofString(request.text()))
                .build();
        HttpResponse<InputStream> response = http.send(post, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            return new Reply(response.statusCode(), new String(body.readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}

package dev.hufu.auditlog.witness;

import dev.hufu.auditlog.json.StrictBase64;
import dev.hufu.auditlog.merkle.Hash;
import dev.hufu.auditlog.note.Checkpoint;
import dev.hufu.auditlog.note.SignedNote;
import java.util.ArrayList;
import java.util.List;

/**
 * A request of C2SP tlog-witness, {@code add-checkpoint}: a line {@code old <size>}, the lines of a consistency proof from
 * that size, an empty line, a checkpoint.
 *
 * @param old size that the witness is thought to have cosigned last
 * @param proof at most 63 hashes
 * @param note the signed checkpoint, verbatim
 */
public record AddCheckpoint(long old, List<Hash> proof, String note) {
    /** Longest request that is read, in bytes. */
    public static final int MAX_BYTES = 128 * 1024;

    private static final String OLD = "old ";
    private static final int MAX_PROOF = 63;

    /** Copies the proof and checks its length. */
    public AddCheckpoint {
        proof = List.copyOf(proof);
        if (old < 0 || proof.size() > MAX_PROOF) {
            throw new IllegalArgumentException("a request has a size from 0 and at most 63 hashes");
        }
    }

    /**
     * Reads a request.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static AddCheckpoint parse(String body) {
        int blank = body.indexOf("\n\n");
        if (blank < 0 || !body.startsWith(OLD)) {
            throw new IllegalArgumentException(
                    "a request is a line with the old size, a proof, an empty line, a checkpoint");
        }
        List<String> lines = List.of(body.substring(0, blank).split("\n", -1));
        List<Hash> proof = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            proof.add(Hash.of(StrictBase64.decode(line)));
        }
        long old = Checkpoint.parseCount(lines.getFirst().substring(OLD.length()), "old size");
        AddCheckpoint request = new AddCheckpoint(old, proof, body.substring(blank + 2));
        request.checkpoint();
        return request;
    }

    /** The request's body. */
    public String text() {
        StringBuilder text = new StringBuilder(OLD).append(old).append('\n');
        proof.forEach(hash -> text.append(hash.base64()).append('\n'));
        return text.append('\n').append(note).toString();
    }

    Checkpoint checkpoint() {
        return Checkpoint.parse(signed().text());
    }

    SignedNote signed() {
        return SignedNote.parse(note);
    }
}

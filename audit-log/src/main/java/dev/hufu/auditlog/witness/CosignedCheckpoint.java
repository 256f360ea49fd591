package dev.hufu.auditlog.witness;

import dev.hufu.auditlog.AuditLogException;
import dev.hufu.auditlog.merkle.Proofs;
import dev.hufu.auditlog.note.Checkpoint;
import dev.hufu.auditlog.note.CheckpointSigner;
import dev.hufu.auditlog.note.SignedNote;
import dev.hufu.auditlog.tiles.TileStore;
import dev.hufu.auditlog.tiles.TileSubtrees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The last checkpoint that was published with witnesses' lines.
 *
 * @param note the note as it lies in the file
 * @param checkpoint what it says
 */
public record CosignedCheckpoint(SignedNote note, Checkpoint checkpoint) {
    /**
     * Reads it, and holds the log against it: what was once cosigned is what the log must still be. A log that was put back,
     * or its checkpoint, is found here before anything is signed on.
     *
     * @param now the checkpoint that journal and tiles were found to agree with
     * @return empty if none was published yet
     * @throws AuditLogException.Damaged if the log does not continue it, or the file is not what was written
     */
    public static Optional<CosignedCheckpoint> read(TileStore tiles, CheckpointSigner signer, Checkpoint now)
            throws IOException {
        Optional<byte[]> bytes = tiles.readCosigned();
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        CosignedCheckpoint last = parse(new String(bytes.get(), StandardCharsets.UTF_8));
        if (!signer.signed(last.note) || !last.checkpoint.origin().equals(signer.origin())) {
            throw new AuditLogException.Damaged(TileStore.COSIGNED + ": not signed by this log's key");
        }
        long size = last.checkpoint.size();
        if (size > now.size()) {
            throw new AuditLogException.Damaged("witnesses have cosigned " + size + " entries of this log, and "
                    + now.size() + " are here: it was put back to an older state, nothing is signed on; put the newest"
                    + " copy of the log's directory back");
        }
        if (!Proofs.root(size, new TileSubtrees(tiles, now.size())).equals(last.checkpoint.root())) {
            throw new AuditLogException.Damaged("the log's root at size " + size
                    + " contradicts the checkpoint that witnesses cosigned: it is a fork, nothing is signed on");
        }
        return Optional.of(last);
    }

    /** @throws AuditLogException.Damaged if the text is no checkpoint */
    static CosignedCheckpoint parse(String text) {
        try {
            SignedNote note = SignedNote.parse(text);
            return new CosignedCheckpoint(note, Checkpoint.parse(note.text()));
        } catch (IllegalArgumentException e) {
            throw new AuditLogException.Damaged(TileStore.COSIGNED + ": " + e.getMessage());
        }
    }
}

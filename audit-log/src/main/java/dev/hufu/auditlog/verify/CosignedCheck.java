package dev.hufu.auditlog.verify;

import dev.hufu.auditlog.AuditLogException;
import dev.hufu.auditlog.merkle.Hash;
import dev.hufu.auditlog.merkle.Proofs;
import dev.hufu.auditlog.note.Checkpoint;
import dev.hufu.auditlog.note.SignedNote;
import dev.hufu.auditlog.note.VerifierKey;
import dev.hufu.auditlog.note.WitnessPolicy;
import dev.hufu.auditlog.tiles.TileStore;
import dev.hufu.auditlog.tiles.TileSubtrees;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Checks the last checkpoint that witnesses cosigned, which lies in a file of its own, against the log, and whether witnesses
 * that are wanted stand under it or under the log's own. Reading it before the log's checkpoint makes it the older of the two.
 */
final class CosignedCheck {
    private final Findings findings;
    private final List<String> notes;
    private final Optional<SignedNote> cosigned;

    CosignedCheck(Optional<byte[]> file, Findings findings, List<String> notes) {
        this.findings = findings;
        this.notes = notes;
        this.cosigned = file.flatMap(this::parse);
    }

    private Optional<SignedNote> parse(byte[] bytes) {
        try {
            SignedNote note = SignedNote.parse(new String(bytes, StandardCharsets.UTF_8));
            Checkpoint.parse(note.text());
            return Optional.of(note);
        } catch (IllegalArgumentException e) {
            finding("is malformed: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Whether it is of this log, and this log continues it. The tiles are checked elsewhere. */
    void continues(Optional<VerifierKey> key, Checkpoint now, TileStore tiles) {
        if (cosigned.isEmpty()) {
            return;
        }
        SignedNote note = cosigned.get();
        Checkpoint then = Checkpoint.parse(note.text());
        if (!then.origin().equals(now.origin())
                || key.filter(k -> !note.verify(k)).isPresent()) {
            finding("is not signed by the log's key");
        } else if (then.size() > now.size()) {
            finding("witnesses have cosigned " + then.size() + " entries, the log shows " + now.size()
                    + ": it was put back");
        } else if (!rootAt(then.size(), now, tiles).equals(Optional.of(then.root()))) {
            finding("witnesses have cosigned another tree of " + then.size() + " entries: the log is a fork of it");
        } else {
            notes.add("witnesses have cosigned " + then.size() + " of " + now.size() + " entries");
        }
    }

    private static Optional<Hash> rootAt(long size, Checkpoint now, TileStore tiles) {
        try {
            return Optional.of(Proofs.root(size, new TileSubtrees(tiles, now.size())));
        } catch (AuditLogException.Damaged e) {
            return Optional.empty();
        }
    }

    /** Whether the witnesses wanted cosigned the log's own checkpoint, or else the one that the log keeps for that. */
    void witnessed(WitnessPolicy wanted, SignedNote own) {
        Optional<String> why = wanted.refuses(own);
        if (why.isPresent()
                && cosigned.map(wanted::refuses).map(Optional::isPresent).orElse(true)) {
            findings.add(Finding.of(TileStore.CHECKPOINT, "is not witnessed: " + why.get()));
        }
    }

    private void finding(String what) {
        findings.add(Finding.of(TileStore.COSIGNED, what));
    }
}

package dev.hufu.auditlog.verify;

import dev.hufu.auditlog.AuditLog;
import dev.hufu.auditlog.journal.Disk;
import dev.hufu.auditlog.merkle.Hash;
import dev.hufu.auditlog.note.Checkpoint;
import dev.hufu.auditlog.note.SignedNote;
import dev.hufu.auditlog.note.VerifierKey;
import dev.hufu.auditlog.tiles.TileStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Recomputes a log from its files: every record of the journal, every promise, every bundle, tile and partial tile, the
 * root, the checkpoint's signature, the id index. Takes no lock and writes nothing, so a server may be appending
 * meanwhile: the checkpoint is read first, and all that it covers must be there; what is newer is checked against the
 * journal alone. Memory: a tile a level and one batch. Thread-safe.
 */
public final class LogVerifier {
    private static final String CHECKPOINT = TileStore.CHECKPOINT;

    private final Optional<VerifierKey> trusted;

    /** A verifier that trusts {@code trusted}, or, without it, the directory's own key, and then says so. */
    public LogVerifier(Optional<VerifierKey> trusted) {
        this.trusted = trusted;
    }

    /**
     * The log in {@code directory}, or in a directory right below it, as a data directory has one.
     *
     * @return empty if there is none
     */
    public static Optional<Path> find(Path directory) throws IOException {
        if (isLog(directory)) {
            return Optional.of(directory);
        }
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory, Files::isDirectory)) {
            for (Path child : children) {
                if (isLog(child)) {
                    found.add(child);
                }
            }
        }
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    private static boolean isLog(Path directory) {
        return Files.exists(directory.resolve(AuditLog.KEY_FILE))
                || (Files.exists(directory.resolve(CHECKPOINT)) && Files.isDirectory(directory.resolve("journal")));
    }

    /** Verifies the log in {@code directory}. */
    public VerifyReport verify(Path directory) throws IOException {
        Findings findings = new Findings();
        List<String> notes = new ArrayList<>();
        Optional<VerifierKey> own = ownKey(directory, findings);
        Optional<VerifierKey> key = trusted.or(() -> own);
        if (trusted.isPresent() && own.isPresent() && !trusted.equals(own)) {
            findings.add(Finding.of(AuditLog.KEY_FILE, "is another key than the one trusted"));
        }
        TileStore tiles = new TileStore(directory, Disk.REAL);
        Optional<byte[]> note = tiles.readCheckpoint();
        Optional<Checkpoint> checkpoint = note.flatMap(bytes -> checkpoint(bytes, key, findings));
        if (note.isEmpty()) {
            findings.add(Finding.of(CHECKPOINT, "is missing"));
        }
        if (!tiles.forcedSound()) {
            findings.add(Finding.of("tiles.forced", "is malformed; delete it, the next start writes it anew"));
        }
        TreeCheck tree =
                new TreeCheck(directory, tiles, checkpoint.map(Checkpoint::size).orElse(0L), findings);
        JournalCheck journal = new JournalCheck(directory, key, tree, findings, notes);
        long entries = journal.run();
        Hash root = tree.finish(entries);
        if (checkpoint.isPresent() && !root.equals(checkpoint.get().root())) {
            findings.add(Finding.of(
                    CHECKPOINT,
                    "the tree of " + checkpoint.get().size() + " entries has another root than the one signed"));
        }
        // Whoever appends meanwhile also adds tiles that belong to no entry read above.
        boolean live = !Arrays.equals(note.orElse(null), tiles.readCheckpoint().orElse(null));
        if (!live) {
            tree.findStrays(entries);
        }
        long behind = entries - checkpoint.map(Checkpoint::size).orElse(0L);
        if (behind > 0) {
            notes.add(behind + " entries were not under the checkpoint yet; they were checked against their promises");
        }
        return new VerifyReport(directory, key, trusted.isPresent(), checkpoint, entries, findings.list(), notes);
    }

    private static Optional<VerifierKey> ownKey(Path directory, Findings findings) throws IOException {
        Path file = directory.resolve(AuditLog.KEY_FILE);
        if (Files.notExists(file)) {
            findings.add(Finding.of(AuditLog.KEY_FILE, "is missing"));
            return Optional.empty();
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        try {
            if (!text.endsWith("\n")) {
                throw new IllegalArgumentException("the line end is missing");
            }
            return Optional.of(VerifierKey.parse(text.substring(0, text.length() - 1)));
        } catch (IllegalArgumentException e) {
            findings.add(Finding.of(AuditLog.KEY_FILE, "is no verifier key: " + e.getMessage()));
            return Optional.empty();
        }
    }

    private static Optional<Checkpoint> checkpoint(byte[] bytes, Optional<VerifierKey> key, Findings findings) {
        try {
            SignedNote note = SignedNote.parse(new String(bytes, StandardCharsets.UTF_8));
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            if (key.isPresent()
                    && (!note.verify(key.get())
                            || !checkpoint.origin().equals(key.get().name()))) {
                findings.add(Finding.of(CHECKPOINT, "is not signed by the log's key"));
                return Optional.empty();
            }
            return Optional.of(checkpoint);
        } catch (IllegalArgumentException e) {
            findings.add(Finding.of(CHECKPOINT, "is malformed: " + e.getMessage()));
            return Optional.empty();
        }
    }
}

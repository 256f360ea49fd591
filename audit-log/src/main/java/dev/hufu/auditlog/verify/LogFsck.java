package dev.hufu.auditlog.verify;

import dev.hufu.auditlog.AuditLogException;
import dev.hufu.auditlog.DirectoryLock;
import dev.hufu.auditlog.journal.Disk;
import dev.hufu.auditlog.layout.TilePath;
import dev.hufu.auditlog.merkle.Proofs;
import dev.hufu.auditlog.note.Checkpoint;
import dev.hufu.auditlog.note.SignedNote;
import dev.hufu.auditlog.note.VerifierKey;
import dev.hufu.auditlog.tiles.Rederivation;
import dev.hufu.auditlog.tiles.TileStore;
import dev.hufu.auditlog.tiles.TileSubtrees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Checks a log's directory, says since when it cannot be trusted, and writes anew what the journal gives. The check takes
 * no lock and writes nothing; the repair holds the directory's lock, so no server runs meanwhile. Thread-safe.
 */
public final class LogFsck {
    private static final Set<String> INDEX = Set.of("ids", "ids.heads");
    private static final String FORCED = "tiles.forced";

    private final Optional<VerifierKey> trusted;
    private final List<String> kept;

    /**
     * A check that trusts {@code trusted}, or, without it, the directory's own key.
     *
     * @param kept older checkpoints of the log, as signed notes, from wherever they were kept: a receipt, a witness. If
     *     the newest one is not borne out, they say since when
     */
    public LogFsck(Optional<VerifierKey> trusted, List<String> kept) {
        this.trusted = trusted;
        this.kept = List.copyOf(kept);
    }

    /**
     * Checks the log in {@code directory}.
     *
     * @throws IllegalArgumentException if a checkpoint that was kept is malformed or not signed by the log's key
     */
    public FsckReport check(Path directory, LongConsumer progress) throws IOException {
        VerifyReport log = new LogVerifier(trusted).verify(directory, progress);
        OptionalLong firstFault = log.findings().stream()
                .filter(finding -> !INDEX.contains(finding.file()))
                .flatMapToLong(finding -> finding.index().stream())
                .min();
        Trust trust = new Trust(anchored(directory, log), firstFault);
        List<Finding> beyond = log.findings().stream()
                .filter(finding -> !derived(finding, log))
                .toList();
        return new FsckReport(log, Structure.of(directory), trust, beyond);
    }

    private long anchored(Path directory, VerifyReport log) {
        long anchored =
                log.rootSigned() ? log.checkpoint().map(Checkpoint::size).orElse(0L) : 0;
        for (String note : kept) {
            SignedNote signed = SignedNote.parse(note);
            Checkpoint older = Checkpoint.parse(signed.text());
            VerifierKey key = log.key().orElseThrow(() -> new IllegalArgumentException("no key to check it with"));
            if (!signed.verify(key) || !older.origin().equals(key.name())) {
                throw new IllegalArgumentException(
                        "the checkpoint of " + older.size() + " entries is not signed by the log's key");
            }
            if (older.size() > anchored && leadsTo(directory, older)) {
                anchored = older.size();
            }
        }
        return anchored;
    }

    /** By the tiles on the disk; where entries differ from them, there is a finding. */
    private static boolean leadsTo(Path directory, Checkpoint checkpoint) {
        TileSubtrees tiles = new TileSubtrees(new TileStore(directory, Disk.REAL), checkpoint.size());
        try {
            return Proofs.root(checkpoint.size(), tiles).equals(checkpoint.root());
        } catch (AuditLogException.Damaged e) {
            return false;
        }
    }

    /** Whether it is about a file that the journal gives. A file that belongs to no entry is not the log's to delete. */
    private static boolean derived(Finding finding, VerifyReport log) {
        long size = log.checkpoint().map(Checkpoint::size).orElse(0L);
        return INDEX.contains(finding.file())
                || finding.file().equals(FORCED)
                || TilePath.parse(finding.file())
                        .map(path -> path.width() <= TilePath.widthAt(path.level(), path.number(), size))
                        .orElse(false);
    }

    /**
     * What a repair did.
     *
     * @param before what was found
     * @param written number of tiles and bundles written anew
     * @param after what is found now; the same as before if nothing could be repaired
     */
    public record Repaired(FsckReport before, long written, FsckReport after) {}

    /**
     * Checks, writes anew what is wrong and the journal gives, and checks again, all under the directory's lock. Writes
     * nothing if anything else is wrong.
     *
     * @throws IllegalArgumentException if a checkpoint that was kept is malformed or not signed by the log's key
     * @throws AuditLogException.InUse if a server runs on the directory: nothing was written
     */
    public Repaired repair(Path directory, LongConsumer progress) throws IOException {
        DirectoryLock lock = DirectoryLock.take(directory);
        try (lock) {
            FsckReport before = check(directory, progress);
            if (!before.repairable()) {
                return new Repaired(before, 0, before);
            }
            List<Finding> findings = before.log().findings();
            List<TilePath> partials = findings.stream()
                    .flatMap(finding -> TilePath.parse(finding.file()).stream())
                    .filter(path -> !path.isFull())
                    .distinct()
                    .toList();
            boolean ids = findings.stream().anyMatch(finding -> INDEX.contains(finding.file()));
            Checkpoint checkpoint = before.log().checkpoint().orElseThrow();
            long written = new Rederivation(directory, checkpoint).run(partials, ids);
            return new Repaired(before, written, check(directory, progress));
        }
    }
}

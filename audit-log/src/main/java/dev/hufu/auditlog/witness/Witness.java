package dev.hufu.auditlog.witness;

import dev.hufu.auditlog.AuditLogException;
import dev.hufu.auditlog.DirectoryLock;
import dev.hufu.auditlog.journal.Disk;
import dev.hufu.auditlog.merkle.Proofs;
import dev.hufu.auditlog.merkle.TreeHasher;
import dev.hufu.auditlog.note.Checkpoint;
import dev.hufu.auditlog.note.VerifierKey;
import dev.hufu.auditlog.note.WitnessSigningKey;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Keeps, for each log, the checkpoint it cosigned last, and cosigns only what continues it. What it cosigned is on stable
 * storage before the line leaves it; so after a crash it knows of a checkpoint at least as new as any it gave away, and
 * never signs two trees of which one does not continue the other. One request at a time. Thread-safe.
 */
public final class Witness implements Closeable {
    private final Path directory;
    private final WitnessSigningKey key;
    private final Map<String, VerifierKey> logs;
    private final Clock clock;
    private final DirectoryLock lock;

    private Witness(
            Path directory, WitnessSigningKey key, Map<String, VerifierKey> logs, Clock clock, DirectoryLock lock) {
        this.directory = directory;
        this.key = key;
        this.logs = logs;
        this.clock = clock;
        this.lock = lock;
    }

    /**
     * Opens the witness whose state lies in {@code directory}, and reads it all.
     *
     * @throws AuditLogException.InUse if another process has it open
     * @throws AuditLogException.Damaged if a state file is malformed: nothing is cosigned over it
     */
    public static Witness open(Path directory, WitnessSigningKey key, List<VerifierKey> logs, Clock clock)
            throws IOException {
        Map<String, VerifierKey> byOrigin =
                logs.stream().collect(Collectors.toUnmodifiableMap(VerifierKey::name, Function.identity()));
        Witness witness = new Witness(directory, key, byOrigin, clock, DirectoryLock.take(directory));
        try {
            for (String origin : byOrigin.keySet()) {
                witness.last(origin);
            }
            return witness;
        } catch (IOException | RuntimeException e) {
            witness.close();
            throw e;
        }
    }

    /**
     * Answers a request.
     *
     * @throws IOException if the state cannot be kept: nothing was cosigned
     */
    public synchronized Answer add(String body) throws IOException {
        AddCheckpoint request;
        Checkpoint next;
        try {
            request = AddCheckpoint.parse(body);
            next = request.checkpoint();
        } catch (IllegalArgumentException e) {
            return new Answer.Malformed(String.valueOf(e.getMessage()));
        }
        VerifierKey log = logs.get(next.origin());
        if (log == null) {
            return new Answer.UnknownLog();
        }
        if (!request.signed().verify(log)) {
            return new Answer.NotSigned();
        }
        if (request.old() > next.size()) {
            return new Answer.Malformed("the old size is beyond the checkpoint's");
        }
        Checkpoint last = last(next.origin()).orElseGet(() -> new Checkpoint(next.origin(), 0, TreeHasher.emptyRoot()));
        if (request.old() != last.size()
                || (next.size() == last.size() && !next.root().equals(last.root()))) {
            return new Answer.Conflict(last.size());
        }
        boolean continues = last.size() == 0
                ? request.proof().isEmpty()
                : Proofs.verifyConsistency(last.size(), next.size(), last.root(), next.root(), request.proof());
        if (!continues) {
            return new Answer.Inconsistent();
        }
        keep(next);
        return new Answer.Cosigned(
                key.line(request.signed().text(), clock.instant().getEpochSecond()));
    }

    /**
     * What was cosigned last for a log.
     *
     * @throws AuditLogException.Damaged if the state is malformed
     */
    public Optional<Checkpoint> last(String origin) throws IOException {
        Path file = file(origin);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            String text = Files.readString(file);
            Checkpoint checkpoint = Checkpoint.parse(text);
            if (!checkpoint.text().equals(text) || !checkpoint.origin().equals(origin)) {
                throw new IllegalArgumentException("another form or origin");
            }
            return Optional.of(checkpoint);
        } catch (IllegalArgumentException e) {
            throw new AuditLogException.Damaged(file.getFileName()
                    + ": is not what this witness cosigned last for " + origin + " (" + e.getMessage()
                    + "); put the file back, without it the witness could cosign a fork");
        }
    }

    private void keep(Checkpoint checkpoint) throws IOException {
        Path file = file(checkpoint.origin());
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            Disk.REAL.write(channel, ByteBuffer.wrap(checkpoint.text().getBytes(StandardCharsets.UTF_8)), 0);
            Disk.REAL.force(channel);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Disk.REAL.forceDirectory(directory);
    }

    private Path file(String origin) {
        byte[] name = TreeHasher.sha256().digest(origin.getBytes(StandardCharsets.UTF_8));
        return directory.resolve("cosigned-" + HexFormat.of().formatHex(name));
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}

package dev.hufu.auditlog;

import dev.hufu.auditlog.journal.Disk;
import dev.hufu.auditlog.journal.FileJournal;
import dev.hufu.auditlog.journal.IdIndex;
import dev.hufu.auditlog.journal.JournalBatch;
import dev.hufu.auditlog.journal.JournalEntry;
import dev.hufu.auditlog.journal.SegmentRead;
import dev.hufu.auditlog.layout.LogFiles;
import dev.hufu.auditlog.layout.TilePath;
import dev.hufu.auditlog.merkle.Hash;
import dev.hufu.auditlog.merkle.Proofs;
import dev.hufu.auditlog.note.Checkpoint;
import dev.hufu.auditlog.note.CheckpointSigner;
import dev.hufu.auditlog.note.NoteKey;
import dev.hufu.auditlog.note.SignedNote;
import dev.hufu.auditlog.note.Sm2SigningKey;
import dev.hufu.auditlog.note.Sm2VerifierKey;
import dev.hufu.auditlog.note.VerifierKey;
import dev.hufu.auditlog.receipt.LogReceipt;
import dev.hufu.auditlog.tiles.Integrator;
import dev.hufu.auditlog.tiles.TileStore;
import dev.hufu.auditlog.tiles.TileSubtrees;
import dev.hufu.auditlog.witness.CosignedCheckpoint;
import dev.hufu.auditlog.witness.Cosigner;
import dev.hufu.auditlog.witness.Cosigning;
import dev.hufu.auditlog.witness.Witnesses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * An append-only log in a directory of its own. An append returns once the entry is on stable storage, with a signed
 * promise (D1); a moment later the entry stands in the tree under a signed checkpoint, and its receipt has an inclusion
 * proof (D2). Entries are opaque, at most {@link #MAX_ENTRY_BYTES} bytes.
 *
 * <p>Idempotent by {@link EntryId}: an entry appended again, also after a crash that left open whether it had been, gives
 * the receipt of the first time. A producer's sequence numbers must rise in the order of its appends.
 *
 * <p>Thread-safe. One writer thread owns the journal, one integrator thread the tiles. A failed write or force stops the
 * log for good: it is never retried, since after a failed force nothing is known of what the disk holds.
 */
public final class AuditLog implements AutoCloseable {
    /** Longest entry, in bytes. */
    public static final int MAX_ENTRY_BYTES = 65_535;

    private final DirectoryLock lock;
    private final LogOptions options;
    private final FileJournal journal;
    private final IdIndex ids;
    private final TileStore tiles;
    private final LogState state;
    private final Appender appender;
    private final IntegratorThread integration;
    private final Optional<Cosigner> cosigner;
    private final List<String> corrected;

    private AuditLog(
            DirectoryLock lock,
            LogOptions options,
            FileJournal journal,
            IdIndex ids,
            TileStore tiles,
            LogState state,
            Integrator integrator,
            Optional<Cosigner> cosigner) {
        this.lock = lock;
        this.options = options;
        this.journal = journal;
        this.ids = ids;
        this.tiles = tiles;
        this.state = state;
        this.integration = new IntegratorThread(integrator, state, options.integrationInterval());
        this.appender = new Appender(options, journal, ids, state);
        this.cosigner = cosigner;
        this.corrected = tiles.corrected().stream()
                .map(tile -> tile + ", index " + tile.firstIndex())
                .toList();
    }

    /**
     * Opens the log in {@code directory}, which is made if it is not there.
     *
     * @throws AuditLogException.InUse if another process has it open
     * @throws AuditLogException.Damaged if the files contradict each other, the key, or what a crash can leave
     * @throws IOException if the disk fails
     */
    public static AuditLog open(Path directory, LogOptions options) throws IOException {
        return open(directory, options, Disk.REAL);
    }

    static AuditLog open(Path directory, LogOptions options, Disk disk) throws IOException {
        Files.createDirectories(directory);
        DirectoryLock lock = DirectoryLock.take(directory);
        try {
            TileStore tiles = new TileStore(directory, disk);
            VerifierKey key = options.key().verifierKey();
            checkKey(directory, LogFiles.KEY, key);
            options.sm2().ifPresent(second -> checkKey(directory, LogFiles.SM2_KEY, second.verifierKey()));
            LogState state = new LogState();
            IdIndex.Opened opened = IdIndex.open(directory, disk);
            IdIndex ids = opened.index();
            long[] durable = {opened.complete().index()};
            FileJournal journal = FileJournal.open(
                    directory.resolve("journal"), disk, options.segmentBytes(), opened.complete(), (segment, batch) -> {
                        checkPromise(segment, batch, key);
                        ids.append(batch);
                        durable[0] = batch.batch().nextIndex();
                    });
            state.durable(durable[0]);
            Integrator integrator = Integrator.open(journal, ids, tiles, options.signer(), durable[0]);
            Optional<CosignedCheckpoint> cosigned =
                    CosignedCheckpoint.read(tiles, options.signer(), integrator.checkpoint());
            writeKeys(directory, tiles, options); // what there is agrees with them by now
            Optional<Cosigner> cosigner =
                    options.witnesses().map(asked -> cosigner(directory, options, asked, cosigned));
            AuditLog log = new AuditLog(lock, options, journal, ids, tiles, state, integrator, cosigner);
            log.start();
            return log;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private void start() {
        integration.start();
        appender.start();
        cosigner.ifPresent(Cosigner::start);
    }

    private static Cosigner cosigner(
            Path directory, LogOptions options, Witnesses asked, Optional<CosignedCheckpoint> last) {
        List<NoteKey> keys = new ArrayList<>();
        keys.add(options.key().verifierKey());
        options.sm2().map(Sm2SigningKey::verifierKey).ifPresent(keys::add);
        return new Cosigner(
                directory,
                new TileStore(directory, Disk.REAL),
                keys,
                asked,
                last,
                options.clock(),
                new SplittableRandom(options.key().verifierKey().id()));
    }

    /** A log keeps the keys it was begun with: another one would sign over a tree that it cannot answer for. */
    private static void checkKey(Path directory, String name, NoteKey key) {
        Path file = directory.resolve(name);
        try {
            if (Files.exists(file)
                    && !Files.readString(file, StandardCharsets.UTF_8).equals(key.text() + "\n")) {
                throw new AuditLogException.Damaged(
                        name + ": holds another key than the one given; a log keeps the key it was begun with");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeKeys(Path directory, TileStore tiles, LogOptions options) throws IOException {
        if (Files.notExists(directory.resolve(LogFiles.KEY))) {
            tiles.writeKey(LogFiles.KEY, options.key().verifierKey().text() + "\n");
        }
        if (options.sm2().isPresent() && Files.notExists(directory.resolve(LogFiles.SM2_KEY))) {
            tiles.writeKey(LogFiles.SM2_KEY, options.sm2().get().verifierKey().text() + "\n");
        }
    }

    private static void checkPromise(long segment, SegmentRead.Whole at, VerifierKey key) {
        JournalBatch batch = at.batch();
        boolean signed = batch.tree().root().equals(batch.root())
                && SignedNote.parse(batch.promiseNote(key.name())).verifyStrictly(key);
        if (!signed) {
            throw new AuditLogException.Damaged(
                    "journal/%020d: the batch of index %d (byte %d) is not what was promised"
                            .formatted(segment, batch.firstIndex(), at.offset()));
        }
    }

    /**
     * Appends and waits until the entry is durable.
     *
     * @return its receipt, at D1 for a new entry
     * @throws IllegalArgumentException if the entry is too long
     * @throws AuditLogException.Busy if too many entries are waiting: nothing was appended
     * @throws AuditLogException.Stopped if the log has stopped: the entry may or may not be in the journal
     * @throws AuditLogException.IdConflict if the id was used for another entry or lies below the producer's last
     */
    public LogReceipt append(EntryId id, byte[] entry) {
        try {
            return appendAsync(id, entry).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof AuditLogException ours) {
                throw ours;
            }
            throw e;
        }
    }

    /**
     * Appends without waiting: the future holds what {@link #append} returns or throws, except that too long an entry, a
     * full queue and a stopped log throw here. Entries of a producer are appended in the order of these calls. What depends
     * on the future without an executor of its own runs on the writer's thread and must not block.
     */
    public CompletableFuture<LogReceipt> appendAsync(EntryId id, byte[] entry) {
        if (entry.length > MAX_ENTRY_BYTES) {
            throw new IllegalArgumentException("an entry has at most 65535 bytes, this one " + entry.length);
        }
        return appender.append(id, entry.clone());
    }

    /** The last sequence number that {@code producer} appended durably; after a restart it goes on behind this. */
    public OptionalLong lastSequence(String producer) {
        return appender.lastSequence(EntryId.checkProducer(producer));
    }

    /**
     * The receipt of an entry at the best level it has now; empty if there is no such entry.
     *
     * @throws AuditLogException.Damaged if the files do not give a proof that verifies
     */
    public Optional<LogReceipt> receipt(EntryId id) {
        try {
            OptionalLong index = ids.find(id, appender.head(id.producer()));
            return index.isEmpty() ? Optional.empty() : Optional.of(receiptAt(index.getAsLong()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private LogReceipt receiptAt(long index) throws IOException {
        JournalBatch batch = Receipts.batchOf(journal, ids, index);
        int position = (int) (index - batch.firstIndex());
        LogReceipt promised =
                Receipts.promised(batch, position, batch.tree(), options.key().verifierKey());
        SignedNote note = SignedNote.parse(checkpointNote());
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        if (index >= checkpoint.size()) {
            return promised;
        }
        TileSubtrees subtrees = new TileSubtrees(tiles, checkpoint.size());
        Optional<SignedNote> cosigned =
                cosigned().filter(last -> index < last.checkpoint().size()).map(last -> SignedNote.parse(last.note()));
        return promised.with(included(promised, index, cosigned.orElse(note), subtrees));
    }

    /** Where an entry stands under {@code note}, whose lines of the log and of the witnesses configured are kept. */
    private LogReceipt.Included included(LogReceipt promised, long index, SignedNote note, TileSubtrees subtrees) {
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        List<Hash> path = Proofs.inclusion(index, checkpoint.size(), subtrees);
        if (!Proofs.verifyInclusion(index, checkpoint.size(), promised.leafHash(), path, checkpoint.root())) {
            throw new AuditLogException.Damaged(
                    "the tiles do not prove index " + index + "; run `audit verify`, which names the file");
        }
        List<NoteKey> further = new ArrayList<>(options.signer().further(note));
        options.witnesses().stream()
                .flatMap(asked -> asked.policy().witnesses().stream())
                .filter(note::verify)
                .forEach(further::add);
        String named = note.only(CheckpointSigner.all(promised.key(), further)); // a receipt names whose lines it holds
        return new LogReceipt.Included(named, index, path, further);
    }

    /** How far the log is witnessed; empty where no witnesses are configured. */
    public Optional<Cosigning> cosigning() {
        return cosigner.map(Cosigner::state);
    }

    /** The newest checkpoint that as many witnesses cosigned as are wanted. */
    public Optional<Cosigning.Published> cosigned() {
        return cosigning().flatMap(Cosigning::published);
    }

    /**
     * The entry at {@code index} with its id.
     *
     * @throws IndexOutOfBoundsException unless 0 ≤ index &lt; {@link #size}
     */
    public JournalEntry entry(long index) {
        if (index < 0 || index >= size()) {
            throw new IndexOutOfBoundsException("index " + index + " of a log of " + size());
        }
        try {
            JournalBatch batch = Receipts.batchOf(journal, ids, index);
            return batch.entries().get((int) (index - batch.firstIndex()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes of entry {@code id}; empty if there is no such entry. */
    public Optional<byte[]> entry(EntryId id) {
        try {
            OptionalLong index = ids.find(id, appender.head(id.producer()));
            return index.isEmpty()
                    ? Optional.empty()
                    : Optional.of(entry(index.getAsLong()).bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Number of durable entries. */
    public long size() {
        return state.durable();
    }

    /** What was signed last. */
    public Checkpoint checkpoint() {
        return Checkpoint.parse(SignedNote.parse(checkpointNote()).text());
    }

    /** What was signed last, as the signed note that everybody may read. */
    public String checkpointNote() {
        try {
            return new String(tiles.readCheckpoint().orElseThrow(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The public key. */
    public VerifierKey key() {
        return options.key().verifierKey();
    }

    /** The public key of the second signature line, where there is one. */
    public Optional<Sm2VerifierKey> sm2Key() {
        return options.sm2().map(Sm2SigningKey::verifierKey);
    }

    /**
     * A tile or entry bundle of the public form.
     *
     * @param path as in a URL, {@code tile/…}; whatever is no such path is not found
     */
    public Optional<byte[]> readTile(String path) {
        Optional<TilePath> tile = TilePath.parse(path);
        if (tile.isEmpty()) {
            return Optional.empty();
        }
        try {
            return tiles.read(tile.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Tiles that held something else than the journal when the log was opened, and were derived anew from it: {@code tile/0/005,
     * index 1280}. After a loss of power that may be; after a clean end somebody or something changed the file.
     */
    public List<String> corrected() {
        return corrected;
    }

    /** How the log is. */
    public LogHealth health() {
        return new LogHealth(state.durable(), integration.integrated(), appender.waiting(), state.stopped());
    }

    /** Appends what is waiting, integrates and signs it, and lets go of the directory. */
    @Override
    public void close() throws IOException {
        cosigner.ifPresent(Cosigner::close);
        appender.close();
        integration.close();
        ids.close();
        journal.close();
        lock.close();
    }
}

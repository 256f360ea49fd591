package dev.hufu.auditlog.verify;

import dev.hufu.auditlog.journal.Disk;
import dev.hufu.auditlog.journal.FileJournal;
import dev.hufu.auditlog.layout.LogFiles;
import dev.hufu.auditlog.merkle.Hash;
import dev.hufu.auditlog.note.Checkpoint;
import dev.hufu.auditlog.note.SignedNote;
import dev.hufu.auditlog.note.Sm2VerifierKey;
import dev.hufu.auditlog.note.VerifierKey;
import dev.hufu.auditlog.note.WitnessPolicy;
import dev.hufu.auditlog.tiles.TileStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * Recomputes a log from its files: every record of the journal, every promise, every bundle, tile and partial tile, the
 * root, the checkpoint's signature, the id index. Takes no lock and writes nothing, so a server may be appending
 * meanwhile: the checkpoint is read first, and all that it covers must be there; what is newer is checked against the
 * journal alone. Memory: a tile a level and one batch. Thread-safe.
 */
public final class LogVerifier {
    private static final String CHECKPOINT = TileStore.CHECKPOINT;

    private final Optional<VerifierKey> trusted;
    private final Optional<Sm2VerifierKey> trustedSm2;
    private final Optional<WitnessPolicy> policy;

    /** A verifier that trusts {@code trusted}, or, without it, the directory's own key, and then says so. */
    public LogVerifier(Optional<VerifierKey> trusted) {
        this(trusted, Optional.empty(), Optional.empty());
    }

    /** A verifier that also wants the checkpoint signed by {@code trustedSm2} and cosigned after {@code policy}, if given. */
    public LogVerifier(
            Optional<VerifierKey> trusted, Optional<Sm2VerifierKey> trustedSm2, Optional<WitnessPolicy> policy) {
        this.trusted = trusted;
        this.trustedSm2 = trustedSm2;
        this.policy = policy;
    }

    /**
     * The log in {@code directory}, or in its folder {@code log}, where a data directory has it.
     *
     * @return empty if there is none
     */
    public static Optional<Path> find(Path directory) throws IOException {
        return Stream.of(directory, directory.resolve("log"))
                .filter(LogVerifier::isLog)
                .findFirst();
    }

    private static boolean isLog(Path directory) {
        return Files.exists(directory.resolve(LogFiles.KEY))
                || (Files.exists(directory.resolve(CHECKPOINT)) && Files.isDirectory(directory.resolve("journal")));
    }

    /** Verifies the log in {@code directory}. */
    public VerifyReport verify(Path directory) throws IOException {
        return verify(directory, _ -> {});
    }

    /** {@link #verify(Path)}; {@code progress} is told the number of entries read, 256 by 256. */
    public VerifyReport verify(Path directory, LongConsumer progress) throws IOException {
        Findings findings = new Findings();
        List<String> notes = new ArrayList<>();
        Optional<VerifierKey> own = ownKey(directory, LogFiles.KEY, findings, VerifierKey::parse);
        if (own.isEmpty() && Files.notExists(directory.resolve(LogFiles.KEY))) {
            findings.add(Finding.of(LogFiles.KEY, "is missing"));
        }
        Optional<VerifierKey> key = trusted.or(() -> own);
        if (trusted.isPresent() && own.isPresent() && !trusted.equals(own)) {
            findings.add(Finding.of(LogFiles.KEY, "is another key than the one trusted"));
        }
        TileStore tiles = new TileStore(directory, Disk.REAL);
        CosignedCheck cosigned = new CosignedCheck(tiles.readCosigned(), findings, notes); // before what continues it
        Optional<byte[]> note = tiles.readCheckpoint();
        Optional<Checkpoint> checkpoint = note.flatMap(bytes -> checkpoint(bytes, key, findings));
        if (note.isEmpty()) {
            findings.add(Finding.of(CHECKPOINT, "is missing"));
        }
        checkFurther(directory, note, cosigned, findings, notes);
        if (!tiles.forcedSound()) {
            findings.add(Finding.of("tiles.forced", "is malformed; delete it, the next start writes it anew"));
        }
        TreeCheck tree =
                new TreeCheck(directory, tiles, checkpoint.map(Checkpoint::size).orElse(0L), findings, progress);
        String journalEnd = journalEnd(directory);
        JournalCheck journal = new JournalCheck(directory, key, tree, findings, notes);
        long entries = journal.run();
        Hash root = tree.finish(entries);
        boolean rootSigned =
                checkpoint.map(signed -> root.equals(signed.root())).orElse(false);
        if (checkpoint.isPresent() && !rootSigned) {
            findings.add(Finding.of(
                    CHECKPOINT,
                    "the tree of " + checkpoint.get().size() + " entries has another root than the one signed"));
        }
        // Whoever appends meanwhile also adds tiles that belong to no entry read above, before the checkpoint over
        // them;
        // but only after their entries are in the journal.
        List<Finding> strays = tree.strays(entries);
        if (journalEnd.equals(journalEnd(directory))) {
            strays.forEach(findings::add);
        }
        checkpoint.ifPresent(now -> cosigned.continues(key, now, tiles));
        long behind = entries - checkpoint.map(Checkpoint::size).orElse(0L);
        if (checkpoint.isPresent() && behind > 0) {
            notes.add(behind + " entries were not under the checkpoint yet; they were checked against their promises");
        }
        return new VerifyReport(
                directory, key, trusted.isPresent(), checkpoint, rootSigned, entries, findings.list(), notes);
    }

    /** What changes with every append: the last segment and its length. */
    private static String journalEnd(Path directory) throws IOException {
        Path journal = directory.resolve("journal");
        if (!Files.isDirectory(journal)) {
            return "";
        }
        Map.Entry<Long, Path> last = FileJournal.segments(journal).lastEntry();
        return last == null ? "" : last.getKey() + " " + Files.size(last.getValue());
    }

    /** The key in a file of the directory; empty if the file is not there, or is malformed, which is then a finding. */
    private static <K> Optional<K> ownKey(Path directory, String name, Findings findings, Function<String, K> parse)
            throws IOException {
        Path file = directory.resolve(name);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        try {
            if (!text.endsWith("\n")) {
                throw new IllegalArgumentException("the line end is missing");
            }
            return Optional.of(parse.apply(text.substring(0, text.length() - 1)));
        } catch (IllegalArgumentException e) {
            findings.add(Finding.of(name, "is no verifier key: " + e.getMessage()));
            return Optional.empty();
        }
    }

    private static Optional<SignedNote> parse(byte[] note) {
        try {
            return Optional.of(SignedNote.parse(new String(note, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // named where the checkpoint is read
        }
    }

    /** What the lines behind the first say. A note without an SM2 line may be older than its key, unless it was wanted. */
    private void checkFurther(
            Path directory, Optional<byte[]> note, CosignedCheck cosigned, Findings findings, List<String> notes)
            throws IOException {
        Optional<Sm2VerifierKey> own = ownKey(directory, LogFiles.SM2_KEY, findings, Sm2VerifierKey::parse);
        if (trustedSm2.isPresent() && own.isPresent() && !trustedSm2.equals(own)) {
            findings.add(Finding.of(LogFiles.SM2_KEY, "is another key than the one trusted"));
        }
        Optional<SignedNote> signed = note.flatMap(LogVerifier::parse);
        signed.ifPresent(whole -> policy.ifPresent(wanted -> cosigned.witnessed(wanted, whole)));
        Optional<Sm2VerifierKey> key = trustedSm2.or(() -> own);
        if (key.isEmpty() || signed.isEmpty()) {
            return;
        }
        switch (signed.get().of(key.get())) {
            case SIGNED ->
                notes.add("the checkpoint is signed with SM2 too, by " + key.get()
                        + (trustedSm2.isPresent() ? "" : " (from the directory itself)"));
            case FORGED -> findings.add(Finding.of(CHECKPOINT, "carries a false signature of the log's SM2 key"));
            case ABSENT -> {
                if (trustedSm2.isPresent()) {
                    findings.add(Finding.of(CHECKPOINT, "is not signed by the SM2 key trusted"));
                } else {
                    notes.add("the checkpoint carries no signature of the key in " + LogFiles.SM2_KEY);
                }
            }
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

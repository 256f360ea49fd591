package dev.hufu.auditlog.export;

import dev.hufu.auditlog.json.StrictBase64;
import dev.hufu.auditlog.merkle.Hash;
import dev.hufu.auditlog.merkle.RangeProof;
import dev.hufu.auditlog.merkle.TreeHasher;
import dev.hufu.auditlog.note.Checkpoint;
import dev.hufu.auditlog.note.SignedNote;
import dev.hufu.auditlog.note.Sm2VerifierKey;
import dev.hufu.auditlog.note.VerifierKey;
import dev.hufu.auditlog.note.WitnessPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Verifies exports offline, from the file alone. Streams: memory is a line, whatever the file. Thread-safe. */
public final class ExportVerifier {
    private static final int MAX_ENTRY = 65_535;
    private static final int MAX_LINE = 4 * ((MAX_ENTRY + 2) / 3);

    private final Optional<VerifierKey> trusted;
    private final Optional<Sm2VerifierKey> sm2;
    private final Optional<WitnessPolicy> policy;

    /**
     * A verifier that trusts {@code trusted}, or, without it, the file's own key, and then says so; that wants the
     * checkpoint signed by {@code sm2} too and cosigned after {@code policy}, if given.
     */
    public ExportVerifier(Optional<VerifierKey> trusted, Optional<Sm2VerifierKey> sm2, Optional<WitnessPolicy> policy) {
        this.trusted = trusted;
        this.sm2 = sm2;
        this.policy = policy;
    }

    /**
     * Verifies a file. The stream is read to its end and not closed.
     *
     * @param progress told the number of entries read, from time to time
     */
    public ExportVerdict verify(InputStream file, LongConsumer progress) throws IOException {
        try {
            return verify(new Lines(file, MAX_LINE), progress);
        } catch (IllegalArgumentException e) {
            return new ExportVerdict.Fails(String.valueOf(e.getMessage()));
        }
    }

    private ExportVerdict verify(Lines lines, LongConsumer progress) throws IOException {
        if (!lines.next("the first line").equals(LogExport.FIRST_LINE)) {
            return new ExportVerdict.Fails("an export starts with " + LogExport.FIRST_LINE);
        }
        VerifierKey own = VerifierKey.parse(value(lines, LogExport.KEY));
        String[] range = value(lines, LogExport.RANGE).split(" ", -1);
        if (range.length != 2) {
            return new ExportVerdict.Fails("a range has two numbers");
        }
        long from = Checkpoint.parseCount(range[0], "range's start");
        long to = Checkpoint.parseCount(range[1], "range's end");
        List<Hash> around = new ArrayList<>();
        for (String line = hash(lines); !line.isEmpty(); line = hash(lines)) {
            if (around.size() == RangeProof.MAX_HASHES) {
                return new ExportVerdict.Fails("more hashes than any range has beside it");
            }
            around.add(Hash.of(StrictBase64.decode(line)));
        }
        SignedNote note = note(lines);
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        Optional<String> refused = refuses(own, note, checkpoint);
        if (refused.isPresent()) {
            return new ExportVerdict.Fails(refused.get());
        }
        TreeHasher hasher = new TreeHasher();
        long[] read = new long[1];
        Hash root = RangeProof.root(from, to, checkpoint.size(), around, () -> {
            byte[] entry = StrictBase64.decode(lines.next("entry " + (from + read[0])));
            if (entry.length > MAX_ENTRY) {
                throw new IllegalArgumentException("entry " + (from + read[0]) + " is longer than an entry can be");
            }
            progress.accept(++read[0]);
            return hasher.leaf(entry);
        });
        if (!root.equals(checkpoint.root())) {
            return new ExportVerdict.Fails("the entries are not those that stand at " + from + " to " + (to - 1)
                    + " under the signed checkpoint");
        }
        if (!lines.ended()) {
            return new ExportVerdict.Fails("something follows behind the last entry of the range");
        }
        return new ExportVerdict.Holds(own, trusted.isPresent(), from, to, checkpoint);
    }

    private static String value(Lines lines, String name) throws IOException {
        String line = lines.next("the line '" + name.strip() + "'");
        if (!line.startsWith(name)) {
            throw new IllegalArgumentException("the line '" + name.strip() + "' is missing");
        }
        return line.substring(name.length());
    }

    private static String hash(Lines lines) throws IOException {
        return lines.next("the hashes beside the range end");
    }

    /** The note: its text, an empty line, its signature lines; an empty line ends it. */
    private static SignedNote note(Lines lines) throws IOException {
        StringBuilder note = new StringBuilder();
        for (int empty = 0; empty < 2; ) {
            String line = lines.next("the checkpoint ends");
            empty += line.isEmpty() ? 1 : 0;
            if (empty < 2) {
                note.append(line).append('\n');
            }
            if (note.length() > SignedNote.MAX_CHARS) {
                throw new IllegalArgumentException("the checkpoint is longer than a note can be");
            }
        }
        return SignedNote.parse(note.toString());
    }

    private Optional<String> refuses(VerifierKey own, SignedNote note, Checkpoint checkpoint) {
        if (trusted.isPresent() && !trusted.get().equals(own)) {
            return Optional.of("the export is of another key's log (" + own + ") than the one trusted");
        }
        if (!note.verify(own) || !checkpoint.origin().equals(own.name())) {
            return Optional.of("the checkpoint is not signed by the log's key");
        }
        if (sm2.isPresent() && !note.verify(sm2.get())) {
            return Optional.of("the checkpoint is not signed by the SM2 key trusted");
        }
        return policy.flatMap(wanted -> wanted.refuses(note));
    }
}

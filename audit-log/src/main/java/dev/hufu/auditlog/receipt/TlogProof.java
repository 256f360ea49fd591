package dev.hufu.auditlog.receipt;

import dev.hufu.auditlog.json.StrictBase64;
import dev.hufu.auditlog.merkle.Hash;
import dev.hufu.auditlog.merkle.Proofs;
import dev.hufu.auditlog.merkle.TreeHasher;
import dev.hufu.auditlog.note.Checkpoint;
import dev.hufu.auditlog.note.NoteKey;
import dev.hufu.auditlog.note.SignedNote;
import dev.hufu.auditlog.note.WitnessPolicy;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A proof of C2SP tlog-proof: that an entry stands at an index under a signed checkpoint, in the form that other
 * implementations' clients read. It carries no key: whoever verifies it names the log's. Ours hold the entry itself as
 * <em>extra</em>, which nothing vouches for but the proof, once the entry's hash was put under it. Immutable.
 */
public final class TlogProof {
    /** The first line, by which the format is told from a receipt. */
    public static final String FIRST_LINE = "c2sp.org/tlog-proof@v1";

    /** Longest proof that is read, in bytes: the longest entry, 64 hashes and the longest note fit. */
    public static final int MAX_BYTES = 256 * 1024;

    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";
    private static final int MAX_PATH = 64;

    private final Optional<byte[]> extra;
    private final long index;
    private final List<Hash> path;
    private final String checkpoint;

    /**
     * Puts a proof together; nothing is verified here.
     *
     * @param extra opaque bytes that travel with it
     * @param index the entry's index, from 0 on
     * @param path lowest sibling first, at most 64 hashes
     * @param checkpoint the signed note, verbatim
     */
    public TlogProof(Optional<byte[]> extra, long index, List<Hash> path, String checkpoint) {
        if (index < 0 || path.size() > MAX_PATH) {
            throw new IllegalArgumentException(
                    "a proof has an index from 0 on and at most 64 hashes, not " + index + " and " + path.size());
        }
        this.extra = extra.map(byte[]::clone);
        this.index = index;
        this.path = List.copyOf(path);
        this.checkpoint = checkpoint;
    }

    /** Whether a file says that it is such a proof. */
    public static boolean isOne(byte[] file) {
        byte[] first = (FIRST_LINE + "\n").getBytes(StandardCharsets.US_ASCII);
        return file.length >= first.length
                && ByteBuffer.wrap(file, 0, first.length).equals(ByteBuffer.wrap(first));
    }

    /**
     * Reads a proof. Everything before the checkpoint has one form; the checkpoint may carry lines of other keys.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static TlogProof parse(byte[] file) {
        if (file.length > MAX_BYTES) {
            throw new IllegalArgumentException("a proof of more than " + MAX_BYTES + " bytes");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a proof is UTF-8", e);
        }
        int blank = text.indexOf("\n\n");
        if (blank < 0) {
            throw new IllegalArgumentException("a proof has an empty line before its checkpoint");
        }
        List<String> lines = List.of(text.substring(0, blank).split("\n", -1));
        if (!lines.getFirst().equals(FIRST_LINE)) {
            throw new IllegalArgumentException("a proof starts with " + FIRST_LINE);
        }
        int at = 1;
        Optional<byte[]> extra = Optional.empty();
        if (at < lines.size() && lines.get(at).startsWith(EXTRA)) {
            extra = Optional.of(StrictBase64.decode(lines.get(at++).substring(EXTRA.length())));
        }
        if (at == lines.size() || !lines.get(at).startsWith(INDEX)) {
            throw new IllegalArgumentException("a proof names the entry's index");
        }
        long index = Checkpoint.parseCount(lines.get(at++).substring(INDEX.length()), "index");
        List<Hash> path = new ArrayList<>();
        for (String line : lines.subList(at, lines.size())) {
            path.add(Hash.of(StrictBase64.decode(line)));
        }
        String checkpoint = text.substring(blank + 2);
        Checkpoint.parse(SignedNote.parse(checkpoint).text());
        return new TlogProof(extra, index, path, checkpoint);
    }

    /** The file: UTF-8, whole lines. */
    public String text() {
        StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
        extra.ifPresent(
                bytes -> text.append(EXTRA).append(StrictBase64.encode(bytes)).append('\n'));
        text.append(INDEX).append(index).append('\n');
        path.forEach(hash -> text.append(hash.base64()).append('\n'));
        return text.append('\n').append(checkpoint).toString();
    }

    /**
     * Verifies that {@code entry} stands at the index under the checkpoint, and that every one of {@code keys}, a log's,
     * signed it. Lines of other keys are passed over.
     */
    public ProofVerdict verify(List<? extends NoteKey> keys, byte[] entry) {
        return verify(keys, Optional.empty(), entry);
    }

    /** {@link #verify(List, byte[])}, and that the checkpoint is cosigned as {@code policy} wants it. */
    public ProofVerdict verify(List<? extends NoteKey> keys, Optional<WitnessPolicy> policy, byte[] entry) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("a proof is verified with one key at least");
        }
        SignedNote note = SignedNote.parse(checkpoint);
        Checkpoint signed = Checkpoint.parse(note.text());
        for (NoteKey key : keys) {
            if (!signed.origin().equals(key.name())) {
                return new ProofVerdict.Fails("the checkpoint is of another log than the key's");
            }
            switch (note.of(key)) {
                case SIGNED -> {}
                case ABSENT -> {
                    return new ProofVerdict.Fails("the checkpoint is not signed by the key " + key);
                }
                case FORGED -> {
                    return new ProofVerdict.Fails("the checkpoint carries a false signature of the key " + key);
                }
            }
        }
        Optional<String> unwitnessed = policy.flatMap(wanted -> wanted.refuses(note));
        if (unwitnessed.isPresent()) {
            return new ProofVerdict.Fails(unwitnessed.get());
        }
        if (!Proofs.verifyInclusion(index, signed.size(), new TreeHasher().leaf(entry), path, signed.root())) {
            return new ProofVerdict.Fails(
                    "the entry is not shown to stand at index " + index + " under the checkpoint");
        }
        return new ProofVerdict.Holds(index, signed);
    }

    /** A copy of what travels with it. */
    public Optional<byte[]> extra() {
        return extra.map(byte[]::clone);
    }

    /** The entry's index, from 0 on. */
    public long index() {
        return index;
    }
}

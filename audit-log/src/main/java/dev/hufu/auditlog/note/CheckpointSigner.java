package dev.hufu.auditlog.note;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What signs a log's checkpoints: its Ed25519 key always, an SM2 key of the same name beside it where one is configured.
 *
 * @param key the log's key
 * @param sm2 the key of the second line
 */
public record CheckpointSigner(SigningKey key, Optional<Sm2SigningKey> sm2) {
    /** Checks that both keys are the same log's. */
    public CheckpointSigner {
        if (sm2.isPresent()
                && !sm2.get().verifierKey().name().equals(key.verifierKey().name())) {
            throw new IllegalArgumentException("a log's keys have one name, its origin");
        }
    }

    /** The log's name. */
    public String origin() {
        return key.verifierKey().name();
    }

    /** The signed note, one line a key. */
    public String sign(Checkpoint checkpoint) {
        String text = checkpoint.text();
        return key.sign(text) + sm2.map(second -> second.signatureLine(text)).orElse("");
    }

    /** Whether the log signed a note: by its first key, and by its second unless the note is older than that. */
    public boolean signed(SignedNote note) {
        return note.verify(key.verifierKey())
                && sm2.map(second -> note.of(second.verifierKey()) != SignedNote.Standing.FORGED)
                        .orElse(true);
    }

    /** The keys beside the first that signed {@code note}. */
    public List<NoteKey> further(SignedNote note) {
        return sm2.stream()
                .<NoteKey>map(Sm2SigningKey::verifierKey)
                .filter(note::verify)
                .toList();
    }

    /** The first key and {@code further}, in the order of their lines. */
    public static List<NoteKey> all(VerifierKey key, List<NoteKey> further) {
        return Stream.concat(Stream.of(key), further.stream()).toList();
    }
}

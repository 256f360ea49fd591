package dev.hufu.auditlog.note;

/** A public key whose signature lines a note may carry, known by name and id. Immutable and thread-safe. */
public sealed interface NoteKey permits VerifierKey, Sm2VerifierKey, WitnessKey {
    /** The name; for a log's keys, its origin. */
    String name();

    /** The first four bytes, as a number, of SHA-256(name ‖ 0x0A ‖ type ‖ public key). */
    int id();

    /** The one-line form of C2SP signed-note, {@code name+id+base64(type ‖ public key)}. */
    String text();

    /** Whether {@code signature}, what follows the id in a signature line, is this key's over a note's {@code text}. */
    boolean verify(byte[] text, byte[] signature);

    /**
     * Reads the one-line form of any kind of key, without a line end.
     *
     * @throws IllegalArgumentException if it is not exactly what {@link #text} writes
     */
    static NoteKey parse(String text) {
        KeyForm form = KeyForm.parse(text);
        return switch (form.type()) {
            case VerifierKey.ED25519 -> VerifierKey.of(form);
            case WitnessKey.ED25519, WitnessKey.ML_DSA_44 -> WitnessKey.of(form);
            case Sm2VerifierKey.NAMED -> Sm2VerifierKey.of(form);
            default ->
                throw new IllegalArgumentException("a verifier key of type " + form.type() + ", which is not known");
        };
    }
}

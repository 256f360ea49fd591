package dev.hufu.auditlog.note;

import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * A public Ed25519 key with a name, as C2SP signed-note writes it: {@code name+hash+base64(0x01 ‖ key)}. The hash is
 * the key id, SHA-256(name ‖ 0x0A ‖ 0x01 ‖ key)[:4]. Immutable and thread-safe.
 */
public final class VerifierKey implements NoteKey {
    /** Signature type of Ed25519 in C2SP signed-note. */
    static final byte ED25519 = 1;

    private static final int MAX_NAME = 200;

    private final KeyForm form;
    private final byte[] key;

    private VerifierKey(KeyForm form) {
        this.form = form;
        this.key = form.bytes(1);
    }

    /** The key named {@code name} of 32 bytes. */
    public static VerifierKey ed25519(String name, byte[] key) {
        if (key.length != Ed25519.PUBLIC_KEY_SIZE) {
            throw new IllegalArgumentException("an Ed25519 key has 32 bytes, this one " + key.length);
        }
        byte[] typed = new byte[1 + key.length];
        typed[0] = ED25519;
        System.arraycopy(key, 0, typed, 1, key.length);
        return new VerifierKey(new KeyForm(name, typed));
    }

    /**
     * Reads the one-line form, without a line end.
     *
     * @throws IllegalArgumentException if it is not exactly what {@link #text} writes
     */
    public static VerifierKey parse(String text) {
        return of(KeyForm.parse(text));
    }

    static VerifierKey of(KeyForm form) {
        if (!form.is(new byte[] {ED25519}, 1 + Ed25519.PUBLIC_KEY_SIZE)) {
            throw new IllegalArgumentException("not an Ed25519 verifier key (type 1, 32 bytes)");
        }
        return new VerifierKey(form);
    }

    /** Checks the name of a key, which is also the origin of a log: no white space, no plus sign, 1 to 200 characters. */
    static String checkName(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException("a key's name has 1 to 200 characters, this one " + name.length());
        }
        if (name.chars()
                .anyMatch(c -> c == '+'
                        || c <= ' '
                        || c == 0x7f
                        || Character.isWhitespace(c)
                        || Character.isSpaceChar(c)
                        || Character.isSurrogate((char) c))) {
            throw new IllegalArgumentException("a key's name has no white space and no plus sign");
        }
        return name;
    }

    @Override
    public String name() {
        return form.name();
    }

    @Override
    public int id() {
        return form.id();
    }

    @Override
    public String text() {
        return form.text();
    }

    @Override
    public boolean verify(byte[] text, byte[] signature) {
        return signature.length == Ed25519.SIGNATURE_SIZE && Ed25519.verify(signature, 0, key, 0, text, 0, text.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey that && form.equals(that.form);
    }

    @Override
    public int hashCode() {
        return form.hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}

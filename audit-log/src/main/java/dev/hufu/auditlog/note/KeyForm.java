package dev.hufu.auditlog.note;

import dev.hufu.auditlog.json.StrictBase64;
import dev.hufu.auditlog.merkle.TreeHasher;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** The one-line form that keys of every kind share. */
final class KeyForm {
    private final String name;
    private final byte[] typed;
    private final int id;

    /** {@code typed} is the type and the public key, and must not change afterwards. */
    KeyForm(String name, byte[] typed) {
        this.name = VerifierKey.checkName(name);
        this.typed = typed;
        MessageDigest digest = TreeHasher.sha256();
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
        digest.update(typed);
        this.id = ByteBuffer.wrap(digest.digest()).getInt();
    }

    static KeyForm parse(String text) {
        int idAt = text.indexOf('+');
        int keyAt = text.indexOf('+', idAt + 1);
        if (idAt <= 0 || keyAt < 0) {
            throw new IllegalArgumentException("a verifier key is name+hash+key");
        }
        byte[] typed = StrictBase64.decode(text.substring(keyAt + 1));
        if (typed.length == 0) {
            throw new IllegalArgumentException("a verifier key has a type");
        }
        KeyForm form = new KeyForm(text.substring(0, idAt), typed);
        if (!form.text().equals(text)) {
            throw new IllegalArgumentException("the verifier key's hash is not that of its name and key");
        }
        return form;
    }

    String name() {
        return name;
    }

    int id() {
        return id;
    }

    byte type() {
        return typed[0];
    }

    /** A copy of the bytes from {@code from} on, of which byte 0 is the type. */
    byte[] bytes(int from) {
        return Arrays.copyOfRange(typed, from, typed.length);
    }

    /** Whether the type and what follows it start with {@code prefix} and the whole is {@code length} bytes long. */
    boolean is(byte[] prefix, int length) {
        return typed.length == length && Arrays.equals(typed, 0, prefix.length, prefix, 0, prefix.length);
    }

    String text() {
        return name + "+" + HexFormat.of().toHexDigits(id) + "+" + StrictBase64.encode(typed);
    }

    /** A signature line with its line end. */
    String line(byte[] signature) {
        byte[] value = ByteBuffer.allocate(Integer.BYTES + signature.length)
                .putInt(id)
                .put(signature)
                .array();
        return "— " + name + " " + StrictBase64.encode(value) + "\n";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyForm that && name.equals(that.name) && Arrays.equals(typed, that.typed);
    }

    @Override
    public int hashCode() {
        return id;
    }
}

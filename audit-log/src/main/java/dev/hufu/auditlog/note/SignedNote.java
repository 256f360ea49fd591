package dev.hufu.auditlog.note;

import dev.hufu.auditlog.json.StrictBase64;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A note of C2SP signed-note: a text of whole lines, a blank line, and signature lines
 * {@code — name base64(id ‖ signature)}. Parsing checks the form only; {@link #verify} and {@link #verifyStrictly} the
 * signatures.
 *
 * @param text the signed text, ending with a line end
 * @param signatures the signature lines in their order, at least one
 */
public record SignedNote(String text, List<Line> signatures) {
    /** Longest note that is read, in characters. */
    public static final int MAX_CHARS = 64 * 1024;

    private static final int MAX_SIGNATURES = 100;
    private static final String DASH = "— ";

    /**
     * A signature line.
     *
     * @param name the key's name
     * @param value strict base64 of the key's id (4 bytes) and the signature
     */
    public record Line(String name, String value) {
        /** Checks the form of both. */
        public Line {
            VerifierKey.checkName(name);
            if (StrictBase64.decode(value).length <= Integer.BYTES) {
                throw new IllegalArgumentException("a signature is longer than its key's id");
            }
        }

        private static Line parse(String line) {
            int space = line.indexOf(' ', DASH.length());
            if (!line.startsWith(DASH) || space < 0) {
                throw new IllegalArgumentException("a signature line is: em dash, space, name, space, signature");
            }
            return new Line(line.substring(DASH.length(), space), line.substring(space + 1));
        }

        private boolean isOf(NoteKey key) {
            return name.equals(key.name())
                    && ByteBuffer.wrap(StrictBase64.decode(value)).getInt() == key.id();
        }

        private boolean verifies(NoteKey key, byte[] message) {
            byte[] bytes = StrictBase64.decode(value);
            return key.verify(message, Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length));
        }
    }

    /** Copies the signature lines. */
    public SignedNote {
        signatures = List.copyOf(signatures);
    }

    /**
     * Reads a note.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static SignedNote parse(String note) {
        if (note.length() > MAX_CHARS) {
            throw new IllegalArgumentException("a note of more than " + MAX_CHARS + " characters");
        }
        if (note.chars().anyMatch(c -> c < ' ' && c != '\n')) {
            throw new IllegalArgumentException("a note has no control characters");
        }
        int blank = note.lastIndexOf("\n\n");
        if (blank < 0 || !note.endsWith("\n")) {
            throw new IllegalArgumentException("a note is text, a blank line and signature lines");
        }
        String block = note.substring(blank + 2);
        if (block.isEmpty()) {
            throw new IllegalArgumentException("a note has at least one signature");
        }
        List<Line> lines = block.lines().map(Line::parse).toList();
        if (lines.size() > MAX_SIGNATURES) {
            throw new IllegalArgumentException("a note of more than " + MAX_SIGNATURES + " signatures");
        }
        return new SignedNote(note.substring(0, blank + 1), lines);
    }

    /** What a note's signature lines say of a key. */
    public enum Standing {
        /** There is a line of the key, and every one is right. */
        SIGNED,
        /** There is no line of the key. */
        ABSENT,
        /** There is a line of the key that is wrong: the note is to be refused. */
        FORGED
    }

    /** What the lines of {@code key} say. Lines of other keys are passed over, as C2SP has it. */
    public Standing of(NoteKey key) {
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        List<Line> own = signatures.stream().filter(line -> line.isOf(key)).toList();
        if (own.isEmpty()) {
            return Standing.ABSENT;
        }
        return own.stream().allMatch(line -> line.verifies(key, message)) ? Standing.SIGNED : Standing.FORGED;
    }

    /**
     * When {@code witness} says to have cosigned, in seconds since 1970, by its first line; empty without one. Whether that
     * line is right, {@link #of} says.
     */
    public OptionalLong cosignedAt(WitnessKey witness) {
        return signatures.stream()
                .filter(line -> line.isOf(witness))
                .map(line -> StrictBase64.decode(line.value()))
                .filter(bytes -> bytes.length > Integer.BYTES + Long.BYTES)
                .mapToLong(bytes -> ByteBuffer.wrap(bytes).getLong(Integer.BYTES))
                .findFirst();
    }

    /**
     * Whether {@code key} signed the text. Lines of other keys are passed over, as C2SP has it; a line of this key with
     * a bad signature fails the note.
     */
    public boolean verify(NoteKey key) {
        return of(key) == Standing.SIGNED;
    }

    /** Whether the note carries exactly one signature line of each of {@code keys}, in their order: the rule inside receipts. */
    public boolean verifyStrictly(List<? extends NoteKey> keys) {
        if (signatures.size() != keys.size() || Set.copyOf(keys).size() != keys.size()) {
            return false;
        }
        for (int i = 0; i < keys.size(); i++) {
            if (!signatures.get(i).isOf(keys.get(i)) || !verify(keys.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** {@link #verifyStrictly(List)} with one key. */
    public boolean verifyStrictly(NoteKey key) {
        return verifyStrictly(List.of(key));
    }

    /** The note as a text with the first line of each of {@code keys} alone, in their order; keys without one add nothing. */
    public String only(List<? extends NoteKey> keys) {
        StringBuilder note = new StringBuilder(text).append('\n');
        for (NoteKey key : keys) {
            signatures.stream()
                    .filter(line -> line.isOf(key))
                    .findFirst()
                    .ifPresent(line -> note.append(DASH)
                            .append(line.name())
                            .append(' ')
                            .append(line.value())
                            .append('\n'));
        }
        return note.toString();
    }
}

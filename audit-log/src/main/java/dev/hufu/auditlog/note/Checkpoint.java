package dev.hufu.auditlog.note;

import dev.hufu.auditlog.json.StrictBase64;
import dev.hufu.auditlog.merkle.Hash;
import java.util.List;

/**
 * A checkpoint of C2SP tlog-checkpoint: what a log says of itself.
 *
 * @param origin the log's name
 * @param size number of entries, at least 0
 * @param root root of the tree over them
 */
public record Checkpoint(String origin, long size, Hash root) {
    private static final int LINES = 3;

    /** Checks the origin's form and the size. */
    public Checkpoint {
        VerifierKey.checkName(origin);
        if (size < 0) {
            throw new IllegalArgumentException("a log has at least 0 entries, not " + size);
        }
    }

    /** The text that is signed. */
    public String text() {
        return origin + "\n" + size + "\n" + root.base64() + "\n";
    }

    /**
     * Reads the text of a checkpoint. Extension lines are passed over, as C2SP has it.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Checkpoint parse(String text) {
        List<String> lines = text.lines().toList();
        if (lines.size() < LINES || !text.endsWith("\n")) {
            throw new IllegalArgumentException("a checkpoint has three lines: origin, size, root");
        }
        return new Checkpoint(
                lines.get(0), parseCount(lines.get(1), "size"), Hash.of(StrictBase64.decode(lines.get(2))));
    }

    /**
     * Reads a decimal number without sign or leading zero.
     *
     * @throws IllegalArgumentException for any other text, naming {@code what}
     */
    public static long parseCount(String digits, String what) {
        if (digits.isEmpty()
                || digits.chars().anyMatch(c -> c < '0' || c > '9')
                || (digits.length() > 1 && digits.charAt(0) == '0')) {
            throw new IllegalArgumentException("the " + what + " is not a decimal number");
        }
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the " + what + " is beyond 2^63 - 1", e);
        }
    }
}

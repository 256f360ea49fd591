package dev.hufu.auditlog.note;

import dev.hufu.auditlog.json.StrictBase64;
import dev.hufu.auditlog.merkle.Hash;
import java.time.Instant;
import java.util.List;

/**
 * What a log signs for a batch once it is durable: that every entry under {@code root} will stand in its tree by
 * {@code mergeBy}. One signature serves the whole batch. The first line keeps it apart from a checkpoint, which the same
 * key signs: an origin never stands where a checkpoint has its size.
 *
 * @param origin the log's name
 * @param size number of entries in the batch, at least 1
 * @param root root of the batch's tree, over {@link dev.hufu.auditlog.EntryId#promiseLeaf}
 * @param mergeBy latest time of integration, to the millisecond
 */
public record Promise(String origin, int size, Hash root, Instant mergeBy) {
    private static final String KIND = "hufu-promise/v1";
    private static final int LINES = 5;

    /** Checks the origin's form, the size and the time's precision. */
    public Promise {
        VerifierKey.checkName(origin);
        if (size < 1) {
            throw new IllegalArgumentException("a batch has at least 1 entry, not " + size);
        }
        if (mergeBy.toEpochMilli() < 0
                || !Instant.ofEpochMilli(mergeBy.toEpochMilli()).equals(mergeBy)) {
            throw new IllegalArgumentException("the latest merge time is in whole milliseconds since 1970");
        }
    }

    /** The text that is signed: kind, origin, size, root in base64, merge-by in milliseconds since 1970. */
    public String text() {
        return KIND + "\n" + origin + "\n" + size + "\n" + root.base64() + "\n" + mergeBy.toEpochMilli() + "\n";
    }

    /**
     * Reads the text of a promise.
     *
     * @throws IllegalArgumentException if it is not exactly what {@link #text} writes
     */
    public static Promise parse(String text) {
        List<String> lines = text.lines().toList();
        if (lines.size() != LINES || !lines.getFirst().equals(KIND)) {
            throw new IllegalArgumentException("a promise has five lines and starts with " + KIND);
        }
        long size = Checkpoint.parseCount(lines.get(2), "size");
        if (size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a batch of " + size + " entries");
        }
        Promise promise = new Promise(
                lines.get(1),
                (int) size,
                Hash.of(StrictBase64.decode(lines.get(3))),
                Instant.ofEpochMilli(Checkpoint.parseCount(lines.get(4), "merge time")));
        if (!promise.text().equals(text)) {
            throw new IllegalArgumentException("a promise that would be written differently");
        }
        return promise;
    }
}

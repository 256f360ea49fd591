package dev.hufu.auditlog.export;

import dev.hufu.auditlog.AuditLogException;
import dev.hufu.auditlog.LogReader;
import dev.hufu.auditlog.json.StrictBase64;
import dev.hufu.auditlog.layout.TilePath;
import dev.hufu.auditlog.merkle.Hash;
import dev.hufu.auditlog.merkle.RangeProof;
import dev.hufu.auditlog.merkle.TreeHasher;
import dev.hufu.auditlog.note.Checkpoint;
import dev.hufu.auditlog.note.SignedNote;
import dev.hufu.auditlog.note.VerifierKey;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Writes a range of entries with what proves it: the log's key, the hashes beside the range, the signed checkpoint, the
 * entries. Format: compliance-docs/spec/log-format.md, "Export". Streams: a bundle at a time, whatever the range. What is
 * written was verified while it was written. Stateless.
 */
public final class LogExport {
    static final String FIRST_LINE = "hufu-export/v1";
    static final String KEY = "key ";
    static final String RANGE = "range ";

    private LogExport() {}

    /**
     * Whether a file starts as an export does.
     *
     * @param start the first bytes of the file, {@link #START_BYTES} at least where it is that long
     */
    public static boolean isOne(byte[] start) {
        return new String(start, StandardCharsets.US_ASCII).startsWith(FIRST_LINE + "\n");
    }

    /** How many bytes {@link #isOne} looks at. */
    public static final int START_BYTES = FIRST_LINE.length() + 1;

    /**
     * Writes entries {@code from} to {@code to} − 1 under the checkpoint that {@code reader} was opened at. If it throws,
     * what was written so far proves nothing and is to be thrown away. The stream is flushed, not closed.
     *
     * @param key the log's
     * @param progress told the number of entries written, from time to time
     * @throws IllegalArgumentException unless 0 ≤ from &lt; to ≤ the checkpoint's size
     * @throws AuditLogException.Damaged if {@code key} did not sign the checkpoint, or tiles and bundles do not lead to it
     */
    public static void write(
            LogReader reader, VerifierKey key, long from, long to, OutputStream out, LongConsumer progress)
            throws IOException {
        Checkpoint checkpoint = reader.checkpoint();
        if (!SignedNote.parse(reader.note()).verify(key) || !checkpoint.origin().equals(key.name())) {
            throw new AuditLogException.Damaged("checkpoint: not signed by the log's key");
        }
        List<Hash> around = reader.around(from, to);
        StringBuilder head = new StringBuilder(FIRST_LINE).append('\n');
        head.append(KEY).append(key.text()).append('\n');
        head.append(RANGE).append(from).append(' ').append(to).append('\n');
        around.forEach(hash -> head.append(hash.base64()).append('\n'));
        head.append('\n').append(reader.note()).append('\n');
        BufferedOutputStream file = new BufferedOutputStream(out, 1 << 16);
        file.write(head.toString().getBytes(StandardCharsets.UTF_8));
        Hash root = RangeProof.root(
                from, to, checkpoint.size(), around, new Entries(reader, from, file, progress, new TreeHasher())::next);
        file.flush();
        if (!root.equals(checkpoint.root())) {
            throw new AuditLogException.Damaged("bundles and tiles do not lead from entries " + from + " to " + (to - 1)
                    + " to the signed root; run `audit verify`, which names the file");
        }
    }

    /** Takes one entry after the other from its bundle, writes it, and gives its hash. */
    private static final class Entries {
        private final LogReader reader;
        private final long from;
        private final OutputStream out;
        private final LongConsumer progress;
        private final TreeHasher hasher;
        private List<byte[]> bundle = List.of();
        private long at;

        Entries(LogReader reader, long from, OutputStream out, LongConsumer progress, TreeHasher hasher) {
            this.reader = reader;
            this.from = from;
            this.out = out;
            this.progress = progress;
            this.hasher = hasher;
            this.at = from;
        }

        Hash next() throws IOException {
            int within = (int) (at & (TilePath.FULL - 1));
            if (bundle.isEmpty() || within == 0) {
                bundle = reader.bundle(at >>> TilePath.BITS);
                progress.accept(at - from);
            }
            byte[] entry = bundle.get(within);
            at++;
            out.write(StrictBase64.encode(entry).getBytes(StandardCharsets.US_ASCII));
            out.write('\n');
            return hasher.leaf(entry);
        }
    }
}

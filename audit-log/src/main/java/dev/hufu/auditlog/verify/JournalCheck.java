package dev.hufu.auditlog.verify;

import dev.hufu.auditlog.journal.FileJournal;
import dev.hufu.auditlog.journal.IdCheck;
import dev.hufu.auditlog.journal.JournalBatch;
import dev.hufu.auditlog.journal.JournalEntry;
import dev.hufu.auditlog.journal.SegmentRead;
import dev.hufu.auditlog.journal.SegmentReader;
import dev.hufu.auditlog.note.SignedNote;
import dev.hufu.auditlog.note.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/** Reads the journal from its beginning, checks what can be checked in it, and hands each entry on to the tree. */
final class JournalCheck {
    private final Path directory;
    private final Optional<VerifierKey> key;
    private final TreeCheck tree;
    private final Findings findings;
    private final List<String> notes;
    private final IdCheck ids;
    private long index;

    JournalCheck(Path directory, Optional<VerifierKey> key, TreeCheck tree, Findings findings, List<String> notes)
            throws IOException {
        this.directory = directory;
        this.key = key;
        this.tree = tree;
        this.findings = findings;
        this.notes = notes;
        // Before the journal is read, so that it never covers more than what will be.
        this.ids = IdCheck.open(directory);
    }

    /** Reads it all and gives the number of entries, damaged ones included. */
    long run() throws IOException {
        Path journal = directory.resolve("journal");
        if (!Files.isDirectory(journal)) {
            findings.add(Finding.of("journal", "is missing"));
            return 0;
        }
        NavigableMap<Long, Path> segments = FileJournal.segments(journal);
        for (Map.Entry<Long, Path> segment : segments.entrySet()) {
            long first = segment.getKey();
            if (first < index) {
                findings.add(Finding.at(name(first), first, "starts within the segment before it"));
                continue;
            }
            if (first > index) {
                findings.add(Finding.at(name(index), index, "the journal ends, though " + name(first) + " follows"));
                lose(first);
            }
            boolean last = segments.higherKey(first) == null;
            read(segment.getValue(), first, last, last ? Long.MAX_VALUE : segments.higherKey(first));
        }
        try (ids) {
            report(ids.finish(index));
        }
        return index;
    }

    private void report(List<IdCheck.Wrong> inTheIndex) {
        inTheIndex.forEach(wrong -> findings.add(
                wrong.index() < 0
                        ? Finding.of(wrong.file(), wrong.what())
                        : Finding.at(wrong.file(), wrong.index(), wrong.what())));
    }

    private void read(Path segment, long first, boolean last, long nextSegment) throws IOException {
        try (SegmentReader reader = new SegmentReader(segment, first)) {
            if (!reader.headSound()) {
                if (last && reader.length() < SegmentReader.FIRST_BATCH) {
                    notes.add(name(first) + ": a segment that was begun and never written to");
                    return;
                }
                findings.add(Finding.at(name(first), first, "the segment's head is wrong (byte 0)"));
            }
            boolean more = true;
            while (more) {
                more = switch (reader.next()) {
                    case SegmentRead.Whole whole -> whole(whole, first);
                    case SegmentRead.End _ -> false;
                    case SegmentRead.Torn torn -> torn(torn, first, last);
                    case SegmentRead.Damaged damage -> damaged(damage, first, nextSegment);
                };
            }
        }
    }

    private boolean whole(SegmentRead.Whole whole, long segment) throws IOException {
        JournalBatch batch = whole.batch();
        if (!batch.tree().root().equals(batch.root())) {
            findings.add(Finding.at(
                    name(segment),
                    batch.firstIndex(),
                    "the batch is not what was promised (byte " + whole.offset() + ")"));
        } else if (key.isPresent() && !signed(batch, key.get())) {
            findings.add(Finding.at(
                    name(segment),
                    batch.firstIndex(),
                    "the promise is not signed by the log's key (byte " + whole.offset() + ")"));
        }
        ids.batch(segment, whole);
        for (JournalEntry entry : batch.entries()) {
            tree.entry(entry.bytes());
        }
        index = batch.nextIndex();
        return true;
    }

    private static boolean signed(JournalBatch batch, VerifierKey key) {
        try {
            return SignedNote.parse(batch.promiseNote(key.name())).verifyStrictly(key);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean torn(SegmentRead.Torn torn, long segment, boolean last) {
        if (last) {
            notes.add(name(segment) + ": " + torn.what() + " (byte " + torn.offset()
                    + "); it was acknowledged to nobody, or is being written now");
        } else {
            findings.add(Finding.at(name(segment), index, torn.what() + " (byte " + torn.offset() + ")"));
        }
        return false;
    }

    private boolean damaged(SegmentRead.Damaged damage, long segment, long nextSegment) throws IOException {
        findings.add(Finding.at(name(segment), damage.index(), damage.what() + " (byte " + damage.offset() + ")"));
        ids.lost();
        for (JournalEntry entry : damage.readable()) {
            tree.entry(entry.bytes());
            index++;
        }
        if (damage.next() >= 0) {
            lose(damage.nextIndex());
            return true;
        }
        // Where the next batch starts is not known: go on with the next segment, or with what is under the checkpoint.
        lose(nextSegment == Long.MAX_VALUE ? Math.max(index, tree.size()) : nextSegment);
        return false;
    }

    /** Passes over entries that cannot be read here; bundles and tiles may still hold them. */
    private void lose(long to) throws IOException {
        ids.lost();
        for (; index < to; index++) {
            tree.lost();
        }
    }

    private static String name(long first) {
        return "journal/%020d".formatted(first);
    }
}

package dev.hufu.auditlog.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Derives the id index from the journal once more and compares. For a reader beside a running server: records that are
 * not written yet are no fault, since the index is not what makes an entry durable. Not thread-safe.
 */
public final class IdCheck implements Closeable {
    private static final String IDS = "ids";
    private static final int MOST = 100;

    private final @Nullable FileChannel file;
    private final byte @Nullable [] headsBytes;
    private final @Nullable IdHeads heads;
    private final ProducerChains chains = new ProducerChains();
    private final ByteBuffer expected = ByteBuffer.allocate(JournalBatch.MAX_ENTRIES * IdRecord.BYTES);
    private final ByteBuffer actual = ByteBuffer.allocate(JournalBatch.MAX_ENTRIES * IdRecord.BYTES);
    private final List<Wrong> wrong = new ArrayList<>();
    private boolean complete = true;
    private boolean headsSeen;

    private IdCheck(@Nullable FileChannel file, byte @Nullable [] headsBytes) {
        this.file = file;
        this.headsBytes = headsBytes;
        this.heads = headsBytes == null ? null : IdHeads.parse(ByteBuffer.wrap(headsBytes));
    }

    /** Something that is not as the journal makes it; {@code index} is -1 where no entry is at fault. */
    public record Wrong(String file, long index, String what) {}

    /** Begins a check of the log in {@code directory}; the snapshot is read now. */
    public static IdCheck open(Path directory) throws IOException {
        Path snapshot = directory.resolve(IdHeads.FILE);
        Path records = directory.resolve(IDS);
        return new IdCheck(
                Files.exists(records) ? FileChannel.open(records) : null,
                Files.exists(snapshot) ? Files.readAllBytes(snapshot) : null);
    }

    /** The next batch of the journal. */
    public void batch(long segment, SegmentRead.Whole at) throws IOException {
        if (!complete) {
            return;
        }
        expected.clear();
        IdIndex.write(at, chains, expected);
        expected.flip();
        read(at.batch().firstIndex(), expected.remaining());
        int difference = expected.mismatch(actual);
        if (difference >= 0 && difference < actual.limit() && wrong.size() < MOST) {
            wrong.add(new Wrong(
                    IDS,
                    at.batch().firstIndex() + difference / IdRecord.BYTES,
                    "the record is not that of the entry (delete ids and ids.heads while the log is stopped, they are"
                            + " derived anew)"));
        }
        FileJournal.Place behind =
                new FileJournal.Place(segment, at.next(), at.batch().nextIndex());
        if (heads != null && heads.place().index() == behind.index()) {
            headsSeen = true;
            // A segment that was begun and not yet written to is the same place.
            boolean samePlace = heads.place().equals(behind)
                    || heads.place()
                            .equals(new FileJournal.Place(behind.index(), SegmentReader.FIRST_BATCH, behind.index()));
            boolean same = samePlace && IdHeads.bytes(heads.place(), chains).equals(ByteBuffer.wrap(headsBytes));
            if (!same) {
                wrong.add(new Wrong(IdHeads.FILE, -1, "is not what the journal gives"));
            }
        }
    }

    private void read(long index, int bytes) throws IOException {
        actual.clear().limit(bytes);
        if (file != null) {
            boolean more = true;
            while (more && actual.hasRemaining()) {
                more = file.read(actual, index * IdRecord.BYTES + actual.position()) >= 0;
            }
        }
        actual.flip();
    }

    /** Says that entries of the journal could not be read, so that the rest of the index cannot be derived. */
    public void lost() {
        complete = false;
    }

    /** What is wrong, now that {@code entries} were read. */
    public List<Wrong> finish(long entries) throws IOException {
        if (headsBytes != null && heads == null) {
            wrong.add(new Wrong(IdHeads.FILE, -1, "its checksum is wrong"));
        } else if (heads != null && complete && !headsSeen && heads.place().index() > 0) {
            wrong.add(new Wrong(IdHeads.FILE, -1, "covers " + heads.place().index() + " entries, where no batch ends"));
        }
        long records = file == null ? 0 : file.size() / IdRecord.BYTES;
        if (heads != null && records < heads.place().index()) {
            wrong.add(new Wrong(IDS, Math.min(records, entries), "is shorter than its snapshot says"));
        }
        return List.copyOf(wrong);
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}

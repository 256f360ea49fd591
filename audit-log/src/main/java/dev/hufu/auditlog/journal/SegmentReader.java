package dev.hufu.auditlog.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one segment, batch by batch, while a writer may be appending to it: what is not there yet reads as an end or a
 * torn batch. Holds one window of the file in memory. Not thread-safe.
 */
public final class SegmentReader implements Closeable {
    /** Where the first batch of a segment starts. */
    public static final long FIRST_BATCH = BatchCodec.SEGMENT_HEAD;

    private static final int WINDOW = 256 * 1024;
    private static final int PAGE = 4096;
    private static final long ANY = -1;

    private final FileChannel file;
    private final long firstIndex;
    private ByteBuffer window;
    private long windowStart;
    private long offset = FIRST_BATCH;
    private long expectedIndex;

    /** Opens the segment whose first entry has index {@code firstIndex}. */
    public SegmentReader(Path segment, long firstIndex) throws IOException {
        this(segment, firstIndex, WINDOW);
    }

    /** Opens the segment for reading about {@code windowBytes} at a time. */
    public SegmentReader(Path segment, long firstIndex, int windowBytes) throws IOException {
        this.window = ByteBuffer.allocate(windowBytes).limit(0);
        this.file = FileChannel.open(segment, StandardOpenOption.READ);
        this.firstIndex = firstIndex;
        this.expectedIndex = firstIndex;
    }

    /** Whether the segment's head is whole and names its first index; false also while it is being written. */
    public boolean headSound() throws IOException {
        return load(0, BatchCodec.SEGMENT_HEAD)
                && window.slice(0, BatchCodec.SEGMENT_HEAD).equals(BatchCodec.segmentHead(firstIndex));
    }

    /** Bytes in the file now. */
    public long length() throws IOException {
        return file.size();
    }

    /** Goes to a batch whose place and first index are known. */
    public void seek(long batchOffset, long batchIndex) {
        offset = batchOffset;
        expectedIndex = batchIndex;
    }

    /** Goes to a batch whose place is known. */
    public void seek(long batchOffset) {
        seek(batchOffset, ANY);
    }

    /** Reads the batch at the current place and, if whole, goes to the next; after damage, as far as that is known. */
    public SegmentRead next() throws IOException {
        long start = offset;
        if (file.size() <= start) {
            return new SegmentRead.End(start);
        }
        if (!load(start, BatchCodec.RECORD_HEAD)) {
            return new SegmentRead.Torn(start, "a record's head is cut off");
        }
        int payload = window.getInt(at(start));
        if (payload <= 0 || payload > BatchCodec.MAX_HEADER_PAYLOAD) {
            return unwritten(start, file.size())
                    ? new SegmentRead.Torn(start, "a batch was never written")
                    : damaged(start, expectedIndex, "a batch header's length is out of bounds");
        }
        if (!load(start, BatchCodec.RECORD_HEAD + payload)) {
            return new SegmentRead.Torn(start, "a batch header is cut off");
        }
        BatchCodec.Header header;
        try {
            if (!BatchCodec.sound(window, at(start), payload)) {
                return unwritten(start, file.size())
                        ? new SegmentRead.Torn(start, "a batch header was never wholly written")
                        : damaged(start, expectedIndex, "a batch header's checksum is wrong");
            }
            header = BatchCodec.header(window.slice(at(start) + BatchCodec.RECORD_HEAD, payload));
        } catch (IllegalArgumentException e) {
            return damaged(start, expectedIndex, "a batch header is malformed");
        }
        if (expectedIndex != ANY && header.firstIndex() != expectedIndex) {
            return damaged(
                    start, expectedIndex, "a batch starts at index " + header.firstIndex() + ", not " + expectedIndex);
        }
        return body(start, start + BatchCodec.RECORD_HEAD + payload, header);
    }

    private SegmentRead body(long start, long bodyStart, BatchCodec.Header header) throws IOException {
        long end = bodyStart + header.bodyBytes();
        if (!load(start, Math.toIntExact(end - start))) {
            return new SegmentRead.Torn(start, "a batch is cut off");
        }
        List<JournalEntry> entries = new ArrayList<>(header.count());
        long record = bodyStart;
        String wrong = null;
        while (wrong == null && entries.size() < header.count()) {
            wrong = readEntry(record, end, entries);
            if (wrong == null) {
                record += BatchCodec.recordBytes(entries.getLast());
            }
        }
        if (wrong == null && record != end) {
            wrong = "a batch has bytes after its last entry";
        }
        if (wrong != null) {
            if (unwritten(start, end)) {
                return new SegmentRead.Torn(start, "a batch was never wholly written");
            }
            offset = end;
            expectedIndex = header.firstIndex() + header.count();
            long index = header.firstIndex() + Math.min(entries.size(), header.count() - 1);
            return new SegmentRead.Damaged(record, index, wrong, entries, header.firstIndex(), end, expectedIndex);
        }
        offset = end;
        expectedIndex = header.firstIndex() + header.count();
        JournalBatch batch =
                new JournalBatch(header.firstIndex(), header.mergeBy(), header.root(), header.signature(), entries);
        return new SegmentRead.Whole(start, batch, bodyStart, end);
    }

    /** Adds the entry at {@code record}, or says what is wrong with it. */
    private @Nullable String readEntry(long record, long end, List<JournalEntry> entries) {
        if (end - record < BatchCodec.RECORD_HEAD) {
            return "a record is longer than its batch";
        }
        int payload = window.getInt(at(record));
        if (payload < 0 || payload > end - record - BatchCodec.RECORD_HEAD) {
            return "a record's length is out of bounds";
        }
        if (!BatchCodec.sound(window, at(record), payload)) {
            return "a record's checksum is wrong";
        }
        try {
            entries.add(BatchCodec.entry(window.slice(at(record) + BatchCodec.RECORD_HEAD, payload)));
            return null;
        } catch (IllegalArgumentException e) {
            return "a record is malformed";
        }
    }

    private SegmentRead damaged(long at, long index, String what) {
        return new SegmentRead.Damaged(at, index, what, List.of(), index, -1, -1);
    }

    /**
     * Whether the last batch shows what a power cut leaves of pages that never reached the disk: zeros from its start to
     * the page's end, or a whole page of zeros. Only asked of a batch that is wrong and touches the file's end.
     */
    private boolean unwritten(long start, long end) throws IOException {
        if (end < file.size()) {
            return false;
        }
        long first = Math.min(end, (start / PAGE + 1) * PAGE);
        if (first - start >= BatchCodec.RECORD_HEAD && zeros(start, first)) {
            return true;
        }
        for (long page = first; page + PAGE <= end; page += PAGE) {
            if (zeros(page, page + PAGE)) {
                return true;
            }
        }
        return false;
    }

    private boolean zeros(long from, long to) throws IOException {
        ByteBuffer part = ByteBuffer.allocate(Math.toIntExact(to - from));
        boolean more = true;
        while (more && part.hasRemaining()) {
            more = file.read(part, from + part.position()) >= 0;
        }
        part.flip();
        while (part.hasRemaining()) {
            if (part.get() != 0) {
                return false;
            }
        }
        return true;
    }

    private int at(long fileOffset) {
        return Math.toIntExact(fileOffset - windowStart);
    }

    /** Brings {@code length} bytes from {@code from} on into the window; false if the file ends before. */
    private boolean load(long from, int length) throws IOException {
        if (from >= windowStart && from + length <= windowStart + window.limit()) {
            return true;
        }
        if (window.capacity() < length) {
            window = ByteBuffer.allocate(length);
        }
        window.clear();
        windowStart = from;
        while (window.hasRemaining()) {
            if (file.read(window, from + window.position()) < 0) {
                break;
            }
        }
        window.flip();
        return window.limit() >= length;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

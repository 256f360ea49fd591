package dev.hufu.auditlog.journal;

import dev.hufu.auditlog.AuditLogException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The segments of a journal, {@code journal/<first index, 20 digits>}, and the one place that appends to them. A batch is
 * one write and one force; when {@link #append} returns, it survives the loss of power. A batch whose force did not
 * return was acknowledged to nobody: recovery keeps it if it is whole and cuts it off if it is torn. Since a batch is
 * written only after the force of the one before, only the last batch of the last segment can be torn; anything else
 * that is wrong is damage, and refused.
 *
 * <p>Appending and recovering is for one thread; the map of segments may be read by any.
 */
public final class FileJournal implements Closeable {
    /** Read at once when one batch is looked for: most have few entries. */
    private static final int ONE_BATCH = 16 * 1024;

    private static final Pattern NAME = Pattern.compile("\\d{20}");

    private final Path directory;
    private final Disk disk;
    private final long segmentBytes;
    private final NavigableMap<Long, Path> segments = new ConcurrentSkipListMap<>();
    private ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
    private FileChannel current;
    private long position;
    private long nextIndex;

    private FileJournal(Path directory, Disk disk, long segmentBytes, FileChannel current, Place end) {
        this.directory = directory;
        this.disk = disk;
        this.segmentBytes = segmentBytes;
        this.current = current;
        this.position = end.offset();
        this.nextIndex = end.index();
    }

    /** Told of each batch found by {@link #open}, in order. */
    @FunctionalInterface
    public interface Found {
        /** A batch of the segment that starts at index {@code segment}. */
        void batch(long segment, SegmentRead.Whole batch) throws IOException;
    }

    /**
     * Where reading starts.
     *
     * @param segment first index of the segment
     * @param offset of a batch in it
     * @param index of that batch's first entry
     */
    public record Place(long segment, long offset, long index) {
        /** The beginning of the journal. */
        public static final Place START = new Place(0, SegmentReader.FIRST_BATCH, 0);
    }

    /**
     * Opens the journal for appending: reads it from {@code from} on, cuts off a torn tail, and goes on behind it.
     *
     * @throws AuditLogException.Damaged if what is read is not what a crash leaves
     */
    public static FileJournal open(Path directory, Disk disk, long segmentBytes, Place from, Found found)
            throws IOException {
        if (Files.notExists(directory)) {
            Files.createDirectory(directory);
            disk.forceDirectory(directory.resolve(".."));
        }
        NavigableMap<Long, Path> segments = segments(directory);
        if (segments.isEmpty()) {
            FileChannel first = newSegment(directory, disk, 0);
            FileJournal journal = new FileJournal(directory, disk, segmentBytes, first, Place.START);
            journal.segments.put(0L, directory.resolve(name(0)));
            return journal;
        }
        if (!segments.containsKey(from.segment())) {
            throw new AuditLogException.Damaged("journal: segment " + name(from.segment()) + " is missing");
        }
        Place place = from;
        for (Map.Entry<Long, Path> segment :
                segments.tailMap(from.segment(), true).entrySet()) {
            if (segment.getKey() != from.segment()) {
                if (segment.getKey() != place.index()) {
                    throw new AuditLogException.Damaged("journal: segment " + name(place.index()) + " is missing, "
                            + segment.getValue().getFileName() + " follows");
                }
                place = new Place(segment.getKey(), SegmentReader.FIRST_BATCH, segment.getKey());
            }
            boolean last = segment.getKey().equals(segments.lastKey());
            place = recover(segment.getValue(), place, last, disk, found);
        }
        FileChannel file = FileChannel.open(segments.lastEntry().getValue(), StandardOpenOption.WRITE);
        FileJournal journal = new FileJournal(directory, disk, segmentBytes, file, place);
        journal.segments.putAll(segments);
        return journal;
    }

    /** The segments of a journal by first index; other files are passed over. */
    public static NavigableMap<Long, Path> segments(Path directory) throws IOException {
        NavigableMap<Long, Path> segments = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Matcher matcher = NAME.matcher(file.getFileName().toString());
                if (matcher.matches()) {
                    segments.put(Long.parseLong(matcher.group()), file);
                }
            }
        }
        return segments;
    }

    /** Reads a segment to its end and gives the place behind it; cuts off what is torn in the last one. */
    private static Place recover(Path segment, Place from, boolean last, Disk disk, Found found) throws IOException {
        long offset = from.offset();
        long index = from.index();
        try (SegmentReader reader = new SegmentReader(segment, from.segment())) {
            if (!reader.headSound()) {
                if (last && offset == SegmentReader.FIRST_BATCH && reader.length() <= SegmentReader.FIRST_BATCH) {
                    // Made and named, but its head never reached the disk; no batch can have.
                    rewriteHead(segment, from.segment(), disk);
                    return from;
                }
                throw damaged(segment, 0, index, "the segment's head is wrong");
            }
            if (reader.length() < offset) {
                throw damaged(segment, reader.length(), index, "the segment is shorter than it was");
            }
            reader.seek(offset, index);
            while (true) {
                switch (reader.next()) {
                    case SegmentRead.Whole whole -> {
                        found.batch(from.segment(), whole);
                        offset = whole.next();
                        index = whole.batch().nextIndex();
                    }
                    case SegmentRead.End _ -> {
                        return new Place(from.segment(), offset, index);
                    }
                    case SegmentRead.Torn torn -> {
                        if (!last) {
                            throw damaged(segment, torn.offset(), index, torn.what());
                        }
                        truncate(segment, torn.offset(), disk);
                        return new Place(from.segment(), offset, index);
                    }
                    case SegmentRead.Damaged damage ->
                        throw damaged(segment, damage.offset(), damage.index(), damage.what());
                }
            }
        }
    }

    private static AuditLogException.Damaged damaged(Path segment, long offset, long index, String what) {
        return new AuditLogException.Damaged("journal/" + segment.getFileName() + ": " + what + " (index " + index
                + ", byte " + offset + "); no crash leaves this: keep the files, restore this one from a copy");
    }

    private static void rewriteHead(Path segment, long firstIndex, Disk disk) throws IOException {
        try (FileChannel file = FileChannel.open(segment, StandardOpenOption.WRITE)) {
            file.truncate(0);
            disk.write(file, BatchCodec.segmentHead(firstIndex), 0);
            disk.force(file);
        }
    }

    private static void truncate(Path segment, long length, Disk disk) throws IOException {
        try (FileChannel file = FileChannel.open(segment, StandardOpenOption.WRITE)) {
            file.truncate(length);
            disk.force(file);
        }
    }

    private static FileChannel newSegment(Path directory, Disk disk, long firstIndex) throws IOException {
        FileChannel file = FileChannel.open(
                directory.resolve(name(firstIndex)), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        disk.write(file, BatchCodec.segmentHead(firstIndex), 0);
        disk.force(file);
        disk.forceDirectory(directory);
        return file;
    }

    private static String name(long firstIndex) {
        return "%020d".formatted(firstIndex);
    }

    /**
     * Makes {@code batch} durable: one write, one force. After an exception the journal must not be used again.
     *
     * @return where it was written
     */
    public SegmentRead.Whole append(JournalBatch batch) throws IOException {
        int[] sizes = BatchCodec.sizes(batch);
        int bytes = sizes[0] + sizes[1];
        if (position > SegmentReader.FIRST_BATCH && position + bytes > segmentBytes) {
            current.close();
            current = newSegment(directory, disk, batch.firstIndex());
            position = SegmentReader.FIRST_BATCH;
            segments.put(batch.firstIndex(), directory.resolve(name(batch.firstIndex())));
        }
        if (buffer.capacity() < bytes) {
            buffer = ByteBuffer.allocateDirect(Integer.highestOneBit(bytes) << 1);
        }
        buffer.clear();
        BatchCodec.write(batch, sizes[1], buffer);
        buffer.flip();
        disk.write(current, buffer, position);
        disk.force(current);
        long start = position;
        position += bytes;
        nextIndex = batch.nextIndex();
        return new SegmentRead.Whole(start, batch, start + sizes[0], position);
    }

    /** First index of the segment that holds entry {@code index}. */
    public long segmentOf(long index) {
        return segments.floorKey(index);
    }

    /** The place behind the last batch. For the appending thread. */
    public Place end() {
        return new Place(segments.lastKey(), position, nextIndex);
    }

    /** Opens the segment that starts at {@code firstIndex} for reading. */
    public SegmentReader read(long firstIndex) throws IOException {
        return new SegmentReader(segments.getOrDefault(firstIndex, directory.resolve(name(firstIndex))), firstIndex);
    }

    /** Opens the segment that starts at {@code firstIndex} for reading a single batch. */
    public SegmentReader readOne(long firstIndex) throws IOException {
        Path segment = segments.getOrDefault(firstIndex, directory.resolve(name(firstIndex)));
        return new SegmentReader(segment, firstIndex, ONE_BATCH);
    }

    /** Whether a segment starts at {@code firstIndex}. */
    public boolean hasSegment(long firstIndex) {
        return segments.containsKey(firstIndex);
    }

    @Override
    public void close() throws IOException {
        current.close();
    }
}

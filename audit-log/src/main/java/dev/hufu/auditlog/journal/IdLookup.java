package dev.hufu.auditlog.journal;

import dev.hufu.auditlog.EntryId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;

/**
 * Finds an entry by its id without opening the log: through the id index as far as its last snapshot goes, from there on
 * through the journal, and through the whole journal where the index cannot be used. Writes nothing and takes no lock, so
 * a server may be appending meanwhile. The index is only a hint: the journal's own record decides.
 */
public final class IdLookup {
    private IdLookup() {}

    /**
     * The index of entry {@code id} of the log in {@code directory}; empty if its journal holds none.
     *
     * @throws java.nio.file.NoSuchFileException if there is no journal, as in a copy of the public files
     */
    public static OptionalLong find(Path directory, EntryId id) throws IOException {
        NavigableMap<Long, Path> segments = FileJournal.segments(directory.resolve("journal"));
        IdHeads heads = IdHeads.read(directory);
        if (heads == null || !segments.containsKey(heads.place().segment())) {
            return scan(segments, FileJournal.Place.START, id);
        }
        ProducerChains.Chain chain = heads.chains().chain(id.producer());
        if (chain == null || chain.lastSequence() < id.sequence()) {
            return scan(segments, heads.place(), id);
        }
        OptionalLong hint = byIndex(directory.resolve("ids"), chain.head(), id);
        if (hint.isPresent() && holds(segments, directory.resolve("ids"), hint.getAsLong(), id)) {
            return hint;
        }
        return scan(segments, FileJournal.Place.START, id);
    }

    private static OptionalLong byIndex(Path ids, long head, EntryId id) throws IOException {
        if (Files.notExists(ids)) {
            return OptionalLong.empty();
        }
        try (FileChannel file = FileChannel.open(ids, StandardOpenOption.READ)) {
            return IdIndex.find(index -> read(file, index), id, head);
        } catch (IllegalArgumentException e) {
            return OptionalLong.empty(); // damaged: the journal is asked
        }
    }

    private static IdRecord read(FileChannel file, long index) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(IdRecord.BYTES);
        while (record.hasRemaining()) {
            if (file.read(record, index * IdRecord.BYTES + record.position()) < 0) {
                throw new IllegalArgumentException("no record of index " + index);
            }
        }
        return IdRecord.read(record.flip());
    }

    private static boolean holds(NavigableMap<Long, Path> segments, Path ids, long index, EntryId id)
            throws IOException {
        Map.Entry<Long, Path> segment = segments.floorEntry(index);
        if (segment == null) {
            return false;
        }
        long offset;
        try (FileChannel file = FileChannel.open(ids, StandardOpenOption.READ)) {
            offset = Integer.toUnsignedLong(read(file, index).batchOffset());
        } catch (IllegalArgumentException e) {
            return false;
        }
        try (SegmentReader reader = new SegmentReader(segment.getValue(), segment.getKey())) {
            reader.seek(offset);
            return reader.next() instanceof SegmentRead.Whole whole
                    && whole.batch().firstIndex() <= index
                    && index < whole.batch().nextIndex()
                    && whole.batch()
                            .entries()
                            .get((int) (index - whole.batch().firstIndex()))
                            .id()
                            .equals(id);
        }
    }

    private static OptionalLong scan(NavigableMap<Long, Path> segments, FileJournal.Place from, EntryId id)
            throws IOException {
        for (Map.Entry<Long, Path> segment :
                segments.tailMap(from.segment(), true).entrySet()) {
            try (SegmentReader reader = new SegmentReader(segment.getValue(), segment.getKey())) {
                if (segment.getKey() == from.segment()) {
                    reader.seek(from.offset(), from.index());
                }
                while (reader.next() instanceof SegmentRead.Whole whole) { // what is damaged, `audit verify` names
                    List<JournalEntry> entries = whole.batch().entries();
                    for (int i = 0; i < entries.size(); i++) {
                        if (entries.get(i).id().equals(id)) {
                            return OptionalLong.of(whole.batch().firstIndex() + i);
                        }
                    }
                }
            }
        }
        return OptionalLong.empty();
    }
}

package dev.hufu.auditlog.journal;

import dev.hufu.auditlog.AuditLogException;
import dev.hufu.auditlog.EntryId;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;

/**
 * From an entry's id to its index, and from its index to its place in the journal: file {@code ids}, a record an entry,
 * and {@code ids.heads}, a snapshot of the producers. Both derive from the journal. A crash costs at most the records
 * since the last snapshot, which opening derives again; so nothing here is forced batch by batch. In memory: a few
 * hundred bytes a producer, whatever the length of the log.
 *
 * <p>One thread appends; lookups are safe from any thread for entries whose append has returned.
 */
public final class IdIndex implements Closeable {
    /** Entries between two snapshots: bounds what opening reads again. */
    private static final int SNAPSHOT_EVERY = 65_536;

    private final Path directory;
    private final Disk disk;
    private final FileChannel file;
    private final ProducerChains chains;
    private ByteBuffer buffer = ByteBuffer.allocate(64 * IdRecord.BYTES);
    private long size;
    private long snapshotSize;

    private IdIndex(Path directory, Disk disk, FileChannel file, IdHeads heads) {
        this.directory = directory;
        this.disk = disk;
        this.file = file;
        this.chains = heads.chains();
        this.size = heads.place().index();
        this.snapshotSize = size;
    }

    /** An index and the place in the journal up to which it is complete. */
    public record Opened(IdIndex index, FileJournal.Place complete) {}

    /** Opens the index of the log in {@code directory}, cut back to its last snapshot. */
    public static Opened open(Path directory, Disk disk) throws IOException {
        FileChannel file = FileChannel.open(
                directory.resolve("ids"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        IdHeads heads = IdHeads.read(directory);
        if (heads == null || file.size() < heads.place().index() * IdRecord.BYTES) {
            heads = IdHeads.none(); // derive it all from the journal
        }
        file.truncate(heads.place().index() * IdRecord.BYTES);
        return new Opened(new IdIndex(directory, disk, file, heads), heads.place());
    }

    /** Adds the entries of a durable batch. */
    public void append(SegmentRead.Whole at) throws IOException {
        JournalBatch batch = at.batch();
        int bytes = batch.entries().size() * IdRecord.BYTES;
        if (buffer.capacity() < bytes) {
            buffer = ByteBuffer.allocate(JournalBatch.MAX_ENTRIES * IdRecord.BYTES);
        }
        buffer.clear();
        write(at, chains, buffer);
        buffer.flip();
        disk.write(file, buffer, size * IdRecord.BYTES);
        size = batch.nextIndex();
    }

    /** Writes the records of a batch, given the chains up to it. */
    static void write(SegmentRead.Whole at, ProducerChains chains, ByteBuffer out) {
        long index = at.batch().firstIndex();
        long record = at.bodyOffset();
        for (JournalEntry entry : at.batch().entries()) {
            ProducerChains.Links links = chains.add(entry.id(), index);
            new IdRecord(
                            entry.id().sequence(),
                            links.previous(),
                            links.shortcut(),
                            Math.toIntExact(at.offset()),
                            Math.toIntExact(record),
                            links.producer())
                    .write(out);
            record += BatchCodec.recordBytes(entry);
            index++;
        }
    }

    /** Takes a snapshot if one is due; {@code place} is that behind the last batch appended. */
    public void snapshotIfDue(FileJournal.Place place) throws IOException {
        if (size - snapshotSize >= SNAPSHOT_EVERY) {
            snapshot(place);
        }
    }

    /** Takes a snapshot: the records first, then what says that they are complete. */
    public void snapshot(FileJournal.Place place) throws IOException {
        if (place.index() != size) {
            throw new IllegalArgumentException("a snapshot at " + place.index() + " of an index of " + size);
        }
        disk.force(file);
        IdHeads.write(directory, disk, place, chains);
        snapshotSize = size;
    }

    /** The last sequence number of {@code producer}. For the appending thread. */
    public OptionalLong lastSequence(String producer) {
        return chains.lastSequence(producer);
    }

    /** Number of producers. For the appending thread. */
    public int producers() {
        return chains.all().size();
    }

    /** Told of a producer, its last sequence number and that entry's index. */
    @FunctionalInterface
    public interface Producers {
        /** One producer. */
        void producer(String producer, long lastSequence, long index);
    }

    /** Tells of every producer. For the appending thread, or before it starts. */
    public void eachProducer(Producers told) {
        chains.all().forEach(chain -> told.producer(chain.producer(), chain.lastSequence(), chain.head()));
    }

    /** The index of entry {@code id}, looked for from its producer's entry at {@code head} back. */
    public OptionalLong find(EntryId id, long head) throws IOException {
        return find(this::read, id, head);
    }

    /** Gives the record of an index. */
    @FunctionalInterface
    interface Records {
        IdRecord at(long index) throws IOException;
    }

    /**
     * {@link #find(EntryId, long)} over any records: every step goes back, so it ends also over damaged ones.
     *
     * @throws IllegalArgumentException if a record points forward
     */
    static OptionalLong find(Records records, EntryId id, long head) throws IOException {
        long node = head;
        while (node >= 0) {
            IdRecord record = records.at(node);
            if (record.sequence() == id.sequence()) {
                return OptionalLong.of(node);
            }
            if (record.sequence() < id.sequence()) {
                return OptionalLong.empty();
            }
            boolean far =
                    record.shortcut() >= 0 && records.at(record.shortcut()).sequence() >= id.sequence();
            long next = far ? record.shortcut() : record.previous();
            if (next >= node) {
                throw new IllegalArgumentException("the record of index " + node + " points forward");
            }
            node = next;
        }
        return OptionalLong.empty();
    }

    /** Where the batch of entry {@code index} starts in its segment. */
    public long batchOffset(long index) throws IOException {
        return Integer.toUnsignedLong(read(index).batchOffset());
    }

    private IdRecord read(long index) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(IdRecord.BYTES);
        while (record.hasRemaining()) {
            if (file.read(record, index * IdRecord.BYTES + record.position()) < 0) {
                throw new AuditLogException.Damaged("ids: no record of index " + index);
            }
        }
        try {
            return IdRecord.read(record.flip());
        } catch (IllegalArgumentException e) {
            throw new AuditLogException.Damaged("ids: " + e.getMessage() + " (index " + index
                    + "); stop the log, delete ids and ids.heads, and start it: both are derived from the journal");
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

package dev.hufu.auditlog.journal;

import dev.hufu.auditlog.EntryId;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The snapshot {@code ids.heads}: how far the id index is complete, and the producers' chains there. */
record IdHeads(FileJournal.Place place, ProducerChains chains) {
    static final String FILE = "ids.heads";
    private static final byte[] MAGIC = "hufu-ids-heads/v1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_PATH = 128;

    static IdHeads none() {
        return new IdHeads(FileJournal.Place.START, new ProducerChains());
    }

    /** Replaces the snapshot as a whole. */
    static void write(Path directory, Disk disk, FileJournal.Place place, ProducerChains chains) throws IOException {
        ByteBuffer bytes = bytes(place, chains);
        Path next = directory.resolve(FILE + ".next");
        try (FileChannel file = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            disk.write(file, bytes, 0);
            disk.force(file);
        }
        Files.move(next, directory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        disk.forceDirectory(directory);
    }

    /** The snapshot's bytes. */
    static ByteBuffer bytes(FileJournal.Place place, ProducerChains chains) {
        int size = MAGIC.length + 3 * Long.BYTES + 2 * Integer.BYTES;
        for (ProducerChains.Chain chain : chains.all()) {
            size += 2 + chain.producer().length() + (2 + chain.path().size()) * Long.BYTES;
        }
        ByteBuffer out = ByteBuffer.allocate(size).put(MAGIC);
        out.putLong(place.segment()).putLong(place.offset()).putLong(place.index());
        out.putInt(chains.all().size());
        for (ProducerChains.Chain chain : chains.all()) {
            byte[] producer = chain.producer().getBytes(StandardCharsets.US_ASCII);
            out.put((byte) producer.length).put(producer);
            out.putLong(chain.lastSequence()).putLong(chain.count());
            out.put((byte) chain.path().size());
            chain.path().forEach(out::putLong);
        }
        CRC32C crc = new CRC32C();
        crc.update(out.array(), 0, out.position());
        return out.putInt((int) crc.getValue()).flip();
    }

    /** Reads the snapshot; null if there is none, or one that cannot be used. */
    static @Nullable IdHeads read(Path directory) throws IOException {
        try {
            return parse(ByteBuffer.wrap(Files.readAllBytes(directory.resolve(FILE))));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Reads the snapshot's bytes; null if they are not sound. */
    static @Nullable IdHeads parse(ByteBuffer in) {
        int body = in.remaining() - Integer.BYTES;
        if (body < MAGIC.length) {
            return null;
        }
        CRC32C crc = new CRC32C();
        crc.update(in.duplicate().limit(body));
        if (in.getInt(body) != (int) crc.getValue()
                || !in.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
            return null;
        }
        in.limit(body).position(MAGIC.length);
        try {
            FileJournal.Place place = new FileJournal.Place(in.getLong(), in.getLong(), in.getLong());
            ProducerChains chains = new ProducerChains();
            int producers = in.getInt();
            for (int i = 0; i < producers; i++) {
                byte[] name = new byte[Byte.toUnsignedInt(in.get())];
                in.get(name);
                String producer = EntryId.checkProducer(new String(name, StandardCharsets.US_ASCII));
                long lastSequence = in.getLong();
                long count = in.getLong();
                chains.restore(producer, lastSequence, count, path(in));
            }
            return in.hasRemaining() ? null : new IdHeads(place, chains);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return null;
        }
    }

    private static List<Long> path(ByteBuffer in) {
        int length = Byte.toUnsignedInt(in.get());
        if (length % 2 != 0 || length > MAX_PATH) {
            throw new IllegalArgumentException("a chain's path of " + length);
        }
        List<Long> path = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            path.add(in.getLong());
        }
        return path;
    }
}

package dev.hufu.auditlog.journal;

import dev.hufu.auditlog.EntryId;
import dev.hufu.auditlog.merkle.Hash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The journal's bytes (compliance-docs/spec/log-format.md, "Journal"). All numbers are big-endian. A record is length
 * (4) ‖ CRC32C of length and payload (4) ‖ payload. A batch is a header record followed by one record an entry; the
 * header says how many and how long, so that damage inside one batch does not hide the next.
 */
final class BatchCodec {
    static final int RECORD_HEAD = 8;
    static final int SEGMENT_HEAD = 28;
    /** More than any header record: bounds what is read before its checksum is known. */
    static final int MAX_HEADER_PAYLOAD = 64 * 1024;

    static final int MAX_ENTRY = 65_535;
    /** Most bytes of entry records in a batch: the writer stops collecting at 4 MiB, one entry later at the latest. */
    static final int MAX_BODY = (4 << 20) + MAX_ENTRY + 256;

    private static final byte[] MAGIC = "hufu-journal/v1\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte HEADER = 1;
    private static final byte ENTRY = 2;
    private static final int HEADER_FIXED = 1 + 8 + 2 + 4 + 8 + Hash.BYTES + 2;
    private static final int ENTRY_FIXED = 1 + 8 + 1;

    private BatchCodec() {}

    /** What a header record says. */
    record Header(long firstIndex, int count, int bodyBytes, long mergeBy, Hash root, String signature) {}

    static ByteBuffer segmentHead(long firstIndex) {
        ByteBuffer head = ByteBuffer.allocate(SEGMENT_HEAD).put(MAGIC).putLong(firstIndex);
        CRC32C crc = new CRC32C();
        crc.update(head.array(), 0, head.position());
        return head.putInt((int) crc.getValue()).flip();
    }

    /** Bytes of the entry's record. */
    static int recordBytes(JournalEntry entry) {
        return RECORD_HEAD + ENTRY_FIXED + entry.id().producer().length() + entry.bytes().length;
    }

    /** Bytes of the batch's header record and of its entry records. */
    static int[] sizes(JournalBatch batch) {
        int body = 0;
        for (JournalEntry entry : batch.entries()) {
            body += recordBytes(entry);
        }
        return new int[] {RECORD_HEAD + HEADER_FIXED + batch.signature().getBytes(StandardCharsets.UTF_8).length, body};
    }

    /** Appends the batch to {@code out}, which has room. */
    static void write(JournalBatch batch, int bodyBytes, ByteBuffer out) {
        byte[] signature = batch.signature().getBytes(StandardCharsets.UTF_8);
        int start = out.position();
        out.putInt(HEADER_FIXED + signature.length).putInt(0);
        out.put(HEADER)
                .putLong(batch.firstIndex())
                .putShort((short) batch.entries().size())
                .putInt(bodyBytes)
                .putLong(batch.mergeBy())
                .put(batch.root().bytes())
                .putShort((short) signature.length)
                .put(signature);
        seal(out, start);
        for (JournalEntry entry : batch.entries()) {
            start = out.position();
            byte[] producer = entry.id().producer().getBytes(StandardCharsets.US_ASCII);
            out.putInt(ENTRY_FIXED + producer.length + entry.bytes().length).putInt(0);
            out.put(ENTRY)
                    .putLong(entry.id().sequence())
                    .put((byte) producer.length)
                    .put(producer)
                    .put(entry.bytes());
            seal(out, start);
        }
    }

    private static void seal(ByteBuffer out, int start) {
        out.putInt(start + 4, checksum(out, start, out.position() - start - RECORD_HEAD));
    }

    private static int checksum(ByteBuffer buffer, int start, int payloadBytes) {
        CRC32C crc = new CRC32C();
        crc.update(buffer.duplicate().limit(start + 4).position(start));
        crc.update(buffer.duplicate().limit(start + RECORD_HEAD + payloadBytes).position(start + RECORD_HEAD));
        return (int) crc.getValue();
    }

    /** Whether the record at {@code start}, wholly in the buffer, carries its checksum. */
    static boolean sound(ByteBuffer buffer, int start, int payloadBytes) {
        return buffer.getInt(start + 4) == checksum(buffer, start, payloadBytes);
    }

    /**
     * Reads the payload of a header record.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Header header(ByteBuffer payload) {
        if (payload.remaining() < HEADER_FIXED || payload.get() != HEADER) {
            throw new IllegalArgumentException("not a batch header");
        }
        long firstIndex = payload.getLong();
        int count = Short.toUnsignedInt(payload.getShort());
        int body = payload.getInt();
        long mergeBy = payload.getLong();
        byte[] root = new byte[Hash.BYTES];
        payload.get(root);
        byte[] signature = new byte[Short.toUnsignedInt(payload.getShort())];
        if (count == 0
                || count > JournalBatch.MAX_ENTRIES
                || body <= 0
                || body > MAX_BODY
                || signature.length != payload.remaining()) {
            throw new IllegalArgumentException("a batch header out of bounds");
        }
        payload.get(signature);
        return new Header(
                firstIndex, count, body, mergeBy, Hash.of(root), new String(signature, StandardCharsets.UTF_8));
    }

    /**
     * Reads the payload of an entry record.
     *
     * @throws IllegalArgumentException if it is none
     */
    static JournalEntry entry(ByteBuffer payload) {
        if (payload.remaining() < ENTRY_FIXED || payload.get() != ENTRY) {
            throw new IllegalArgumentException("not an entry record");
        }
        long sequence = payload.getLong();
        byte[] producer = new byte[Byte.toUnsignedInt(payload.get())];
        if (producer.length > payload.remaining()) {
            throw new IllegalArgumentException("an entry record out of bounds");
        }
        payload.get(producer);
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        return new JournalEntry(new EntryId(new String(producer, StandardCharsets.US_ASCII), sequence), bytes);
    }
}

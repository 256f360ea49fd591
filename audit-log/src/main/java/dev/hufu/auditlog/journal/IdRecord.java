package dev.hufu.auditlog.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A record of the id index, {@link #BYTES} bytes, at index × {@link #BYTES} of the file {@code ids}. Derived from the
 * journal alone.
 *
 * @param sequence the entry's sequence number
 * @param previous index of its producer's entry before, or -1
 * @param shortcut index of an earlier one, or -1 ({@link ProducerChains})
 * @param batchOffset where its batch starts in its segment
 * @param recordOffset where its record starts in its segment
 * @param producer number of its producer, in order of first appearance
 */
record IdRecord(long sequence, long previous, long shortcut, int batchOffset, int recordOffset, int producer) {
    static final int BYTES = 40;

    void write(ByteBuffer out) {
        int start = out.position();
        out.putLong(sequence)
                .putLong(previous)
                .putLong(shortcut)
                .putInt(batchOffset)
                .putInt(recordOffset)
                .putInt(producer);
        CRC32C crc = new CRC32C();
        crc.update(out.duplicate().flip().position(start));
        out.putInt((int) crc.getValue());
    }

    /**
     * Reads the record that starts at the buffer's position.
     *
     * @throws IllegalArgumentException if its checksum is wrong
     */
    static IdRecord read(ByteBuffer in) {
        CRC32C crc = new CRC32C();
        crc.update(in.duplicate().limit(in.position() + BYTES - Integer.BYTES));
        IdRecord id = new IdRecord(in.getLong(), in.getLong(), in.getLong(), in.getInt(), in.getInt(), in.getInt());
        if (in.getInt() != (int) crc.getValue()) {
            throw new IllegalArgumentException("a record of the id index has a wrong checksum");
        }
        return id;
    }
}

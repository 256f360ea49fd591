package dev.hufu.auditlog;

import dev.hufu.auditlog.merkle.Hash;
import dev.hufu.auditlog.merkle.TreeHasher;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Who appended an entry, and as which of theirs: the log's idempotence is by this. Written {@code producer.sequence}.
 *
 * @param producer 1 to 64 of a to z, 0 to 9 and hyphen
 * @param sequence from 0 on, rising for each producer, gaps allowed, at most 2^53 - 1
 */
public record EntryId(String producer, long sequence) implements Comparable<EntryId> {
    /** Longest name of a producer, in characters, which are bytes. */
    public static final int MAX_PRODUCER = 64;

    private static final long MAX_SEQUENCE = (1L << 53) - 1;

    /** Checks the bounds. */
    public EntryId {
        checkProducer(producer);
        if (sequence < 0 || sequence > MAX_SEQUENCE) {
            throw new IllegalArgumentException("a sequence number is from 0 to 2^53 - 1, not " + sequence);
        }
    }

    /** Checks the form of a producer's name and gives it back. */
    public static String checkProducer(String producer) {
        if (producer.isEmpty() || producer.length() > MAX_PRODUCER) {
            throw new IllegalArgumentException("a producer's name has 1 to 64 characters, not " + producer.length());
        }
        for (int i = 0; i < producer.length(); i++) {
            char c = producer.charAt(i);
            if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) {
                throw new IllegalArgumentException("a producer's name is of a to z, 0 to 9 and hyphen");
            }
        }
        return producer;
    }

    /**
     * Reads {@code producer.sequence}.
     *
     * @throws IllegalArgumentException if it is not exactly what {@link #toString} writes
     */
    public static EntryId parse(String text) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            throw new IllegalArgumentException("an entry's id is producer.sequence");
        }
        long sequence;
        try {
            sequence = Long.parseLong(text, dot + 1, text.length(), 10);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("an entry's sequence is a number", e);
        }
        EntryId id = new EntryId(text.substring(0, dot), sequence);
        if (!id.toString().equals(text)) {
            throw new IllegalArgumentException("an entry's sequence has no leading zero");
        }
        return id;
    }

    /**
     * The leaf that stands for this entry in its batch's tree: the RFC 6962 leaf hash of sequence (8 bytes, big-endian)
     * ‖ leaf hash of the entry (32 bytes) ‖ producer. So a promise binds the id and the entry to each other.
     */
    public Hash promiseLeaf(Hash entryLeaf, TreeHasher hasher) {
        byte[] name = producer.getBytes(StandardCharsets.US_ASCII);
        byte[] leaf = ByteBuffer.allocate(Long.BYTES + Hash.BYTES + name.length)
                .putLong(sequence)
                .put(entryLeaf.bytes())
                .put(name)
                .array();
        return hasher.leaf(leaf);
    }

    @Override
    public int compareTo(EntryId other) {
        int byProducer = producer.compareTo(other.producer);
        return byProducer != 0 ? byProducer : Long.compare(sequence, other.sequence);
    }

    @Override
    public String toString() {
        return producer + "." + sequence;
    }
}

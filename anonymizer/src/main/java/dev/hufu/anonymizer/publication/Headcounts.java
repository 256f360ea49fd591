package dev.hufu.anonymizer.publication;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.crypto.Mac;

/**
 * Persons of each cell in one period, and their published numbers.
 *
 * <p>Noise after the cell-key method (Fraser and Wooton, "A proposed method for confidentialising tabular output to protect
 * against differencing", UNECE 2005): each person has a secret key, a cell's key is the sum of its persons' keys, and the noise is
 * a function of it. So every text that asks for the same people gets the same number, however it is written.
 */
final class Headcounts {
    /** Standard deviation of the noise on a headcount. */
    static final double SD = 1.5;

    final int[] persons;
    final long[] keys;
    private final Mac mac;
    private final byte[] context;

    Headcounts(Publication publication, int cells, String period) {
        persons = new int[cells];
        keys = new long[cells];
        mac = publication.key().mac();
        context = ("count\u0000" + publication.population() + "\u0000" + period).getBytes(StandardCharsets.UTF_8);
    }

    void add(int cell, long personKey) {
        persons[cell]++;
        keys[cell] += personKey;
    }

    /** The number shown for a cell if it is not under the threshold. */
    long published(int cell) {
        return published(persons[cell], keys[cell]);
    }

    /** The number shown for a set of people with this size and sum of keys. */
    long published(long size, long key) {
        if (size == 0) {
            return 0;
        }
        mac.update(context);
        byte[] seed = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(key).array());
        return Math.max(0, size + Math.round(SD * NoiseKey.gaussian(seed)));
    }
}

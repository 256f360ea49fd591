package dev.hufu.auditlog.merkle;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The hash functions of RFC 6962, section 2.1: leaf SHA-256(0x00 ‖ entry), node SHA-256(0x01 ‖ left ‖ right), empty
 * tree SHA-256 of nothing. The JDK's SHA-256 uses the processor's instructions. Not thread-safe: one owner each.
 */
public final class TreeHasher {
    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final MessageDigest digest;

    /** A hasher with its own digest state. */
    public TreeHasher() {
        this.digest = sha256();
    }

    /** A fresh SHA-256. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The hash of a tree without leaves. */
    public static Hash emptyRoot() {
        return Hash.wrap(sha256().digest());
    }

    /** The leaf hash of {@code entry}. */
    public Hash leaf(byte[] entry) {
        return leaf(entry, 0, entry.length);
    }

    /** The leaf hash of {@code length} bytes of {@code source} from {@code offset} on. */
    public Hash leaf(byte[] source, int offset, int length) {
        digest.update(LEAF);
        digest.update(source, offset, length);
        return Hash.wrap(digest.digest());
    }

    /** The hash of the node over {@code left} and {@code right}. */
    public Hash node(Hash left, Hash right) {
        digest.update(NODE);
        digest.update(left.raw());
        digest.update(right.raw());
        return Hash.wrap(digest.digest());
    }

    /**
     * Hashes two neighbours of {@code hashes} in place of the first: reads 64 bytes at {@code from}, writes 32 at
     * {@code to}. What tiles and batches are folded with, without an object a node.
     */
    public void fold(byte[] hashes, int from, int to) {
        digest.update(NODE);
        digest.update(hashes, from, 2 * Hash.BYTES);
        try {
            digest.digest(hashes, to, Hash.BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException("32 bytes of room were given", e);
        }
    }
}

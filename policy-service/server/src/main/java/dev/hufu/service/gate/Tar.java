package dev.hufu.service.gate;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * Reads a gzipped tarball as OPA writes one: regular files in the ustar format (POSIX.1-1988), with a {@code path} of its own in a
 * pax header (POSIX.1-2001) where the name is long. Nothing is unpacked to a disk, so that a name is never a way anywhere.
 */
final class Tar {
    /** Most bytes of all files together; the shipped policy takes 300,000. */
    private static final int MAX_BYTES = 64 << 20;

    /** Most files and pax headers. */
    private static final int MAX_ENTRIES = 10_000;

    private static final int BLOCK = 512;
    private static final int NAME = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE = 12;
    private static final int TYPE_AT = 156;
    private static final int MAGIC_AT = 257;
    private static final int PREFIX_AT = 345;
    private static final int PREFIX = 155;

    private Tar() {}

    /**
     * The files by name, without a leading {@code /}.
     *
     * @throws IOException when it is no whole tarball of that kind, or larger than the bounds
     */
    static SortedMap<String, byte[]> read(byte[] gzipped) throws IOException {
        var files = new TreeMap<String, byte[]>();
        int left = MAX_BYTES;
        String longName = "";
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzipped))) {
            for (int entries = 0; entries <= MAX_ENTRIES; entries++) {
                byte[] header = block(in);
                if (header[0] == 0) {
                    in.skip(MAX_BYTES); // to the end, where the checksum of the whole stands
                    return files;
                }
                int size = size(header);
                if (size > left) {
                    throw new IOException("holds more than " + MAX_BYTES + " bytes");
                }
                left -= size;
                byte[] content = content(in, size);
                switch (header[TYPE_AT]) {
                    case 'x' -> longName = paxPath(content);
                    case '0', 0 -> {
                        String name = longName.isEmpty() ? name(header) : longName;
                        if (files.put(name.startsWith("/") ? name.substring(1) : name, content) != null) {
                            throw new IOException("holds " + name + " twice");
                        }
                        longName = "";
                    }
                    default -> longName = ""; // folders and links hold nothing of ours
                }
            }
        }
        throw new IOException("holds more than " + MAX_ENTRIES + " files");
    }

    private static byte[] block(InputStream in) throws IOException {
        byte[] block = in.readNBytes(BLOCK);
        if (block.length < BLOCK) {
            throw new EOFException("ends in the middle");
        }
        return block;
    }

    private static byte[] content(InputStream in, int size) throws IOException {
        byte[] content = in.readNBytes(size);
        if (content.length < size) {
            throw new EOFException("ends in the middle");
        }
        in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
        return content;
    }

    private static int size(byte[] header) throws IOException {
        if (!text(header, MAGIC_AT, 5).equals("ustar")) {
            throw new IOException("is no tarball");
        }
        try {
            int size = Integer.parseInt(text(header, SIZE_AT, SIZE).strip(), 8);
            if (size >= 0) {
                return size;
            }
        } catch (NumberFormatException e) {
            // told below like a size below zero
        }
        throw new IOException("states a size that cannot be");
    }

    private static String name(byte[] header) {
        String prefix = text(header, PREFIX_AT, PREFIX);
        return (prefix.isEmpty() ? "" : prefix + "/") + text(header, 0, NAME);
    }

    /** Up to the first NUL. */
    private static String text(byte[] header, int at, int length) {
        byte[] field = Arrays.copyOfRange(header, at, at + length);
        int end = 0;
        while (end < length && field[end] != 0) {
            end++;
        }
        return new String(field, 0, end, StandardCharsets.UTF_8);
    }

    /** Of records {@code "<length> <key>=<value>\n"} the one named {@code path}; none where there is none. */
    private static String paxPath(byte[] records) {
        return new String(records, StandardCharsets.UTF_8)
                .lines()
                .map(record -> record.substring(record.indexOf(' ') + 1))
                .filter(record -> record.startsWith("path="))
                .map(record -> record.substring("path=".length()))
                .findFirst()
                .orElse("");
    }
}

package dev.hufu.rego.bundle;

import static dev.hufu.rego.bundle.BundleException.Code.DUPLICATE;
import static dev.hufu.rego.bundle.BundleException.Code.ENTRY;
import static dev.hufu.rego.bundle.BundleException.Code.MALFORMED;
import static dev.hufu.rego.bundle.BundleException.Code.PATH;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of a gzipped tarball (POSIX.1-2001 pax and ustar, GNU's long names, v7). Only files and directories are
 * taken: links, devices and sparse files are refused, not skipped. Every length is held to the limits before anything of
 * that length is made, so that memory is bounded by {@link BundleLimits#bytes()} whatever the headers say.
 */
final class TarReader {
    private static final int BLOCK = 512;
    private static final int MAX_EXTENSION = 64 << 10;
    private static final int CHECKSUM_FROM = 148;
    private static final int CHECKSUM_TO = 156;
    private static final int TYPE = 156;

    private final InputStream in;
    private final BundleLimits limits;
    private final Map<String, BundleFile> files = new LinkedHashMap<>();
    private final Map<String, String> extended = new HashMap<>();
    private long read;
    private int entries;

    private TarReader(InputStream in, BundleLimits limits) {
        this.in = in;
        this.limits = limits;
    }

    /** The files in order of the tarball. */
    static List<BundleFile> read(InputStream tarball, BundleLimits limits) throws BundleException, IOException {
        try (CountedInput counted = new CountedInput(tarball, limits.compressedBytes());
                GZIPInputStream unpacked = new GZIPInputStream(counted)) {
            TarReader reader = new TarReader(unpacked, limits);
            reader.entries();
            return List.copyOf(reader.files.values());
        } catch (CountedInput.TooLong tooLong) {
            throw limits.tooLarge("", "the tarball has more than " + limits.compressedBytes() + " bytes");
        } catch (ZipException | EOFException malformed) {
            throw new BundleException(
                    MALFORMED,
                    "",
                    "it is no gzipped tarball, or is cut short or altered; fetch or build the bundle again");
        }
    }

    private void entries() throws BundleException, IOException {
        byte[] header = block();
        while (!isZero(header)) {
            entry(header);
            header = block();
        }
        if (!extended.isEmpty()) {
            throw malformed("a header of extensions without its file");
        }
        byte[] rest = new byte[BLOCK];
        for (int n = in.read(rest); n > 0; n = in.read(rest)) { // to the end, where gzip's checksum is
            count(n, "");
            if (!isZero(Arrays.copyOf(rest, n))) {
                throw malformed("there is something behind the tarball's end");
            }
        }
    }

    private void entry(byte[] header) throws BundleException, IOException {
        checkSum(header);
        if (++entries > limits.files()) {
            throw limits.tooLarge("", "more than " + limits.files() + " entries");
        }
        char type = (char) (header[TYPE] & 0xff);
        String name = extended.containsKey("path") ? extended.get("path") : name(header);
        long size = size(header, name);
        switch (type) {
            case 'x' -> pax(extension(size));
            case 'L' -> extended.put("path", utf8(untilZero(extension(size), 0, (int) size)));
            case 'g' -> extension(size); // comments of git; nothing global is taken from it
            case '0', '\0' -> {
                byte[] content = content(size, name);
                if (!name.endsWith("/")) {
                    add(new BundleFile(BundlePath.of(name, limits), content));
                }
                extended.clear();
            }
            case '5' -> {
                BundlePath.of(name, limits);
                content(size, name);
                extended.clear();
            }
            default -> throw new BundleException(ENTRY, name, kind(type) + " is no file; put the file itself there");
        }
    }

    private void add(BundleFile file) throws BundleException {
        if (file.path().isEmpty()) {
            throw new BundleException(PATH, "", "a file without a name; pack the bundle anew");
        }
        if (files.putIfAbsent(file.path(), file) != null) {
            throw new BundleException(DUPLICATE, file.path(), "the bundle holds it twice; pack it once");
        }
    }

    private static String kind(char type) {
        return switch (type) {
            case '1', '2', 'K' -> "a link";
            case '3', '4' -> "a device";
            case '6' -> "a pipe";
            case 'S' -> "a sparse entry";
            default -> "an entry of type 0x" + Integer.toHexString(type);
        };
    }

    private byte[] block() throws BundleException, IOException {
        byte[] block = in.readNBytes(BLOCK);
        count(block.length, "");
        if (block.length < BLOCK) {
            throw malformed("the tarball is cut short");
        }
        return block;
    }

    private void count(long bytes, String name) throws BundleException {
        if (bytes > limits.bytes() - read) {
            throw limits.tooLarge(name, "unpacks to more than " + limits.bytes() + " bytes");
        }
        read += bytes;
    }

    private byte[] content(long size, String name) throws BundleException, IOException {
        long padded = (size + BLOCK - 1) / BLOCK * BLOCK;
        count(padded, name);
        // Read in pieces by the stream: a size that is a lie costs no more than what is really there.
        byte[] content = in.readNBytes((int) size);
        long padding = in.readNBytes((int) (padded - size)).length;
        if (content.length + padding < padded) {
            throw new BundleException(MALFORMED, name, "the tarball is cut short; fetch or build the bundle again");
        }
        return content;
    }

    private byte[] extension(long size) throws BundleException, IOException {
        if (size > MAX_EXTENSION) {
            throw limits.tooLarge("", "a header of extensions longer than " + MAX_EXTENSION + " bytes");
        }
        return content(size, "");
    }

    /** Records {@code "17 path=a/b.rego\n"}: a length that counts itself, a key, a value. */
    private void pax(byte[] records) throws BundleException {
        int at = 0;
        while (at < records.length) {
            int space = at;
            int length = 0;
            while (space < records.length && records[space] >= '0' && records[space] <= '9' && space - at < 6) {
                length = length * 10 + records[space++] - '0';
            }
            int end = at + length;
            if (space >= records.length || records[space] != ' ' || end <= space + 1 || end > records.length) {
                throw malformed("a record of extensions has a wrong length");
            }
            String record = utf8(Arrays.copyOfRange(records, space + 1, end - 1));
            int equals = record.indexOf('=');
            if (equals < 1 || records[end - 1] != '\n') {
                throw malformed("a record of extensions is no key=value");
            }
            String key = record.substring(0, equals);
            if (key.startsWith("GNU.sparse.")) {
                throw new BundleException(ENTRY, "", "a sparse entry is no file; put the file itself there");
            }
            if (key.equals("path") || key.equals("size")) {
                extended.put(key, record.substring(equals + 1));
            }
            at = end;
        }
    }

    private static String name(byte[] header) throws BundleException {
        String name = utf8(untilZero(header, 0, 100));
        boolean posix = new String(header, 257, 6, StandardCharsets.ISO_8859_1).equals("ustar\0");
        String prefix = posix ? utf8(untilZero(header, 345, 155)) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private long size(byte[] header, String name) throws BundleException {
        @Nullable String written = extended.get("size");
        long size;
        try {
            size = written == null ? number(header, 124, 12) : Long.parseLong(written);
        } catch (NumberFormatException malformed) {
            size = -1;
        }
        if (size < 0) {
            throw new BundleException(MALFORMED, name, "a tar header without a size; fetch or build the bundle again");
        }
        if (size > Math.min(limits.bytes(), Integer.MAX_VALUE - BLOCK)) {
            throw limits.tooLarge(name, "unpacks to " + size + " bytes");
        }
        return size;
    }

    /** Octal digits, or, with the first bit set, the rest as a binary number; negative where it is neither. */
    private static long number(byte[] header, int from, int length) {
        if ((header[from] & 0x80) != 0) {
            long value = header[from] & 0x7f;
            for (int i = from + 1; i < from + length; i++) {
                if (value > Long.MAX_VALUE >> 8) {
                    return Long.MAX_VALUE;
                }
                value = (value << 8) | (header[i] & 0xff);
            }
            return value;
        }
        String digits = new String(untilZero(header, from, length), StandardCharsets.ISO_8859_1).strip();
        try {
            return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
        } catch (NumberFormatException malformed) {
            return -1;
        }
    }

    private static void checkSum(byte[] header) throws BundleException {
        long unsigned = 0;
        long signed = 0;
        for (int i = 0; i < BLOCK; i++) {
            byte b = i >= CHECKSUM_FROM && i < CHECKSUM_TO ? (byte) ' ' : header[i];
            unsigned += b & 0xff;
            signed += b;
        }
        long written = number(header, CHECKSUM_FROM, CHECKSUM_TO - CHECKSUM_FROM);
        if (written != unsigned && written != signed) {
            throw malformed("a tar header does not match its checksum");
        }
    }

    private static byte[] untilZero(byte[] bytes, int from, int length) {
        int end = from;
        while (end < from + length && bytes[end] != 0) {
            end++;
        }
        return Arrays.copyOfRange(bytes, from, end);
    }

    private static String utf8(byte[] name) throws BundleException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(name))
                    .toString();
        } catch (CharacterCodingException malformed) {
            String shown = new String(name, StandardCharsets.ISO_8859_1);
            throw new BundleException(PATH, shown, "the name is not UTF-8; rename the file");
        }
    }

    private static boolean isZero(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private static BundleException malformed(String what) {
        return new BundleException(MALFORMED, "", what + "; fetch or build the bundle again");
    }
}

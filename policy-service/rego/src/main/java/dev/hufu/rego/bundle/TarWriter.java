package dev.hufu.rego.bundle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** Writes a gzipped tarball (ustar; pax for names that it has no place for): the same files, the same bytes. */
final class TarWriter {
    private static final int BLOCK = 512;
    private static final int NAME = 100;

    private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
    private final GZIPOutputStream out;

    private TarWriter() throws IOException {
        out = new GZIPOutputStream(packed); // which writes no time and no name
    }

    /** The files in this order, names with a slash in front as OPA writes them. */
    static byte[] write(List<BundleFile> files) {
        try {
            TarWriter writer = new TarWriter();
            for (BundleFile file : files) {
                writer.file("/" + file.path(), file.content());
            }
            writer.out.write(new byte[2 * BLOCK]);
            writer.out.close();
            return writer.packed.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // it is written to memory
        }
    }

    private void file(String name, byte[] content) throws IOException {
        byte[] encoded = name.getBytes(StandardCharsets.UTF_8);
        if (encoded.length > NAME || encoded.length != name.length()) {
            entry("./PaxHeaders", 'x', record("path", name));
            encoded = Arrays.copyOf(encoded, Math.min(NAME, encoded.length));
        }
        entry(new String(encoded, StandardCharsets.ISO_8859_1), '0', content);
    }

    private static byte[] record(String key, String value) {
        byte[] body = (" " + key + "=" + value + "\n").getBytes(StandardCharsets.UTF_8);
        int length = body.length + 1;
        while (length != body.length + Integer.toString(length).length()) {
            length = body.length + Integer.toString(length).length();
        }
        byte[] digits = Integer.toString(length).getBytes(StandardCharsets.US_ASCII);
        byte[] record = Arrays.copyOf(digits, length);
        System.arraycopy(body, 0, record, digits.length, body.length);
        return record;
    }

    private void entry(String name, char type, byte[] content) throws IOException {
        byte[] header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "0000600\0" + "0000000\0" + "0000000\0"); // mode, owner, group
        put(header, 124, String.format(Locale.ROOT, "%011o\0", content.length));
        put(header, 136, "00000000000\0"); // the time: none
        put(header, 148, "        ");
        put(header, 156, String.valueOf(type));
        put(header, 257, "ustar\0" + "00");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
        out.write(header);
        out.write(content);
        out.write(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}

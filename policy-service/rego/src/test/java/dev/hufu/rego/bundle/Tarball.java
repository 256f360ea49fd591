package dev.hufu.rego.bundle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Writes tarballs byte by byte, and so those that no packer would write. */
final class Tarball {
    static final int BLOCK = 512;

    private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

    static byte[] of(Map<String, String> files) throws IOException {
        Tarball tarball = new Tarball();
        files.forEach(tarball::file);
        return tarball.packed();
    }

    Tarball file(String name, String content) {
        return entry(name, '0', content.getBytes(StandardCharsets.UTF_8));
    }

    Tarball entry(String name, char type, byte[] content) {
        return entry(name.getBytes(StandardCharsets.UTF_8), type, content, content.length);
    }

    Tarball entry(byte[] name, char type, byte[] content, long size) {
        byte[] header = new byte[BLOCK];
        System.arraycopy(name, 0, header, 0, Math.min(100, name.length));
        put(header, 100, "0000644\0");
        put(header, 124, size < 0 ? "-0000000001" : String.format(Locale.ROOT, "%011o\0", size));
        header[156] = (byte) type;
        put(header, 257, "ustar\0" + "00");
        return raw(sealed(header)).raw(content).raw(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    }

    /** With the checksum that the header should have. */
    static byte[] sealed(byte[] header) {
        put(header, 148, "        ");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    Tarball raw(byte[] bytes) {
        tar.writeBytes(bytes);
        return this;
    }

    byte[] tar() {
        return tar.toByteArray();
    }

    byte[] packed() throws IOException {
        raw(new byte[2 * BLOCK]);
        return gzip(tar.toByteArray());
    }

    static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }
}

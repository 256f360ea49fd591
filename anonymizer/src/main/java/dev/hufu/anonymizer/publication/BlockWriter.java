package dev.hufu.anonymizer.publication;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/** Numbers, texts and arrays as big-endian bytes; an array and a list begin with their length. */
record BlockWriter(DataOutputStream data) {
    void octet(int value) throws IOException {
        data.writeByte(value);
    }

    void integer(int value) throws IOException {
        data.writeInt(value);
    }

    void number(long value) throws IOException {
        data.writeLong(value);
    }

    void real(double value) throws IOException {
        data.writeDouble(value);
    }

    void text(String value) throws IOException {
        byte[] utf = value.getBytes(StandardCharsets.UTF_8);
        data.writeInt(utf.length);
        data.write(utf);
    }

    void texts(Collection<String> values) throws IOException {
        data.writeInt(values.size());
        for (String v : values) {
            text(v);
        }
    }

    void ints(int[] values) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(Integer.BYTES * (values.length + 1)).putInt(values.length);
        bytes.asIntBuffer().put(values);
        data.write(bytes.array());
    }

    void shorts(short[] values) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(Integer.BYTES + Short.BYTES * values.length).putInt(values.length);
        bytes.asShortBuffer().put(values);
        data.write(bytes.array());
    }

    void doubles(double[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + Double.BYTES * values.length)
                .putInt(values.length);
        bytes.asDoubleBuffer().put(values);
        data.write(bytes.array());
    }
}

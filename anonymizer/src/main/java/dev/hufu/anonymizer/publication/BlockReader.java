package dev.hufu.anonymizer.publication;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what {@link BlockWriter} wrote, from bytes whose checksum has been found right. */
record BlockReader(ByteBuffer bytes) {
    int octet() {
        return bytes.get();
    }

    int integer() {
        return bytes.getInt();
    }

    int count() {
        return bytes.getInt();
    }

    long number() {
        return bytes.getLong();
    }

    double real() {
        return bytes.getDouble();
    }

    String text() {
        byte[] utf = new byte[count()];
        bytes.get(utf);
        return new String(utf, StandardCharsets.UTF_8);
    }

    List<String> texts() {
        List<String> values = new ArrayList<>();
        for (int i = count(); i > 0; i--) {
            values.add(text());
        }
        return values;
    }

    int[] ints() {
        int[] values = new int[count()];
        bytes.asIntBuffer().get(values);
        bytes.position(bytes.position() + Integer.BYTES * values.length);
        return values;
    }

    short[] shorts() {
        short[] values = new short[count()];
        bytes.asShortBuffer().get(values);
        bytes.position(bytes.position() + Short.BYTES * values.length);
        return values;
    }

    double[] doubles() {
        double[] values = new double[count()];
        bytes.asDoubleBuffer().get(values);
        bytes.position(bytes.position() + Double.BYTES * values.length);
        return values;
    }
}

package dev.hufu.auditlog.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** How the journal's bytes reach the disk. Tests of faults put another in its place. */
public interface Disk {
    /** The operating system's own calls. */
    Disk REAL = new Disk() {};

    /** Writes all of {@code bytes} at {@code position}. */
    default void write(FileChannel file, ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += file.write(bytes, at);
        }
    }

    /** Returns once the file's content and length are on stable storage. */
    default void force(FileChannel file) throws IOException {
        file.force(false);
    }

    /** Returns once the directory's names are on stable storage. */
    default void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}

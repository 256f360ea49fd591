package dev.hufu.auditlog;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Holds a directory, a log's or a witness's, for one process: the operating system lets go when the process ends, however it ends. */
public final class DirectoryLock implements Closeable {
    private final FileChannel file;

    private DirectoryLock(FileChannel file) {
        this.file = file;
    }

    /**
     * Takes it.
     *
     * @throws AuditLogException.InUse if another process holds it
     */
    public static DirectoryLock take(Path directory) throws IOException {
        FileChannel file =
                FileChannel.open(directory.resolve("log.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = file.tryLock();
            if (lock != null) {
                return new DirectoryLock(file);
            }
        } catch (OverlappingFileLockException e) {
            // Held by this very process: the same answer.
        }
        file.close();
        throw new AuditLogException.InUse(
                "the log in " + directory + " is in use by another process; stop it, or choose another data directory");
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

package dev.hufu.service.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The data and key directories, held by one process at a time. The lock is the operating system's, so that it dies with the
 * process: after a {@code kill -9} the next start finds it free.
 */
public final class DataDirectory implements AutoCloseable {
    private final Path data;
    private final Path keys;
    private final FileChannel channel;

    private DataDirectory(Path data, Path keys, FileChannel channel) {
        this.data = data;
        this.keys = keys;
        this.channel = channel;
    }

    /** @throws DataDirectoryUnusableException when another process holds it, or it cannot be made or written */
    public static DataDirectory hold(Path data, Path keys) {
        FileChannel channel = null;
        try {
            makePrivate(data, "The data directory", "HUFU_DATA");
            makePrivate(keys, "The keys directory", "HUFU_KEYS");
            Path lockFile = data.resolve("hufu.lock");
            channel = FileChannel.open(
                    lockFile, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                String holder = Files.readString(lockFile).strip();
                throw new DataDirectoryUnusableException(
                        "The data directory " + data + " is in use by the process " + holder + ".",
                        "Stop that process, or start this one on another directory: HUFU_DATA=/another/directory.");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            requireKeys(data, keys);
            return new DataDirectory(data, keys, channel);
        } catch (DataDirectoryUnusableException e) {
            close(channel);
            throw e;
        } catch (IOException e) {
            close(channel);
            throw unusable(data, "The data directory", "HUFU_DATA", e);
        }
    }

    /** Keys are made once, before the first data: where there is data and a key file is gone, another key would begin another story. */
    private static void requireKeys(Path data, Path keys) {
        List<String> wanted = new ArrayList<>();
        if (Files.exists(data.resolve("log").resolve("log.vkey"))) {
            wanted.addAll(List.of("hufu.bcfks", "hufu.bcfks.password", "actors.keys", "subjects.keys"));
        }
        if (Files.exists(data.resolve("postgres").resolve("hufu.initialised"))) {
            wanted.addAll(List.of("hufu.bcfks", "postgres.password"));
        }
        List<String> missing = wanted.stream()
                .distinct()
                .filter(file -> Files.notExists(keys.resolve(file)))
                .toList();
        if (!missing.isEmpty()) {
            throw new DataDirectoryUnusableException(
                    "The data directory " + data + " holds data, but its keys are not in " + keys + ": "
                            + String.join(", ", missing) + " missing. Nothing was changed.",
                    "Name the directory that holds them with HUFU_KEYS, or put them back from their second place. Without its"
                            + " keys this data stays closed; to begin anew use another data directory (HUFU_DATA).");
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by another context of this very process
        }
    }

    /** Open to this user only: people data, its write-ahead log and keys are nobody else's on this machine. */
    private static void makePrivate(Path directory, String what, String variable) {
        try {
            Files.createDirectories(directory);
            if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            }
            Files.delete(Files.createTempFile(directory, "writable", null));
        } catch (IOException e) {
            throw unusable(directory, what, variable, e);
        }
    }

    private static DataDirectoryUnusableException unusable(
            Path directory, String what, String variable, IOException e) {
        String why = e instanceof FileSystemException file && file.getReason() != null
                ? file.getReason()
                : e.getClass().getSimpleName();
        return new DataDirectoryUnusableException(
                what + " " + directory + " cannot be used: " + why + ".",
                "Make it writable for this user, or name another: " + variable + "=/another/directory.");
    }

    public Path data() {
        return data;
    }

    public Path keys() {
        return keys;
    }

    @Override
    public void close() {
        close(channel);
    }

    private static void close(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

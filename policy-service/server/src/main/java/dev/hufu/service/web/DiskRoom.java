package dev.hufu.service.web;

import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Room on the disks of data and keys. Health turns red while writes still work; with less than the least, nothing more is asked
 * of the disk, so that the audit log, the database and the people store are not stopped in the middle of a write. Looks anew each
 * time and goes on by itself when there is room again. Thread-safe.
 */
public final class DiskRoom implements HealthIndicator {
    private final List<Path> directories;
    private final long lowBytes;
    private final long leastBytes;

    /**
     * @param lowBytes under this health is red
     * @param leastBytes under this requests that write are refused; at most {@code lowBytes}
     */
    public DiskRoom(List<Path> directories, long lowBytes, long leastBytes) {
        if (leastBytes < 0 || lowBytes < leastBytes) {
            throw new IllegalArgumentException(
                    "hufu.disk.least (" + leastBytes + ") is at least 0 and at most hufu.disk.low (" + lowBytes + ")");
        }
        this.directories = List.copyOf(directories);
        this.lowBytes = lowBytes;
        this.leastBytes = leastBytes;
    }

    /** @throws ProblemException when there is less than the least */
    void require() {
        if (freeBytes() < leastBytes) {
            throw new ProblemException(
                    ProblemType.DISK_FULL,
                    "The disk of the data directory is full, so nothing is logged and nothing is released. Make room on it; Hufu"
                            + " then goes on by itself.",
                    "数据目录所在磁盘已满，因此不记录日志，也不发布任何数据。请腾出磁盘空间，之后系统会自行恢复。");
        }
    }

    long lowBytes() {
        return lowBytes;
    }

    long leastBytes() {
        return leastBytes;
    }

    /** Free bytes of the fuller disk; 0 when a directory is not there any more. */
    long freeBytes() {
        return directories.stream()
                .mapToLong(directory -> directory.toFile().getUsableSpace())
                .min()
                .orElse(0);
    }

    @Override
    public Health health() {
        return (freeBytes() < lowBytes ? Health.down() : Health.up()).build();
    }
}

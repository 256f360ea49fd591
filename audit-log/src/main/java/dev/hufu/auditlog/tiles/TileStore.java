package dev.hufu.auditlog.tiles;

import dev.hufu.auditlog.AuditLogException;
import dev.hufu.auditlog.journal.Disk;
import dev.hufu.auditlog.layout.LogFiles;
import dev.hufu.auditlog.layout.TilePath;
import dev.hufu.auditlog.merkle.Hash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * Tiles, entry bundles and checkpoint as files. Reading is safe from any thread and any process, beside the one
 * integrator that writes.
 *
 * <p>What survives a crash: a file appears under its name only whole (written beside, then renamed). Tiles are forced
 * some time after they are written, and {@code tiles.forced} then says up to which size; until then they can be derived
 * from the journal, which is durable, and opening does so. The checkpoint is forced before it is renamed into place, and
 * its directory after.
 */
public final class TileStore implements TileSource {
    /** The signed checkpoint's name. */
    public static final String CHECKPOINT = "checkpoint";

    /** The name of the last checkpoint that enough witnesses cosigned. */
    public static final String COSIGNED = "checkpoint.cosigned";

    private static final String FORCED = "tiles.forced";
    private static final int MAX_DIGITS = 18;

    private final Path directory;
    private final Disk disk;
    private final Set<Path> unforced = new LinkedHashSet<>();
    private final Set<TilePath> corrected = new LinkedHashSet<>();

    /** The files of the log in {@code directory}. */
    public TileStore(Path directory, Disk disk) {
        this.directory = directory;
        this.disk = disk;
    }

    /** Reads a file of the public form as it is; a narrower form of a wider file is cut from it. */
    @Override
    public Optional<byte[]> read(TilePath path) throws IOException {
        Optional<byte[]> exact = readFile(directory.resolve(path.toString()));
        if (exact.isPresent() || path.isFull()) {
            return exact;
        }
        Optional<byte[]> full =
                readFile(directory.resolve(path.withWidth(TilePath.FULL).toString()));
        if (full.isPresent()) {
            return full.map(bytes -> prefix(path, bytes));
        }
        // The partial form may have been replaced and deleted between the two reads.
        return readFile(directory.resolve(path.toString()));
    }

    /** The first entries or hashes of a full bundle or tile, as many as {@code path} is wide. */
    static byte[] prefix(TilePath path, byte[] full) {
        if (!path.isEntries()) {
            return Arrays.copyOf(full, Math.min(full.length, path.width() * Hash.BYTES));
        }
        int end = 0;
        for (int i = 0; i < path.width() && end + 2 <= full.length; i++) {
            end += 2 + Short.toUnsignedInt(ByteBuffer.wrap(full).getShort(end));
        }
        return Arrays.copyOf(full, Math.min(end, full.length));
    }

    private static Optional<byte[]> readFile(Path file) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<byte[]> readCheckpoint() throws IOException {
        return readFile(directory.resolve(CHECKPOINT));
    }

    @Override
    public Optional<byte[]> readKey() throws IOException {
        return readFile(directory.resolve(LogFiles.KEY));
    }

    /**
     * Writes a tile or bundle, reads it back and compares. A file that already holds the same bytes is left alone.
     *
     * @param replace whether one with other bytes is replaced, as repair does, or refused
     * @return whether something was written
     */
    boolean write(TilePath path, byte[] bytes, boolean replace) throws IOException {
        Path file = directory.resolve(path.toString());
        Optional<byte[]> present = readFile(file);
        if (present.isPresent()) {
            if (Arrays.equals(present.get(), bytes)) {
                return false;
            }
            if (!replace) {
                throw new AuditLogException.Damaged(path + ": what is on the disk contradicts the journal");
            }
            corrected.add(path);
        }
        Path beside = file.resolveSibling(file.getFileName() + ".next");
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        try (FileChannel channel = create(beside)) {
            disk.write(channel, ByteBuffer.wrap(bytes), 0);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (!Arrays.equals(Files.readAllBytes(file), bytes)) {
            throw new AuditLogException.Damaged(path + ": does not read back as it was written");
        }
        if (path.isFull()) {
            unforced.add(file);
        }
        return true;
    }

    /** Deletes the partial forms of a tile that is full now. */
    void deletePartials(TilePath full) throws IOException {
        Path partials = directory.resolve(full.partialDirectory());
        if (!Files.isDirectory(partials)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(partials)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(partials);
    }

    /** Replaces the checkpoint as a whole, forced before and after. */
    void writeCheckpoint(String note) throws IOException {
        replaceForced(CHECKPOINT, note);
    }

    /** The bytes of the last checkpoint that enough witnesses cosigned. */
    public Optional<byte[]> readCosigned() throws IOException {
        return readFile(directory.resolve(COSIGNED));
    }

    /** Replaces it as a whole, forced before and after: what was shown as cosigned is not forgotten. One thread. */
    public void writeCosigned(String note) throws IOException {
        replaceForced(COSIGNED, note);
    }

    /** Writes the log's public key, once. */
    public void writeKey(String name, String text) throws IOException {
        replaceForced(name, text);
    }

    private void replaceForced(String name, String text) throws IOException {
        Path beside = directory.resolve(name + ".next");
        try (FileChannel channel = create(beside)) {
            disk.write(channel, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
            disk.force(channel);
        }
        Files.move(
                beside, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        disk.forceDirectory(directory);
    }

    /** Files that held something else than the journal says, and were replaced. */
    public List<TilePath> corrected() {
        return List.copyOf(corrected);
    }

    /** Number of full files written and not yet forced. */
    int unforced() {
        return unforced.size();
    }

    /** Forces what was written, then says that all full tiles and bundles of a tree of {@code size} are safe. */
    void force(long size) throws IOException {
        Set<Path> directories = new LinkedHashSet<>();
        for (Path file : unforced) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                disk.force(channel);
            }
            for (Path up = file.getParent(); up != null && up.startsWith(directory); up = up.getParent()) {
                directories.add(up);
            }
        }
        for (Path touched : directories) {
            disk.forceDirectory(touched);
        }
        replaceForced(FORCED, forcedText(size));
        unforced.clear();
    }

    /** The size of {@link #force} last called, or 0 if that is not known. */
    long forced() throws IOException {
        return forcedSize().orElse(0L);
    }

    /** Whether {@code tiles.forced} is as it was written, or is not there. */
    public boolean forcedSound() throws IOException {
        return Files.notExists(directory.resolve(FORCED)) || forcedSize().isPresent();
    }

    private Optional<Long> forcedSize() throws IOException {
        String text = readFile(directory.resolve(FORCED))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("");
        int space = text.indexOf(' ');
        if (space < 1 || space > MAX_DIGITS || !text.substring(0, space).chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        long size = Long.parseLong(text.substring(0, space));
        return forcedText(size).equals(text) ? Optional.of(size) : Optional.empty();
    }

    /** The size and its checksum: a flipped digit must not make unforced tiles pass for forced ones. */
    private static String forcedText(long size) {
        CRC32C crc = new CRC32C();
        crc.update(Long.toString(size).getBytes(StandardCharsets.US_ASCII));
        return size + " " + HexFormat.of().toHexDigits((int) crc.getValue()) + "\n";
    }

    /** Reads one form of a tile as it is, and no other. */
    public Optional<byte[]> readExactly(TilePath path) throws IOException {
        return readFile(directory.resolve(path.toString()));
    }

    private static FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
    }
}

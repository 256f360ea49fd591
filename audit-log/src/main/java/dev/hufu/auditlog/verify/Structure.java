package dev.hufu.auditlog.verify;

import dev.hufu.auditlog.layout.TilePath;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which files a log's directory holds, counted by their names alone.
 *
 * @param segments of the journal
 * @param tiles full hash tiles
 * @param bundles full entry bundles
 * @param partials partial forms of both
 * @param unknown names that are none of a log's, or of a file in the making that was left behind; at most 100
 */
public record Structure(long segments, long tiles, long bundles, long partials, List<String> unknown) {
    private static final int MOST = 100;
    private static final Pattern SEGMENT = Pattern.compile("journal/\\d{20}");
    private static final Set<String> KNOWN =
            Set.of("log.vkey", "log-sm2.vkey", "checkpoint", "ids", "ids.heads", "tiles.forced", "log.lock");

    /** Copies the names. */
    public Structure {
        unknown = List.copyOf(unknown);
    }

    /** Counts the files of the log in {@code directory}. */
    static Structure of(Path directory) throws IOException {
        Counter counter = new Counter(directory);
        Files.walkFileTree(directory, counter);
        return new Structure(counter.segments, counter.tiles, counter.bundles, counter.partials, counter.unknown);
    }

    private static final class Counter extends SimpleFileVisitor<Path> {
        private final Path directory;
        private final List<String> unknown = new ArrayList<>();
        private long segments;
        private long tiles;
        private long bundles;
        private long partials;

        Counter(Path directory) {
            this.directory = directory;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = directory.relativize(file).toString();
            Optional<TilePath> tile = TilePath.parse(name);
            if (tile.isPresent()) {
                if (!tile.get().isFull()) {
                    partials++;
                } else if (tile.get().isEntries()) {
                    bundles++;
                } else {
                    tiles++;
                }
            } else if (SEGMENT.matcher(name).matches()) {
                segments++;
            } else if (!KNOWN.contains(name) && unknown.size() < MOST) {
                unknown.add(name);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE; // renamed or deleted meanwhile by whoever appends
        }
    }
}

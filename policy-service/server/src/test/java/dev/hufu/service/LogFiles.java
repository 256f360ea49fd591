package dev.hufu.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The files of a log as anyone who has the disk reads them. */
public final class LogFiles {
    private static final int MOST_TRIES = 100;

    private LogFiles() {}

    /** All contents as they stand at one time: where a partial tile goes while it is read, the look starts anew. */
    public static Map<Path, String> read(Path dataDirectory) throws IOException {
        for (int tries = 0; ; tries++) {
            Map<Path, String> contents = new TreeMap<>();
            try (var files = Files.walk(dataDirectory.resolve("log"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    contents.put(file, new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
                }
                return contents;
            } catch (NoSuchFileException | UncheckedIOException e) {
                if (tries == MOST_TRIES) {
                    throw e;
                }
            }
        }
    }
}

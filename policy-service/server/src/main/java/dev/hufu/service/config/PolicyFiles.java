package dev.hufu.service.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The policy files, from the jar they ship in or from a directory of the same layout.
 *
 * @param texts text of each file by its path with {@code /}, relative to the root
 */
record PolicyFiles(SortedMap<String, String> texts) {
    private static final String ROOT = "hufu/policies/";

    /** Largest single file, in bytes. */
    private static final int MAX_FILE_BYTES = 4 << 20;

    /** Most files. */
    private static final int MAX_FILES = 2_000;

    PolicyFiles {
        texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
    }

    static PolicyFiles shipped() {
        try {
            TreeMap<String, String> texts = new TreeMap<>();
            for (Resource resource :
                    new PathMatchingResourcePatternResolver().getResources("classpath*:" + ROOT + "**/*")) {
                String url = resource.getURL().toString();
                String path = url.substring(url.lastIndexOf(ROOT) + ROOT.length());
                if (wanted(path) && resource.isReadable()) {
                    add(texts, path, resource.getContentAsByteArray());
                }
            }
            return new PolicyFiles(texts);
        } catch (IOException broken) {
            throw new UncheckedIOException("the shipped policies cannot be read", broken);
        }
    }

    /** @throws UncheckedIOException when the directory cannot be read */
    static PolicyFiles in(Path directory) {
        try (Stream<Path> walk = Files.walk(directory, 16)) {
            TreeMap<String, String> texts = new TreeMap<>();
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                String path = directory
                        .relativize(file)
                        .toString()
                        .replace(file.getFileSystem().getSeparator(), "/");
                if (wanted(path)) {
                    if (Files.size(file) > MAX_FILE_BYTES) {
                        throw new IOException(path + " is larger than " + MAX_FILE_BYTES + " bytes");
                    }
                    add(texts, path, Files.readAllBytes(file));
                }
            }
            return new PolicyFiles(texts);
        } catch (IOException broken) {
            throw new UncheckedIOException("hufu.policies.dir cannot be read: " + broken.getMessage(), broken);
        }
    }

    private static boolean wanted(String path) {
        return path.endsWith(".rego") || path.endsWith(".yaml");
    }

    private static void add(TreeMap<String, String> texts, String path, byte[] bytes) throws IOException {
        texts.put(path, new String(bytes, StandardCharsets.UTF_8));
        if (texts.size() > MAX_FILES) {
            throw new IOException("more than " + MAX_FILES + " policy files");
        }
    }
}

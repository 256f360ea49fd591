package dev.hufu.service.registers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The policy files as they stand in the source tree. */
public final class ShippedPolicies {
    public static final Path DIRECTORY =
            Path.of(System.getProperty("hufu.root", "../..")).resolve("policies");

    private ShippedPolicies() {}

    public static SortedMap<String, String> texts() {
        TreeMap<String, String> texts = new TreeMap<>();
        for (String folder : new String[] {"vocabulary", "lawpacks", "house", "facts", "cases"}) {
            try (Stream<Path> walk = Files.walk(DIRECTORY.resolve(folder))) {
                for (Path file : walk.filter(Files::isRegularFile).toList()) {
                    texts.put(DIRECTORY.relativize(file).toString(), Files.readString(file));
                }
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
        return texts;
    }
}
